// `npm run build`: makes `dist` of `src` with ncc. `--check` only compares.
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { withBundles } from './build/bundles.ts';
import { runCommand } from './support/command.ts';
import { readFiles, root } from './support/repository.ts';

const dist = join(root, 'dist');

const usage = `npm run build               writes dist
npm run build -- --check    only compares it with what src builds
`;

const options = { check: { type: 'boolean', default: false } } as const;

await runCommand({ options }, usage, ({ values }) =>
  withBundles((folder) => (values.check ? compare(folder) : replace(folder))),
);

/** The exit code. */
function compare(folder: string): number {
  const isCurrent = isDeepStrictEqual(readFiles(folder), readFiles(dist));
  const verdict = isCurrent ? 'current' : 'not what src builds: run npm run build';
  process.stdout.write(`dist is ${verdict}\n`);
  return isCurrent ? 0 : 1;
}

function replace(folder: string): number {
  rmSync(dist, { recursive: true, force: true });
  cpSync(folder, dist, { recursive: true });
  process.stdout.write('dist is written\n');
  return 0;
}
