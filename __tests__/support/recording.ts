// A runner that does nothing but write down, in order, what it is asked for.
import type { Trigger } from '../../src/github/event.ts';
import type { Runner } from '../../src/github/runner.ts';
import type { InputName } from '../../src/inputs/read.ts';
import { type Masked, type Publishable, Secret } from '../../src/secrets/secret.ts';
import { CREDENTIALS } from './credentials.ts';

export type Given = Readonly<Partial<Record<InputName, string>>>;

export interface RecordingOptions {
  readonly inputs?: Given;
  readonly env?: Readonly<Record<string, string>>;
  readonly trigger?: Partial<Trigger>;
  /** What the main step saved. */
  readonly state?: Readonly<Record<string, string>>;
}

export interface Recording {
  readonly runner: Runner;
  /** What was asked for, as `['output', 'scope', 'openid']`. */
  readonly calls: readonly (readonly [string, ...string[]])[];
  /** The lines of one kind, `warning` for instance. */
  lines(kind: 'info' | 'debug' | 'notice' | 'warning' | 'error'): string[];
  /** The pairs of one kind. */
  pairs(kind: 'output' | 'variable' | 'state'): Record<string, string>;
  /**
   * Cancels the job.
   * @throws Error where nobody listens for that: the signal would have ended the process
   */
  cancel(): void;
}

export function record(options: RecordingOptions = {}): Recording {
  const { inputs = CREDENTIALS as Given, env = {}, trigger = {}, state = {} } = options;
  const calls: [string, ...string[]][] = [];
  const listeners: (() => void)[] = [];
  const write = (kind: string) => (line: string) => void calls.push([kind, line]);
  const writePair = (kind: string) => (name: string, value: Publishable) =>
    void calls.push([kind, name, value instanceof Secret ? value.reveal() : value]);
  const runner: Runner = {
    env,
    input: (name, options) => {
      const value = inputs[name] ?? '';
      return options?.trimWhitespace === false ? value : value.trim();
    },
    trigger: () => ({ name: 'push', actor: 'octocat', payload: {}, ...trigger }),
    fileFault: () => undefined,
    mask: (secret) => {
      calls.push(['mask', secret.reveal()]);
      return secret as Masked;
    },
    output: writePair('output'),
    exportVariable: writePair('variable'),
    saveState: writePair('state'),
    state: (name) => state[name] ?? '',
    writeSummary: write('summary'),
    info: write('info'),
    debug: write('debug'),
    notice: write('notice'),
    warning: write('warning'),
    error: write('error'),
    onCancel: (listener) => void listeners.push(listener),
  };
  return {
    runner,
    calls,
    lines: (kind) => calls.flatMap(([name, line = '']) => (name === kind ? [line] : [])),
    pairs: (kind) =>
      Object.fromEntries(
        calls.flatMap(([name, key = '', value = '']) => (name === kind ? [[key, value]] : [])),
      ),
    cancel: () => {
      if (listeners.length === 0) throw new Error('The signal ended the process');
      for (const listener of listeners) listener();
    },
  };
}
