// `npm run mutate`: has Stryker change src in every small way, and asks whether a test notices.
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import config from './mutate/stryker.config.ts';
import { runCommand } from './support/command.ts';
import { formatTable, writePart } from './support/documents.ts';
import { root } from './support/repository.ts';

const usage = `npm run mutate                       all of src, and writes the table of docs/MUTATION.md
npm run mutate -- src/http/retry.ts  these files
Before the first run: npm ci --prefix dev/mutate
`;

const stryker = join(root, 'dev/mutate/node_modules/@stryker-mutator/core/bin/stryker.js');

await runCommand({ allowPositionals: true }, usage, async ({ positionals }) => {
  if (!existsSync(stryker)) throw new Error('Stryker is missing: npm ci --prefix dev/mutate');
  const whole = positionals.length === 0;
  const files = whole ? listFiles() : positionals;
  const unknown = files.filter((file) => !listFiles().includes(file));
  if (unknown.length > 0) throw new Error(`No file of src that is mutated: ${unknown.join(', ')}`);
  const reports = files.map((file) => ({ file, statuses: mutate(file) }));
  const all = { file: 'all', statuses: reports.flatMap(({ statuses }) => statuses ?? []) };
  const rows = [...reports, all].flatMap(({ file, statuses = [] }) => describe(file, statuses));
  const table = formatTable(
    ['', 'mutants', 'killed', 'timed out', 'survived', 'score, %'],
    rows,
    '--:',
  );
  process.stdout.write(`\n${table}`);
  const failed = reports.flatMap(({ file, statuses }) => (statuses ? [] : [file]));
  if (failed.length > 0) throw new Error(`Stryker failed on ${failed.join(', ')}`);
  if (whole) writePart('MUTATION.md', 'modules', table);
  return score(all.statuses) >= config.thresholds.break ? 0 : 1;
});

/** The entries hold wiring alone, and are tested as processes. */
function listFiles(): readonly string[] {
  const files = globSync('src/**/*.ts', { cwd: root, exclude: ['src/main.ts', 'src/post.ts'] });
  return files.map((file) => file.replaceAll('\\', '/')).sort();
}

/**
 * What became of each mutant of a file, in Stryker's words; it prints those that survived itself. Undefined
 * where Stryker fails: most likely because a test fails without any mutant.
 */
function mutate(file: string): readonly string[] | undefined {
  const module = file.replace(/^src\/|\.ts$/g, '');
  const report = join(root, 'reports/mutation', `${module}.json`);
  rmSync(report, { force: true });
  process.stdout.write(`${file}\n`);
  spawnSync(process.execPath, [stryker, 'run', 'dev/mutate/stryker.config.ts'], {
    cwd: root,
    env: { ...process.env, MUTATED_MODULE: module },
    stdio: 'inherit',
  });
  if (!existsSync(report)) return undefined;
  const { files } = JSON.parse(readFileSync(report, 'utf8')) as Report;
  return Object.values(files).flatMap(({ mutants }) => mutants.map((mutant) => mutant.status));
}

interface Report {
  readonly files: Readonly<Record<string, { readonly mutants: readonly { status: string }[] }>>;
}

/** A row of the table; a file of types alone has no mutants, and no row. */
function describe(file: string, statuses: readonly string[]): string[][] {
  if (statuses.length === 0) return [];
  const killed = count(statuses, 'Killed');
  const late = count(statuses, 'Timeout');
  const survived = count(statuses, 'Survived', 'NoCoverage');
  const counts = [statuses.length, killed, late, survived].map(String);
  return [[`\`${file}\``, ...counts, score(statuses).toFixed(1)]];
}

/** As Stryker has it: a mutant whose tests do not end in time counts as killed, one that breaks the run not at all. */
function score(statuses: readonly string[]): number {
  const killed = count(statuses, 'Killed', 'Timeout');
  return (100 * killed) / (killed + count(statuses, 'Survived', 'NoCoverage'));
}

function count(statuses: readonly string[], ...wanted: readonly string[]): number {
  return statuses.filter((status) => wanted.includes(status)).length;
}
