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
  const lines = text.matchAll(/(.*?)(\r?\n|$)/gy);
  for (const [, line = ''] of lines) {
    if (line === '') continue;
    const [name, value] = parsePair(line, lines);
    if (name === '') throw new Error('A line of a file command has no name');
    pairs.set(name, value);
  }
  return Object.fromEntries(pairs);
}

function parsePair(line: string, rest: Iterator<RegExpExecArray>): [string, string] {
  const equals = line.indexOf('=');
  const heredoc = line.indexOf('<<');
  if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
    return [line.slice(0, equals), line.slice(equals + 1)];
  }
  if (heredoc < 0) throw new Error('A line of a file command has neither "=" nor "<<"');
  const delimiter = line.slice(heredoc + 2);
  if (delimiter === '') throw new Error('A block of a file command has no delimiter');
  return [line.slice(0, heredoc), readBlock(rest, delimiter)];
}

/** The lines up to `delimiter`, with the line ends between them. */
function readBlock(lines: Iterator<RegExpExecArray>, delimiter: string): string {
  let value = '';
  let end = '';
  for (let next = lines.next(); !next.done; next = lines.next()) {
    const [, line = '', newline = ''] = next.value;
    if (line === delimiter) return value;
    value += end + line;
    end = newline;
  }
  throw new Error('A block of a file command has no end');
}
