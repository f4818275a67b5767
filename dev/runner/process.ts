// Runs a script to its end, and tells what it printed and how it ended.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { splitLines } from './commands.ts';

export interface ProcessOptions {
  /** Sends a signal after a time, after something else, or once the log satisfies a condition. */
  signal?:
    | { name: NodeJS.Signals; afterMs: number }
    | { name: NodeJS.Signals; after: Promise<unknown> }
    | { name: NodeJS.Signals; when: (stdout: string) => boolean };
  /** 30 s by default. */
  killAfterMs?: number;
  /** What runs the script; by default the Node that runs this. */
  interpreter?: string;
  /** The interpreter's arguments, before the script. */
  args?: readonly string[];
  /** Told each line of stdout and stderr as it comes. */
  onLine?: (line: string) => void;
  /** Stdout is appended to this file, which others may write to as well, and what it then holds counts as stdout. */
  stdoutFile?: string;
}

export interface Ending {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** It was killed after `killAfterMs`. */
  readonly timedOut: boolean;
  readonly stdout: string;
  readonly stderr: string;
  readonly durationMs: number;
}

/** Runs `script` in `folder` with `env` and no other environment. */
export async function runProcess(
  script: string,
  folder: string,
  env: Readonly<Record<string, string>>,
  options: ProcessOptions = {},
): Promise<Ending> {
  const { signal, killAfterMs = 30_000, interpreter = process.execPath, args = [] } = options;
  const { onLine, stdoutFile } = options;
  const startedMs = performance.now();
  const output = stdoutFile === undefined ? 'pipe' : openSync(stdoutFile, 'a');
  const child = spawn(interpreter, [...args, script], {
    cwd: folder,
    env,
    stdio: ['ignore', output, 'pipe'],
  });
  if (typeof output === 'number') closeSync(output);
  let stdout = '';
  let stderr = '';
  let timedOut = false;
  let signalled = false;
  const readers = { stdout: createLineReader(onLine), stderr: createLineReader(onLine) };
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
    readers.stdout(chunk);
    if (signal && 'when' in signal && !signalled && signal.when(stdout)) {
      signalled = child.kill(signal.name);
    }
  });
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
    readers.stderr(chunk);
  });
  const timers = [
    setTimeout(() => {
      timedOut = child.kill('SIGKILL');
    }, killAfterMs),
  ];
  if (signal && 'afterMs' in signal) {
    timers.push(setTimeout(() => child.kill(signal.name), signal.afterMs));
  }
  if (signal && 'after' in signal) signal.after.then(() => child.kill(signal.name));
  const [exitCode, endSignal] = await once(child, 'close').finally(() => {
    for (const timer of timers) clearTimeout(timer);
  });
  // A last line without an end is a line too.
  if (/[^\n]$/.test(stdout)) readers.stdout('\n');
  if (/[^\n]$/.test(stderr)) readers.stderr('\n');
  const durationMs = performance.now() - startedMs;
  if (stdoutFile !== undefined) stdout = readFileSync(stdoutFile, 'utf8');
  return { exitCode, signal: endSignal, timedOut, stdout, stderr, durationMs };
}

/** Cuts chunks into lines; the last line needs its line end. */
function createLineReader(onLine: ProcessOptions['onLine']): (chunk: string) => void {
  let rest = '';
  return (chunk) => {
    const text = rest + chunk;
    const end = text.lastIndexOf('\n') + 1;
    rest = text.slice(end);
    for (const line of splitLines(text.slice(0, end))) onLine?.(line);
  };
}
