// A step's output as a person sees it in GitHub's log: masks applied, commands turned into what they show.
import { type Command, parseCommand, splitLines } from './commands.ts';

export interface LogOptions {
  /** Shows debug lines, as `RUNNER_DEBUG=1` does. */
  readonly debug?: boolean;
}

/** Turns one line after another into what is shown of it, undefined for nothing; masks count from their line on. */
export type LogRenderer = (line: string) => string | undefined;

const annotations: Readonly<Record<string, string>> = {
  error: 'Error: ',
  warning: 'Warning: ',
  notice: 'Notice: ',
};

export function renderLog(stdout: string, options: LogOptions = {}): string {
  const render = createRenderer(options);
  return splitLines(stdout)
    .map(render)
    .filter((line) => line !== undefined)
    .map((line) => `${line}\n`)
    .join('');
}

export function createRenderer({ debug = false }: LogOptions = {}): LogRenderer {
  const masks: string[] = [];
  let indent = '';
  return (line) => {
    const command = parseCommand(line);
    const mask = command && readMasks(command);
    if (mask) {
      masks.push(...mask);
      return undefined;
    }
    if (command?.name === 'endgroup') {
      indent = '';
      return undefined;
    }
    const shown = command ? showCommand(command, debug) : line;
    const text = shown === undefined ? undefined : maskText(shown, masks).replace(/^/gm, indent);
    if (command?.name === 'group') indent = '  ';
    return text;
  };
}

/** The values that are masked in a step's `stdout`. */
export function findMasks(stdout: string): string[] {
  return splitLines(stdout).flatMap((line) => {
    const command = parseCommand(line);
    return (command && readMasks(command)) ?? [];
  });
}

/** `text` with `***` for each of `masks`, the longest first. */
export function maskText(text: string, masks: readonly string[]): string {
  return masks
    .filter((mask) => mask !== '')
    .toSorted((one, other) => other.length - one.length)
    .reduce((masked, mask) => masked.replaceAll(mask, '***'), text);
}

/** Each line of a mask is a mask, and so is the whole. */
function readMasks({ name, message }: Command): string[] | undefined {
  if (name !== 'add-mask') return undefined;
  const lines = splitLines(message).filter((line) => line.trim() !== '');
  return lines.length > 1 ? [message, ...lines] : lines;
}

function showCommand(command: Command, debug: boolean): string | undefined {
  const { name, message, line } = command;
  if (name === 'debug') return debug ? `##[debug]${message}` : undefined;
  if (name === 'group') return `▾ ${message}`;
  const label = annotations[name];
  return label === undefined ? line : label + message;
}
