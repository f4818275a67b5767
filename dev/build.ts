// `npm run build`: makes `dist` of `src`. ncc bundles, then what nothing calls is taken out. `--check` only compares.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { transformSync } from '@swc/core';
import { type BundledModule, listLicenses } from './build/licenses.ts';
import { trim } from './build/trims.ts';
import { readFiles } from './support/files.ts';
import { root } from './support/repository.ts';

const dist = join(root, 'dist');
const entries = ['main', 'post'];

/** By their paths below `dist`. */
type Files = ReadonlyMap<string, string>;

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const built = await build();
if (values.check) compare(built, await readFiles(dist));
else write(built);

/** What belongs in `dist`. */
async function build(): Promise<Files> {
  const folder = mkdtempSync(join(tmpdir(), 'dist-'));
  try {
    const modules = entries.map((entry) => bundle(entry, join(folder, entry)));
    const files = [...(await readFiles(folder))].map(([path, text]) => {
      if (!path.endsWith('.js')) return [path, text] as const;
      return [path, tidy(path.endsWith('/index.js') ? trim(text) : text)] as const;
    });
    return new Map([...files, ['licenses.txt', listLicenses(root, modules)]]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Has ncc write the bundle of one entry, and gives the modules that went into it. */
function bundle(entry: string, folder: string): readonly BundledModule[] {
  const stats = `${folder}-stats.json`;
  run('ncc', ['build', join(root, 'src', `${entry}.ts`), '-o', folder, '--stats-out', stats, '-q']);
  const { modules } = JSON.parse(readFileSync(stats, 'utf8'));
  rmSync(stats);
  return modules;
}

/**
 * Takes out the functions that nothing calls, and comments, which stand in the sources. Names stay as
 * they are and the layout is readable: whoever audits the bundle can.
 */
function tidy(code: string): string {
  const { code: lean } = transformSync(code, {
    isModule: true,
    configFile: false,
    swcrc: false,
    jsc: {
      target: 'es2024',
      preserveAllComments: false,
      minify: {
        mangle: false,
        module: true,
        toplevel: true,
        compress: { defaults: false, unused: true, dead_code: true, side_effects: true, passes: 3 },
      },
    },
  });
  const layout = ['--indent-style=tab', '--line-width=120', '--stdin-file-path=bundle.js'];
  return compileAtOnce(run('biome', ['format', ...layout], lean));
}

/**
 * Puts webpack's parentheses back around its modules: V8 takes them as a sign that a function is called
 * at once, and does not read it twice.
 */
function compileAtOnce(code: string): string {
  return code.replace(/^\t(\d+: )(\(.*\) => \{)$/gm, '\t$1($2').replace(/^\t\},$/gm, '\t}),');
}

function run(tool: string, args: readonly string[], input = ''): string {
  const [command, script] = [process.execPath, join(root, 'node_modules/.bin', tool)];
  const ended = spawnSync(command, [script, ...args], { cwd: root, input, encoding: 'utf8' });
  if (ended.status === 0) return ended.stdout;
  process.stderr.write(`${tool} failed:\n${ended.stderr.slice(0, 4000)}\n`);
  process.exit(1);
}

function compare(built: Files, committed: Files): void {
  const paths = new Set([...built.keys(), ...committed.keys()]);
  const stale = [...paths].filter((path) => built.get(path) !== committed.get(path));
  process.exitCode = stale.length === 0 ? 0 : 1;
  process.stdout.write(
    stale.length === 0
      ? 'dist is current\n'
      : `dist is not what src builds: run npm run build (${stale.join(', ')})\n`,
  );
}

function write(built: Files): void {
  rmSync(dist, { recursive: true, force: true });
  for (const [path, text] of built) {
    mkdirSync(dirname(join(dist, path)), { recursive: true });
    writeFileSync(join(dist, path), text);
    process.stdout.write(`dist/${path}: ${Buffer.byteLength(text)} bytes\n`);
  }
}
