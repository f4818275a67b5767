// A step's output as a person sees it in GitHub's log: masks applied, commands turned into what they show.
import { parseCommand, parseCommands, splitLines } from './commands.ts';

/** What the runner writes before the message of a command. */
const labels: Readonly<Record<string, string>> = {
  debug: '##[debug]',
  error: 'Error: ',
  notice: 'Notice: ',
  warning: 'Warning: ',
};

/**
 * Gives what is shown of one line after another, undefined for nothing: a mask counts from its line on, `debug`
 * shows debug lines, as `RUNNER_DEBUG=1` does, and commands without a label are shown as they are.
 */
export function createRenderer({ debug = false }: { readonly debug?: boolean } = {}) {
  const masks: string[] = [];
  return (line: string): string | undefined => {
    masks.push(...findMasks(line));
    const { name = '', message } = parseCommand(line) ?? {};
    if (name === 'add-mask' || (name === 'debug' && !debug)) return undefined;
    const label = labels[name];
    return maskText(label === undefined ? line : `${label}${message}`, masks);
  };
}

/** The values that are masked in a step's `stdout`: each line of a mask, and the whole. */
export function findMasks(stdout: string): string[] {
  const masks = parseCommands(stdout).filter((command) => command.name === 'add-mask');
  return masks.flatMap(({ message }) => {
    const lines = splitLines(message).filter((line) => line.trim() !== '');
    return lines.length > 1 ? [message, ...lines] : lines;
  });
}

/** `text` with `***` for each of `masks`, the longest first. */
export function maskText(text: string, masks: readonly string[]): string {
  return masks
    .filter((mask) => mask !== '')
    .toSorted((one, other) => other.length - one.length)
    .reduce((masked, mask) => masked.replaceAll(mask, '***'), text);
}
