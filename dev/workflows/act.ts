// act (https://nektosact.com), which runs workflows away from GitHub: found or installed, and started.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { root } from '../support/repository.ts';

const version = '0.2.89';
const folder = join(root, '.cache', `act-${version}`);

/**
 * The command that starts act: from PATH, else as Go installs it into `.cache`.
 * @throws Error that says how to get it
 */
export function findAct(print: (line: string) => void): string {
  if (spawnSync('act', ['--version']).status === 0) return 'act';
  const command = join(folder, 'act');
  if (existsSync(command)) return command;
  if (spawnSync('go', ['version']).status !== 0) {
    throw new Error(
      'Neither act nor Go is on PATH. Install act (https://nektosact.com/installation), or Go, which installs act here',
    );
  }
  print(`Installing act ${version} into .cache with Go, once: this takes a minute or two`);
  const { status } = spawnSync('go', ['install', `github.com/nektos/act@v${version}`], {
    env: { ...process.env, GOBIN: folder },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) throw new Error(`Go could not install act ${version}`);
  return command;
}

/** Runs it to its end, with `env` and no other environment, and gives all that it printed. */
export async function runAct(
  command: string,
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const child = spawn(command, words, { env, stdio: ['ignore', 'pipe', 'pipe'], timeout: 300_000 });
  const [stdout, stderr] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return stdout + stderr;
}
