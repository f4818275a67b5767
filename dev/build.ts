/** Builds `dist` from `src`: ncc bundles, then what nothing calls is taken out. `--check` only compares. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';
import { type BundledModule, listLicenses } from './build/licenses.ts';
import { trim } from './build/trims.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DIST = join(ROOT, 'dist');
const ENTRIES = ['main', 'post'];

type Files = ReadonlyMap<string, string>;

/** The files of `dist`, by their paths below it. */
function build(): Files {
  const folder = mkdtempSync(join(tmpdir(), 'dist-'));
  try {
    const modules = ENTRIES.map((entry) => bundle(entry, join(folder, entry)));
    const files = [...readFiles(folder)].map(([path, text]) => {
      if (!path.endsWith('.js')) return [path, text] as const;
      return [path, tidy(path.endsWith('/index.js') ? trim(text) : text)] as const;
    });
    return new Map([...files, ['licenses.txt', listLicenses(ROOT, modules)]]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Has ncc write the bundle of one entry, and gives the modules that went into it. */
function bundle(entry: string, folder: string): readonly BundledModule[] {
  const stats = `${folder}-stats.json`;
  run('ncc', ['build', join(ROOT, 'src', `${entry}.ts`), '-o', folder, '--stats-out', stats, '-q']);
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
  const [command, script] = [process.execPath, join(ROOT, 'node_modules/.bin', tool)];
  const ended = spawnSync(command, [script, ...args], { cwd: ROOT, input, encoding: 'utf8' });
  if (ended.status === 0) return ended.stdout;
  process.stderr.write(`${tool} failed:\n${ended.stderr.slice(0, 4000)}\n`);
  process.exit(1);
}

function readFiles(folder: string): Files {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    paths.map((path) => [relative(folder, path).replaceAll('\\', '/'), readFileSync(path, 'utf8')]),
  );
}

function check(built: Files): void {
  const committed = readFiles(DIST);
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
  rmSync(DIST, { recursive: true, force: true });
  for (const [path, text] of built) {
    mkdirSync(dirname(join(DIST, path)), { recursive: true });
    writeFileSync(join(DIST, path), text);
    process.stdout.write(`dist/${path}: ${Buffer.byteLength(text)} bytes\n`);
  }
}

const built = build();
if (process.argv.includes('--check')) check(built);
else write(built);
