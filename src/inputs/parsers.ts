/** Single values out of raw strings: the value, or how the sentence on its fault ends; and what is wrong with a secret. */

import { isScope } from '../adobe/scope.ts';
import { list } from '../messages.ts';
import { Secret } from '../secrets/secret.ts';
import { SERVICE_ALIASES, SERVICE_NAMES, type ServiceName } from '../services.ts';
import { type Result, readJson } from '../values.ts';
import type { ClientSecret } from './inputs.ts';
import { nearest } from './spelling.ts';

/**
 * Words that begin the names which the runner, Node.js, npm, the loader or a shell gives meaning to. One
 * preset begins so too.
 */
const RESERVED_PREFIX =
  /^(?!USER_MANAGEMENT$)(ACTIONS|AGENT|BASH|CI|DYLD|ENV|GITHUB|HOME|IFS|INPUT|LANG|LC|LD|NODE|NPM|PATH|PWD|RUNNER|SHELL|SSL|STATE|SUDO|SYSTEM|USER|ZSH)(_|$)/i;

const MAX_CLIENT_ID_LENGTH = 256;
const MIN_SECRET_LENGTH = 8;

/** Adobe allows two: more are a file that was pasted, and each would be a request. */
const MAX_SECRETS = 5;

/** What a client secret looks like that is something else, and how the sentence on it ends. */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  [/^(["'`]).*\1$/, 'has quotes around it'],
  [/^\$/, 'begins with $, like a variable that was not expanded'],
  [/^(secrets|vars|env)\.[A-Za-z_]\w*$/, 'is the name of a secret instead of its value'],
  [/^[{[]/, 'looks like JSON: the file of a credential goes into `credentials`'],
  [/^[A-Za-z_]\w*=[^=]/, 'has the form NAME=value: give the value alone'],
];

/** YAML 1.2's core schema, as `core.getBooleanInput` reads it. */
export function parseBoolean(raw: string): Result<boolean> {
  if (/^(true|True|TRUE)$/.test(raw)) return { value: true };
  if (/^(false|False|FALSE)$/.test(raw)) return { value: false };
  return { fault: 'is neither true nor false' };
}

/** A whole number in decimal digits, within both bounds. */
export function parseWhole(raw: string, min: number, max: number): Result<number> {
  const value = /^\d+$/.test(raw) ? Number(raw) : Number.NaN;
  return value >= min && value <= max
    ? { value }
    : { fault: `is not a whole number from ${min} to ${max}` };
}

/** One of the choices, letter by letter; the fault names the one that was probably meant. */
export function parseChoice<T extends string>(raw: string, choices: readonly T[]): Result<T> {
  const value = choices.find((choice) => choice === raw);
  return value === undefined ? { fault: `is ${unknown([raw], choices)}` } : { value };
}

function unknown(words: readonly string[], choices: readonly string[]): string {
  const near = words.flatMap((word) => nearest(word.toLowerCase(), choices) ?? []);
  const meant = near.length > 0 ? `: did you mean ${list(near)}?` : '';
  return `unknown${meant} (allowed: ${choices.join(', ')})`;
}

/** One or more presets, separated by commas or blanks, under the names of their rows. */
export function parseServices(raw: string): Result<readonly ServiceName[]> {
  const words = raw.split(/[\s,]/).filter((part) => part !== '');
  const names = words.map((word) =>
    SERVICE_NAMES.find((name) => name === (SERVICE_ALIASES.get(word) ?? word)),
  );
  const wrong = words.flatMap((word, index) =>
    names[index] ? [] : [{ word, place: String(index + 1) }],
  );
  if (words.length === 0) return { fault: 'names no service' };
  if (wrong.length === 0)
    return { value: [...new Set(names)].filter((name) => name !== undefined) };
  const places = list(wrong.map(({ place }) => place));
  const subject = wrong.length === 1 ? `name ${places}, which is` : `names ${places}, which are`;
  const verb = words.length === 1 ? 'is' : `holds ${subject}`;
  return {
    fault: `${verb} ${unknown(
      wrong.map(({ word }) => word),
      SERVICE_NAMES,
    )}`,
  };
}

/**
 * Scopes separated by commas, spaces or line breaks, as a JSON array, or as a YAML list of either style.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-3.3
 */
export function parseScopes(raw: string): Result<readonly string[]> {
  const inBrackets = /^\s*\[([^"]*)\]\s*$/.exec(raw)?.[1];
  const words = (readJsonStrings(raw) ?? [inBrackets ?? raw]).join(' ').split(/[\s,]/);
  const [first] = words.filter((word) => word !== '');
  // A YAML list: its dashes are no scopes, and its items may be quoted.
  const isList = first === '-' || inBrackets !== undefined;
  const items = isList ? words.map((word) => word.replace(/^(-|"|')|("|')$/g, '')) : words;
  const scopes = [...new Set(items.filter((scope) => scope !== ''))];
  if (scopes.length === 0) return { fault: 'names no scope' };
  const bad = scopes.filter((scope) => !isScope(scope));
  return bad.length > 0
    ? {
        fault:
          'has a character that no scope may have: printable ASCII without " and \\ is allowed',
      }
    : { value: scopes };
}

/** A client ID, whose form Adobe does not document: printable ASCII without spaces. */
export function parseClientId(raw: string): Result<string> {
  return /^[!-~]+$/.test(raw) && raw.length <= MAX_CLIENT_ID_LENGTH
    ? { value: raw }
    : {
        fault: `is not a client ID: at most ${MAX_CLIENT_ID_LENGTH} printable ASCII characters without spaces are allowed`,
      };
}

/**
 * The secrets in `client-secret`, one a line, without blanks and duplicates, wrong ones included. The
 * strings of a JSON array count as lines.
 */
export function parseSecrets(raw: string): readonly ClientSecret[] {
  const seen = new Set(['']);
  const lines = (readJsonStrings(raw) ?? [raw]).join('\n').split(/\r\n|\r|\n/);
  return lines.flatMap((text, index) => {
    const value = text.trim();
    if (seen.has(value)) return [];
    seen.add(value);
    return [{ line: index + 1, secret: new Secret(value) }];
  });
}

/** What is wrong with one line of `client-secret`, without a word of the line itself. */
export function secretFault(secret: Secret): string | undefined {
  const value = secret.reveal();
  if (!/^[!-~]+$/.test(value)) {
    return 'has characters other than printable ASCII without spaces: copy the secret again';
  }
  return value.length < MIN_SECRET_LENGTH
    ? `is shorter than ${MIN_SECRET_LENGTH} characters: copy the secret again`
    : undefined;
}

/** What is wrong with the number of secrets. */
export function secretCountFault(secrets: readonly ClientSecret[]): string | undefined {
  return secrets.length > MAX_SECRETS
    ? `holds ${secrets.length} client secrets: at most ${MAX_SECRETS} are allowed`
    : undefined;
}

/** What a secret that IMS refuses looks like instead, as the end of a sentence about it; undefined for one that looks right. */
export function describeShape(secret: Secret): string | undefined {
  const value = secret.reveal();
  return SHAPES.find(([pattern]) => pattern.test(value))?.[1];
}

/** The strings of a JSON array of nothing else, or undefined. */
export function readJsonStrings(text: string): readonly string[] | undefined {
  const value = /^\s*\[/.test(text) ? readJson(text) : undefined;
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
    ? value
    : undefined;
}

/** What the names of variables begin with, none that means something to the runner, Node.js or a shell. */
export function parseEnvPrefix(raw: string): Result<string> {
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,99}$/.test(raw)) {
    return {
      fault: 'is not a variable name: letters, digits and _ are allowed, no digit first',
    };
  }
  return RESERVED_PREFIX.test(raw)
    ? { fault: 'is reserved for the runner, Node.js or a shell: choose another' }
    : { value: raw };
}

/** An IMS organization, whose form Adobe does not document: printable ASCII without spaces. */
export function parseOrgId(raw: string): Result<string> {
  return /^[!-~]{1,256}$/.test(raw)
    ? { value: raw }
    : { fault: 'is not an organization ID: it looks like 1234567890ABCDEF@AdobeOrg' };
}
