// The workflow commands in a step's log, found wherever the runner could find one.

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
