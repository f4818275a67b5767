// Runs commands, and tells what each cost in time, processor and memory.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Command {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface Cost {
  /** From before the start to after the end. */
  readonly wallMs: number;
  /** In the program and in the kernel, all threads together. */
  readonly cpuMs: number;
  readonly peakMiB: number;
}

export interface Ended extends Cost {
  readonly exitCode: number;
  /** What it printed on stdout and stderr. */
  readonly log: string;
}

export interface Launcher {
  /** Starts all at once, and settles when all have ended. */
  launch(commands: readonly Command[]): Promise<readonly Ended[]>;
  close(): void;
}

/** @throws Error where there is no Python */
export async function startLauncher(): Promise<Launcher> {
  const child = spawn('python3', [join(import.meta.dirname, 'launch.py')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(child, 'spawn').catch(() => {
    throw new Error('The benchmark needs python3, which asks the kernel what a process has cost');
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    async launch(commands) {
      child.stdin.write(`${JSON.stringify(commands)}\n`);
      const { value } = await lines.next();
      if (value === undefined) throw new Error('The launcher has ended');
      return JSON.parse(value) as Ended[];
    },
    close: () => child.stdin.end(),
  };
}
