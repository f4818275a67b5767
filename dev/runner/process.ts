// Runs a script to its end, and tells what it printed and how it ended.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface ProcessOptions {
  /** A signal, and what to wait for before it is sent. */
  signal?: { name: NodeJS.Signals; after: Promise<unknown> };
  /** 30 s by default. */
  killAfterMs?: number;
  /** What runs the script; by default the Node that runs this. */
  interpreter?: string;
  /** The interpreter's arguments, before the script. */
  args?: readonly string[];
  /** Told each line of stdout and stderr as it comes. */
  onLine?: (line: string) => void;
}

/** Runs `script` in `folder` with `env` and no other environment. */
export async function runProcess(
  script: string,
  folder: string,
  env: NodeJS.ProcessEnv,
  options: ProcessOptions = {},
) {
  const { signal, killAfterMs = 30_000, interpreter = process.execPath, args = [] } = options;
  const startedMs = performance.now();
  const child = spawn(interpreter, [...args, script], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: killAfterMs,
    killSignal: 'SIGKILL',
  });
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      printed[name] += chunk;
    });
    if (options.onLine) createInterface({ input: child[name] }).on('line', options.onLine);
  }
  signal?.after.then(() => child.kill(signal.name));
  await once(child, 'close');
  return {
    exitCode: child.exitCode,
    signal: child.signalCode,
    /** It was killed after `killAfterMs`: nobody else sends this signal. */
    timedOut: child.signalCode === 'SIGKILL',
    ...printed,
    durationMs: performance.now() - startedMs,
  };
}
