// act (https://nektosact.com), which runs workflows away from GitHub: found or installed, started, and its log read.
import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../support/repository.ts';
import type { Texts } from './plan.ts';

const version = '0.2.89';
const folder = join(root, '.cache', `act-${version}`);

/**
 * The command that starts act: from PATH, else as Go installs it into `.cache`.
 * @throws Error that says how to get it
 */
export function findAct(): string {
  if (spawnSync('act', ['--version']).status === 0) return 'act';
  const command = join(folder, 'act');
  if (existsSync(command)) return command;
  if (spawnSync('go', ['version']).status !== 0) {
    throw new Error(
      'Neither act nor Go is on PATH. Install act (https://nektosact.com/installation), or Go, which installs act here',
    );
  }
  process.stdout.write(`Installing act ${version} into .cache with Go: a minute or two, once\n`);
  const { status } = spawnSync('go', ['install', `github.com/nektos/act@v${version}`], {
    env: { ...process.env, GOBIN: folder },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) throw new Error(`Go could not install act ${version}`);
  return command;
}

export interface ActLog {
  /** What a person would see, a line for each message. */
  readonly text: string;
  /** Jobs that were skipped are not among them. */
  readonly jobs: readonly { readonly id: string; readonly result: string }[];
}

/** Runs it to its end, with `env` and no other environment. */
export async function runAct(
  command: string,
  words: readonly string[],
  env: Texts,
): Promise<ActLog> {
  // A run that fails has its output in the error.
  const { stdout, stderr } = await promisify(execFile)(command, [...words, '--json'], {
    env,
    timeout: 300_000,
    maxBuffer: Number.POSITIVE_INFINITY,
  }).catch((error) => error);
  return readLog(stdout + stderr);
}

export function readLog(printed: string): ActLog {
  const entries = printed
    .split('\n')
    .filter((line) => line !== '')
    // Its own errors are no JSON.
    .map((line) => (line.startsWith('{') ? JSON.parse(line) : { msg: line }));
  // Of an entry only the message is masked: the others hold commands as they were written.
  const lines = entries.map(
    ({ msg, job, raw_output }) => `[${job ?? 'act'}]${raw_output ? ' |' : ''} ${msg.trimEnd()}\n`,
  );
  const jobs = entries.flatMap(({ jobID: id = '', jobResult: result }) =>
    result === undefined ? [] : [{ id, result }],
  );
  return { text: lines.join(''), jobs };
}
