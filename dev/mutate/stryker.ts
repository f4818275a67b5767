// One run of Stryker: which mutants, against which tests, and what became of each.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../support/repository.ts';
import type { Spot } from './equivalents.ts';

/**
 * What became of a mutant: `killed` by a test that failed, `late` where a test did not end in time,
 * `alive` where every test passed, `invalid` where it broke Stryker's run and not a test.
 */
export type Fate = 'killed' | 'late' | 'alive' | 'invalid';

/** A small change of the source. */
export interface Mutant extends Spot {
  readonly fate: Fate;
}

interface Report {
  readonly files: Readonly<Record<string, ReportedFile>>;
}

/** A file of Stryker's report. */
export interface ReportedFile {
  readonly source: string;
  readonly mutants: readonly ReportedMutant[];
}

interface ReportedMutant {
  readonly replacement: string;
  readonly location: { readonly start: Position; readonly end: Position };
  readonly status: string;
  readonly statusReason?: string;
}

/** Both count from one. */
interface Position {
  readonly line: number;
  readonly column: number;
}

const folder = join(root, 'reports/mutation');
const packages = join(import.meta.dirname, 'node_modules/@stryker-mutator');

/**
 * Runs the tests of a module, which are named after it, against each mutant of its file.
 * @throws Error when Stryker is not installed, or fails: most likely because a test fails without any mutant
 */
export async function runStryker(module: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const settings = join(folder, `${module}.settings.json`);
  await writeFile(settings, JSON.stringify(configure(module)));
  const script = join(packages, 'core/bin/stryker.js');
  if (!existsSync(script)) throw new Error('Stryker is missing: npm ci --prefix dev/mutate');
  const child = spawn(process.execPath, [script, 'run', settings], { cwd: root, stdio: 'inherit' });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`Stryker ended with ${code} on ${module}.ts`);
}

/** Whether the module was ever run. */
export function hasReport(module: string): boolean {
  return existsSync(nameReport(module));
}

/** What its last run found. */
export function readReport(module: string): readonly Mutant[] {
  const { files } = JSON.parse(readFileSync(nameReport(module), 'utf8')) as Report;
  return Object.values(files).flatMap((file) => readMutants(module, file));
}

function nameReport(module: string): string {
  return join(folder, `${module}.json`);
}

function configure(module: string) {
  return {
    mutate: [`src/${module}.ts`],
    plugins: [pathToFileURL(join(packages, 'jest-runner/dist/src/index.js')).href],
    testRunner: 'jest',
    testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
    jest: {
      projectType: 'custom',
      configFile: 'jest.config.js',
      enableFindRelatedTests: false,
      config: {
        testMatch: [`<rootDir>/__tests__/@(${module}|${module}-!(*.slow)).test.ts`],
        testTimeout: 5_000,
      },
    },
    coverageAnalysis: 'perTest',
    timeoutMS: 10_000,
    concurrency: 2,
    reporters: ['json'],
    jsonReporter: { fileName: nameReport(module) },
    logLevel: 'error',
    warnings: { slow: false },
    cleanTempDir: 'always',
  };
}

export function readMutants(module: string, { source, mutants }: ReportedFile): Mutant[] {
  const lines = source.split('\n');
  return mutants.map((mutant) => {
    const { start, end } = mutant.location;
    return {
      module,
      line: (lines[start.line - 1] ?? '').trim(),
      original: cut(lines, start, end),
      replacement: mutant.replacement,
      fate: judge(mutant),
    };
  });
}

function cut(lines: readonly string[], start: Position, end: Position): string {
  const text = lines.slice(start.line - 1, end.line).join('\n');
  const last = lines[end.line - 1] ?? '';
  return text.slice(start.column - 1, text.length - (last.length - (end.column - 1)));
}

/** A test that fails because its own time was over has noticed nothing but the time. */
function judge({ status, statusReason = '' }: ReportedMutant): Fate {
  switch (status) {
    case 'Killed':
      return statusReason.includes('Exceeded timeout of') ? 'late' : 'killed';
    case 'Timeout':
      return 'late';
    case 'Survived':
    case 'NoCoverage':
      return 'alive';
    case 'RuntimeError':
    case 'CompileError':
      return 'invalid';
    default:
      throw new Error(`Stryker says ${status}`);
  }
}
