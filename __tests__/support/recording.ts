// A runner that does nothing but write down, in order, what is requested of it.
import { FileCommandError, type Topic } from '../../src/errors.ts';
import { concernsForeignCode, type Trigger, withheldBecause } from '../../src/github/event.ts';
import type { Runner } from '../../src/github/runner.ts';
import type { FileCommand } from '../../src/github/source.ts';
import type { InputName } from '../../src/inputs/inputs.ts';
import { createRedactor } from '../../src/secrets/redact.ts';
import { type Masked, type Publishable, Secret } from '../../src/secrets/secret.ts';
import type { Result } from '../../src/values.ts';
import { CREDENTIALS } from './credentials.ts';

export type Given = Readonly<Partial<Record<InputName, string>>>;

export interface RecordingOptions {
  readonly inputs?: Given;
  readonly env?: Readonly<Record<string, string>>;
  readonly trigger?: {
    readonly name?: string;
    readonly actor?: string;
    readonly payload?: unknown;
  };
  /** What is wrong with the files of file commands. */
  readonly fileFaults?: Readonly<Partial<Record<FileCommand, string>>>;
  /** What a file holds that an input names, or its fault. */
  readonly files?: Readonly<Record<string, Result<string | undefined>>>;
  /** The kinds of writes that fail. */
  readonly failing?: readonly ('output' | 'variable' | 'state' | 'summary')[];
  readonly isDebug?: boolean;
  /** What the main step saved. */
  readonly state?: Readonly<Record<string, string>>;
}

export interface Recording {
  readonly runner: Runner;
  /** What was requested, as `['output', 'scope', 'openid']`. */
  readonly calls: readonly (readonly [string, ...string[]])[];
  /** Where each notice and warning leads, in order. */
  readonly topics: readonly Topic[];
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
  const { inputs = CREDENTIALS as Given, env = {}, state = {}, failing = [] } = options;
  const calls: [string, ...string[]][] = [];
  const topics: Topic[] = [];
  const listeners: (() => void)[] = [];
  const { hide, redact, conceal } = createRedactor();
  const write = (kind: string) => (line: string) => void calls.push([kind, conceal(line)]);
  const writeLinked = (kind: string) => (line: string, topic: Topic) => {
    topics.push(topic);
    write(kind)(line);
  };
  const writePair =
    (kind: 'output' | 'variable' | 'state') => (name: string, value: Publishable) => {
      if (failing.includes(kind)) throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
      calls.push([kind, name, value instanceof Secret ? value.reveal() : value]);
    };
  const { payload = {}, ...who } = options.trigger ?? {};
  const trigger: Trigger = {
    name: 'push',
    actor: 'octocat',
    ...who,
    payload: () => (payload === 'unreadable' ? undefined : payload),
  };
  const runner: Runner = {
    env,
    eventName: trigger.name,
    isDebug: options.isDebug ?? false,
    nodeVersion: 'v24.0.0',
    input: (name, how) => {
      const value = inputs[name as InputName] ?? '';
      return how?.trimWhitespace === false ? value : value.trim();
    },
    withheld: () => withheldBecause(trigger),
    foreignCode: () => concernsForeignCode(trigger),
    fileFault: (name) => options.fileFaults?.[name],
    mask: (secret) => {
      hide(secret);
      calls.push(['mask', secret.reveal()]);
      return secret as Masked;
    },
    redact,
    output: writePair('output'),
    exportVariable: writePair('variable'),
    saveState: writePair('state'),
    state: (name) => state[name] ?? '',
    writeSummary: (markdown) => {
      if (failing.includes('summary')) throw new Error('no space');
      write('summary')(markdown);
    },
    atomically: (writeAll) => {
      const before = calls.length;
      try {
        writeAll();
      } catch (error) {
        calls.length = before;
        throw new FileCommandError('Could not write the files of the step (ENOSPC)', {
          topic: 'file-command-failed',
          hint: 'Make room',
          cause: error,
        });
      }
    },
    readFile: (path) => options.files?.[path] ?? { value: undefined },
    writeFile: (path, text) => {
      const file = options.files?.[path];
      if (file && 'fault' in file) return file;
      calls.push(['file', path, text]);
      return { value: true };
    },
    info: write('info'),
    debug: write('debug'),
    notice: writeLinked('notice'),
    warning: writeLinked('warning'),
    warningLine: write('warning'),
    error: (line) => {
      write('error')(line);
      return conceal(line);
    },
    onCancel: (listener) => void listeners.push(listener),
  };
  return {
    runner,
    calls,
    topics,
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
