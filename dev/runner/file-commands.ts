// The files through which a step tells the runner its outputs, variables and state.

/** Those that the runner gives to a step, by the variable that holds the path. */
export const fileCommands = [
  'GITHUB_OUTPUT',
  'GITHUB_ENV',
  'GITHUB_STATE',
  'GITHUB_STEP_SUMMARY',
  'GITHUB_PATH',
] as const;

export type FileCommand = (typeof fileCommands)[number];

/**
 * The pairs in a file of `name=value` lines and of blocks `name<<delimiter`, value, `delimiter`; the last of a name counts.
 * @throws Error where the runner would fail the step
 */
export function parsePairs(text: string): Record<string, string> {
  const pairs = new Map<string, string>();
  // With their ends, which count between the lines of a block.
  const lines = text.split(/(?<=\n)/);
  for (let next = lines.shift(); next !== undefined; next = lines.shift()) {
    const line = dropEnd(next);
    if (line === '') continue;
    const [, name = '', sign, rest = ''] = /^(.*?)(=|<<)(.*)$/s.exec(line) ?? [];
    if (sign === undefined) throw new Error('A line of a file command has neither "=" nor "<<"');
    if (name === '') throw new Error('A line of a file command has no name');
    pairs.set(name, sign === '=' ? rest : takeBlock(lines, rest));
  }
  return Object.fromEntries(pairs);
}

/** Takes the lines up to `delimiter` away, and gives what they hold. */
function takeBlock(lines: string[], delimiter: string): string {
  if (delimiter === '') throw new Error('A block of a file command has no delimiter');
  const length = lines.findIndex((line) => dropEnd(line) === delimiter);
  if (length < 0) throw new Error('A block of a file command has no end');
  const block = lines.splice(0, length + 1).slice(0, -1);
  return dropEnd(block.join(''));
}

function dropEnd(text: string): string {
  return text.replace(/\r?\n$/, '');
}
