// `npm run sizes`: what every job downloads, and every start reads, must not grow beyond these bounds.
import { execFileSync } from 'node:child_process';
import { globSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { readAction } from './runner/action.ts';
import { root } from './support/repository.ts';

interface Size {
  readonly what: string;
  readonly bytes: number;
  readonly bound: number;
}

const { main } = readAction().runs;

const sizes: readonly Size[] = [
  { what: relative(root, main), bytes: statSync(main).size, bound: 100_000 },
  { what: 'all JavaScript in dist', bytes: sumScripts(join(root, 'dist')), bound: 250_000 },
  { what: 'the last commit as a source archive', bytes: packCommit(), bound: 400_000 },
];

for (const { what, bytes, bound } of sizes) {
  const verdict = bytes <= bound ? '' : ': too large';
  process.stdout.write(`${what}: ${format(bytes)} of ${format(bound)} bytes${verdict}\n`);
}
process.exitCode = sizes.every(({ bytes, bound }) => bytes <= bound) ? 0 : 1;

function sumScripts(folder: string): number {
  return globSync('**/*.{js,cjs,mjs}', { cwd: folder })
    .map((path) => statSync(join(folder, path)).size)
    .reduce((sum, bytes) => sum + bytes, 0);
}

/** The length of what GitHub sends to a runner: without what .gitattributes leaves out, in a folder of its own. */
function packCommit(): number {
  const options = ['archive', '--format=tar.gz', '--prefix=repository/', 'HEAD'];
  return execFileSync('git', options, { cwd: root, maxBuffer: 2 ** 28 }).length;
}

function format(bytes: number): string {
  return bytes.toLocaleString('en');
}
