// Finds secrets and tokens, or parts of them, where they must not be, however they are encoded.
import { parseCommand, splitLines } from './commands.ts';
import type { StepResult } from './step.ts';

export interface Secrets {
  readonly secret?: readonly string[];
  readonly token?: readonly string[];
}

/** Any piece of this length counts as a leak; of a shorter value, the whole. */
const pieceLength = 16;

/** What of `secrets` stands in `text`, as `secret 1 (base64)`: said without a part of it. */
export function findLeaks(text: string, { secret = [], token = [] }: Secrets): string[] {
  if (text === '') return [];
  const pieces = new Set(cutPieces(text));
  const isHeld = (form: string) => {
    if (form.length < pieceLength) return form !== '' && text.includes(form);
    for (const piece of cutPieces(form)) if (pieces.has(piece)) return true;
    return false;
  };
  const search = (label: string, values: readonly string[]) => {
    const found = values.flatMap(listForms).filter(({ form }) => isHeld(form));
    return found.map(({ encoding }) => `${label} (${encoding})`);
  };
  const leaks = [
    ...secret.flatMap((value, index) => search(`secret ${index + 1}`, [value])),
    ...token.flatMap((value, index) => search(`token ${index + 1}`, splitToken(value))),
  ];
  return [...new Set(leaks)];
}

/** What of `secrets` a step left anywhere but where it belongs, as `stdout: secret 1 (base64)`. */
export function findStepLeaks(result: StepResult, secrets: Secrets): string[] {
  const { outputs, env, state, stdout, stderr, rawFiles } = result;
  const lines = splitLines(stdout).filter((line) => parseCommand(line)?.name !== 'add-mask');
  // A file where the token has its home is searched for it all the same, but for that one value.
  const foreignPairs = new Map([
    ['GITHUB_OUTPUT', listForeign(outputs, /^access-token$/)],
    ['GITHUB_ENV', listForeign(env, /_ACCESS_TOKEN$|^AIO_IMS_CONTEXTS_CLI_ACCESS__TOKEN_TOKEN$/)],
    ['GITHUB_STATE', listForeign(state, /^token-\d+$/)],
  ]);
  const places = Object.entries({ ...rawFiles, stdout: lines.join('\n'), stderr });
  const leaks = places.flatMap(([place, text]) => {
    const foreign = foreignPairs.get(place);
    const token = foreign === undefined ? (secrets.token ?? []) : [];
    const found = [...findLeaks(text, { ...secrets, token }), ...findLeaks(foreign ?? '', secrets)];
    return found.map((leak) => `${place}: ${leak}`);
  });
  return [...new Set(leaks)];
}

/** `pairs` as text, without the values of those that may hold the token. */
function listForeign(pairs: Readonly<Record<string, string>>, home: RegExp): string {
  return Object.entries(pairs)
    .map(([name, value]) => (home.test(name) ? name : `${name}=${value}`))
    .join('\n');
}

/** What of a token is secret: all of an opaque one, of a JWT all but its header, which many share. */
function splitToken(token: string): string[] {
  const parts = token.split('.');
  return parts.length === 3 ? parts.slice(1) : [token];
}

/** Every piece of `text` that has the length which counts. */
function* cutPieces(text: string): Generator<string, void> {
  for (let at = 0; at + pieceLength <= text.length; at += 1) yield text.slice(at, at + pieceLength);
}

/** All that `value` may look like; an encoding that leaves it as it is would only be reported twice. */
function listForms(value: string) {
  const hex = Buffer.from(value).toString('hex');
  const encoded = [
    { encoding: 'URL-encoded', form: encodeURIComponent(value) },
    { encoding: 'form-encoded', form: new URLSearchParams({ '': value }).toString().slice(1) },
    ...[0, 1, 2].map((offset) => encodeAligned(value, 'base64', offset)),
    ...[0, 1, 2].map((offset) => encodeAligned(value, 'base64url', offset)),
    { encoding: 'JSON-escaped', form: JSON.stringify(value).slice(1, -1) },
    { encoding: 'hex', form: hex },
    { encoding: 'hex', form: hex.toUpperCase() },
  ];
  return [{ encoding: 'raw', form: value }, ...encoded.filter(({ form }) => form !== value)];
}

/** What base64 makes of `value` inside a longer text, `offset` bytes after a boundary, less the characters that its neighbours share. */
function encodeAligned(value: string, encoding: 'base64' | 'base64url', offset: number) {
  const shifted = Buffer.concat([Buffer.alloc(offset), Buffer.from(value)]);
  const whole = shifted.subarray(offset && 3, shifted.length - (shifted.length % 3));
  return { encoding, form: whole.toString(encoding) };
}
