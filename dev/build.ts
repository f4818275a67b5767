// `npm run build`: makes `dist` of `src` with ncc. `--check` only compares.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildBundles, type Files } from './build/bundles.ts';
import { readFiles } from './support/files.ts';
import { root } from './support/repository.ts';

const dist = join(root, 'dist');

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const built = await buildBundles();
if (values.check) compare(built, await readFiles(dist));
else write(built);

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
