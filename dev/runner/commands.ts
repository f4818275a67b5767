// What a step tells the runner: by commands in its log, found wherever the runner could find one, and by files.

export interface Command {
  /** As written, in lower case. */
  readonly name: string;
  readonly syntax: '::' | '##[';
  readonly properties: Readonly<Record<string, string>>;
  /** Unescaped. */
  readonly message: string;
}

/**
 * Every command in `stdout`: one a line that begins, after optional blanks, with `::name ...::`, and `##[name]`
 * anywhere in a line. Names that the runner does not know today count too.
 */
export function parseCommands(stdout: string): Command[] {
  return splitLines(stdout).flatMap((line) => {
    const command = parseCommand(line);
    const old = line.matchAll(/##\[([\w-]+)(?:\s+([^\]]*))?\](?=(.*))/gsu);
    return [...(command ? [command] : []), ...[...old].map((match) => readMatch(match, '##['))];
  });
}

/** Lines as .NET reads them for the runner: a lone carriage return ends one too. */
export function splitLines(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** The `::name ...::` command that a line is, if it is one. */
export function parseCommand(line: string): Command | undefined {
  // .NET trims U+0085 as a blank; JavaScript does not.
  const match = /^[\s\u0085]*::([\w-]+)(?:\s+(.*?))?::(.*)$/su.exec(line);
  return match ? readMatch(match, '::') : undefined;
}

function readMatch(match: RegExpExecArray, syntax: Command['syntax']): Command {
  const [, name = '', list = '', message = ''] = match;
  const properties: Record<string, string> = {};
  for (const pair of list.split(syntax === '::' ? ',' : ';')) {
    const [key = '', value = ''] = pair.split(/=(.*)/s);
    if (key.trim()) properties[key.trim()] = decode(value, ['%0D', '%0A', '%3A', '%2C', '%25']);
  }
  const text = decode(message, ['%0D', '%0A', '%25']);
  return { name: name.toLowerCase(), syntax, properties, message: text };
}

/** Undoes the escapes that count in this place; like the runner, in capitals only. */
function decode(text: string, codes: readonly string[]): string {
  return text.replace(/%[0-9A-F]{2}/g, (code) =>
    codes.includes(code) ? decodeURIComponent(code) : code,
  );
}

/** The files that the runner gives to a step, by the variable that holds the path. */
export const fileCommands = [
  'GITHUB_OUTPUT',
  'GITHUB_ENV',
  'GITHUB_STATE',
  'GITHUB_STEP_SUMMARY',
  'GITHUB_PATH',
];

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
