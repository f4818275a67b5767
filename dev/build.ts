// `npm run build`: makes `dist` of `src` with ncc. `--check` only compares.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildBundles, type Files } from './build/bundles.ts';
import { runCommand } from './support/command.ts';
import { readFiles } from './support/files.ts';
import { root } from './support/repository.ts';

const dist = join(root, 'dist');

const usage = `npm run build               writes dist
npm run build -- --check    only compares it with what src builds
`;

const options = { check: { type: 'boolean', default: false } } as const;

await runCommand({ options }, usage, async ({ values }) => {
  const built = await buildBundles();
  return values.check ? compare(built, readFiles(dist)) : write(built);
});

/** The exit code. */
function compare(built: Files, committed: Files): number {
  const paths = new Set([...built.keys(), ...committed.keys()]);
  const stale = [...paths].filter((path) => built.get(path) !== committed.get(path));
  const isCurrent = stale.length === 0;
  const verdict = isCurrent
    ? 'current'
    : `not what src builds: run npm run build (${stale.join(', ')})`;
  process.stdout.write(`dist is ${verdict}\n`);
  return isCurrent ? 0 : 1;
}

function write(built: Files): number {
  rmSync(dist, { recursive: true, force: true });
  for (const [path, text] of built) {
    mkdirSync(dirname(join(dist, path)), { recursive: true });
    writeFileSync(join(dist, path), text);
    process.stdout.write(`dist/${path}: ${Buffer.byteLength(text)} bytes\n`);
  }
  return 0;
}
