// `npm run sizes`: what every job downloads, and what every start reads.
import { execFileSync } from 'node:child_process';
import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './support/repository.ts';

// What GitHub sends to a runner: without what .gitattributes leaves out, in a folder of its own.
const archive = ['archive', '--format=tar.gz', '--prefix=repository/', 'HEAD'];

const bytes = {
  'dist/main/index.js': sumSizes('dist/main/index.js'),
  'all JavaScript in dist': sumSizes('dist/**/*.js'),
  'the last commit as a source archive': execFileSync('git', archive, {
    cwd: root,
    maxBuffer: 2 ** 28,
  }).length,
};

for (const [what, size] of Object.entries(bytes)) {
  process.stdout.write(`${what}: ${size.toLocaleString('en')} bytes\n`);
}

function sumSizes(pattern: string): number {
  const sizes = globSync(pattern, { cwd: root }).map((path) => statSync(join(root, path)).size);
  return sizes.reduce((sum, size) => sum + size, 0);
}
