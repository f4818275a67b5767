/** How a step ends: with its result, or with one line that says what failed, and never with a hang. */

import { FLUSH_MS } from '../deadlines.ts';
import { isCaFileFifo } from '../http/ca-file.ts';
import { isLookupPending } from '../http/dns.ts';
import type { Environment } from '../values.ts';
import { openRunner, type Runner } from './runner.ts';

export interface Ending {
  /** Tells of a failure. */
  readonly report: (runner: Runner, error: unknown) => void;
  /** The exit code of a failed step. */
  readonly code: 0 | 1;
}

/**
 * Runs a step and ends the process: with 0, or with `code` once the failure is reported. It ends even when
 * a connection that nobody waits for is still open, and when the step has nothing left to wait for.
 */
export async function run(
  step: (runner: Runner) => Promise<void>,
  { report, code }: Ending,
): Promise<void> {
  const runner = openRunner();
  let isOver = false;
  const end = async (exitCode: number, tell: () => void) => {
    if (isOver) return;
    isOver = true;
    try {
      tell();
    } finally {
      await exit(exitCode, runner.env);
    }
  };
  const fail = (error: unknown) => end(code, () => report(runner, error));
  // With nobody left to read it, an error line would be the next error, for ever.
  process.stdout.on('error', () => leave(code, runner.env));
  process.on('uncaughtException', fail);
  // Node has run out of work: the step waits for what never comes, and the exit code would be 0.
  process.on('beforeExit', () => fail(new UnfinishedStepError()));
  await step(runner).then(() => end(0, () => {}), fail);
}

/** The step waits for something, and no timer, connection or file is left that could bring it. */
class UnfinishedStepError extends Error {
  override readonly name = 'UnfinishedStepError';
}

async function exit(code: number, env: Environment): Promise<void> {
  // Pipes may be written asynchronously: what is under way must be out first, if somebody reads it.
  const flushed = new Promise<void>((resolve) => process.stdout.write('', () => resolve()));
  const late = new Promise<void>((resolve) => setTimeout(resolve, FLUSH_MS));
  await Promise.race([flushed, late]);
  leave(code, env);
}

/**
 * Ends the process without waiting for the system's resolver, which silent name servers hold for half a
 * minute, or for the writer of a FIFO.
 */
function leave(code: number, env: Environment): void {
  if (isLookupPending() || isCaFileFifo(env)) replaceProcess(code);
  process.exit(code);
}

/** No exit of Node's is of use: each waits for its threads. Another program in its place does not. */
function replaceProcess(code: number): void {
  try {
    const script = `process.exitCode = ${code}`;
    process.execve?.(process.execPath, [process.execPath, '--eval', script], {});
  } catch {
    // Windows has no such call, and says that a process which is ended so failed.
    if (code !== 0) process.kill(process.pid, 'SIGKILL');
  }
}
