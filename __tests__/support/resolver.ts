// A resolver of the system that never answers, for a process of the action.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from './folder.ts';

/** The environment in which a lookup blocks a thread of Node's, as with name servers that are silent: Node waits for it at its end. */
export function hangResolver(): Readonly<Record<string, string>> {
  const folder = makeFolder();
  const pipe = join(folder, 'pipe');
  const script = join(folder, 'hang.cjs');
  // Reading a pipe that nobody writes blocks a thread of the pool, as a resolver does that waits for its servers.
  execFileSync('mkfifo', [pipe]);
  writeFileSync(
    script,
    `require('node:dns').lookup = () => require('node:fs').readFile(${JSON.stringify(pipe)}, () => {});`,
  );
  return { NODE_OPTIONS: `--require ${script}` };
}
