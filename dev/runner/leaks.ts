// Finds secrets and tokens, or parts of them, where they must not be, however they are encoded.
import { parseCommand, splitLines } from './commands.ts';
import type { StepResult } from './step.ts';

export interface Secrets {
  readonly secret?: readonly string[];
  readonly token?: readonly string[];
}

/** Any piece of this length counts as a leak; of a shorter value, the whole. */
const pieceLength = 16;

type Encode = (value: string) => readonly string[];

const encodings: Readonly<Record<string, Encode>> = {
  'URL-encoded': (value) => [encodeURIComponent(value)],
  'form-encoded': (value) => [new URLSearchParams({ '': value }).toString().slice(1)],
  base64: (value) => encodeAligned(value, 'base64'),
  base64url: (value) => encodeAligned(value, 'base64url'),
  'JSON-escaped': (value) => [JSON.stringify(value).slice(1, -1)],
  hex: (value) => {
    const hex = Buffer.from(value).toString('hex');
    return [hex, hex.toUpperCase()];
  },
};

/** What of `secrets` stands in `text`, as `secret 1 (base64)`: said without a part of it. */
export function findLeaks(text: string, secrets: Secrets): string[] {
  const pieces = collectPieces(text);
  return [
    ...(secrets.secret ?? []).flatMap((value, index) =>
      findValue(text, pieces, [value], `secret ${index + 1}`),
    ),
    ...(secrets.token ?? []).flatMap((value, index) =>
      findValue(text, pieces, splitToken(value), `token ${index + 1}`),
    ),
  ];
}

/** What of `secrets` a step left anywhere but where it belongs, as `stdout: secret 1 (base64)`. */
export function findStepLeaks(result: StepResult, secrets: Secrets): string[] {
  const secretsAlone = { secret: secrets.secret ?? [] };
  const places: [string, string, Secrets][] = [
    ['stdout', dropMasks(result.stdout), secrets],
    ['stderr', result.stderr, secrets],
  ];
  // A file where the token has its home is searched for it all the same, but for that one value.
  const foreignPairs = new Map([
    ['GITHUB_OUTPUT', listForeign(result.outputs, /^access-token$/)],
    [
      'GITHUB_ENV',
      listForeign(result.env, /_ACCESS_TOKEN$|^AIO_IMS_CONTEXTS_CLI_ACCESS__TOKEN_TOKEN$/),
    ],
    ['GITHUB_STATE', listForeign(result.state, /^token-\d+$/)],
  ]);
  for (const [name, text] of Object.entries(result.rawFiles)) {
    const foreign = foreignPairs.get(name);
    places.push([name, text, foreign === undefined ? secrets : secretsAlone]);
    if (foreign !== undefined) places.push([name, foreign, secrets]);
  }
  const leaks = places.flatMap(([place, text, of]) =>
    findLeaks(text, of).map((leak) => `${place}: ${leak}`),
  );
  return [...new Set(leaks)];
}

/** `pairs` as text, without the values of those that may hold the token. */
function listForeign(pairs: Readonly<Record<string, string>>, home: RegExp): string {
  return Object.entries(pairs)
    .map(([name, value]) => (home.test(name) ? name : `${name}=${value}`))
    .join('\n');
}

function dropMasks(stdout: string): string {
  return splitLines(stdout)
    .filter((line) => parseCommand(line)?.name !== 'add-mask')
    .join('\n');
}

/** What of a token is secret: all of an opaque one, of a JWT all but its header, which many share. */
function splitToken(token: string): string[] {
  const parts = token.split('.');
  return parts.length === 3 ? parts.slice(1) : [token];
}

function collectPieces(text: string): ReadonlySet<string> {
  const pieces = new Set<string>();
  for (let at = 0; at + pieceLength <= text.length; at += 1) {
    pieces.add(text.slice(at, at + pieceLength));
  }
  return pieces;
}

function findValue(
  text: string,
  pieces: ReadonlySet<string>,
  values: readonly string[],
  label: string,
): string[] {
  if (text === '') return [];
  const found = Object.entries(encodings).filter(([, encode]) =>
    values.some((value) => encodeAnew(value, encode).some((form) => hasPiece(text, pieces, form))),
  );
  const raw = values.some((value) => hasPiece(text, pieces, value));
  return [...(raw ? ['raw'] : []), ...found.map(([name]) => name)].map(
    (encoding) => `${label} (${encoding})`,
  );
}

function hasPiece(text: string, pieces: ReadonlySet<string>, form: string): boolean {
  if (form.length < pieceLength) return form !== '' && text.includes(form);
  for (let at = 0; at + pieceLength <= form.length; at += 1) {
    if (pieces.has(form.slice(at, at + pieceLength))) return true;
  }
  return false;
}

/** The forms that differ from the value: those that do not would be reported twice. */
function encodeAnew(value: string, encode: Encode): readonly string[] {
  return encode(value).filter((form) => form !== value);
}

/** What base64 makes of `value` inside a longer text, at each of the three alignments, less the characters that its neighbours share. */
function encodeAligned(value: string, encoding: 'base64' | 'base64url'): string[] {
  const bytes = Buffer.from(value);
  return [0, 1, 2].map((offset) => {
    const shifted = Buffer.concat([Buffer.alloc(offset), bytes]);
    const whole = shifted.subarray(offset && 3, shifted.length - (shifted.length % 3));
    return whole.toString(encoding);
  });
}
