// `npm run sizes`: what every job downloads, and what every start reads.
import { execFileSync } from 'node:child_process';
import { globSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { readAction } from './runner/action.ts';
import { root } from './support/repository.ts';

const { main } = readAction().runs;

const bytes = {
  [relative(root, main)]: statSync(main).size,
  'all JavaScript in dist': sumScripts(join(root, 'dist')),
  'the last commit as a source archive': packCommit(),
};

for (const [what, size] of Object.entries(bytes)) {
  process.stdout.write(`${what}: ${size.toLocaleString('en')} bytes\n`);
}

function sumScripts(folder: string): number {
  return globSync('**/*.js', { cwd: folder })
    .map((path) => statSync(join(folder, path)).size)
    .reduce((sum, size) => sum + size, 0);
}

/** The length of what GitHub sends to a runner: without what .gitattributes leaves out, in a folder of its own. */
function packCommit(): number {
  const options = ['archive', '--format=tar.gz', '--prefix=repository/', 'HEAD'];
  return execFileSync('git', options, { cwd: root, maxBuffer: 2 ** 28 }).length;
}
