/** Text from outside made safe to show: no control characters, no commands, nothing of a known secret. */

import { encodedForms, PLACEHOLDER, type Secret } from './secret.ts';

/** Shorter pieces of a secret than this are not told apart from chance. */
const PIECE_LENGTH = 8;

/** Shorter values are never masked, nor hidden: most of the log would be hidden with them. */
export const MIN_HIDDEN_LENGTH = 4;

/** How much of a foreign text is looked at: what follows would be cut anyway. */
const READ_LENGTH = 2000;

/** How much of a foreign text is shown unless the caller says otherwise, in characters. */
const SHOWN_LENGTH = 200;

/** Cutting more than this of secrets, in all their forms, into pieces takes too long: a server may send token after token. */
const MAX_CUT_LENGTH = 1024 * 1024;

/**
 * Makes a text from a server or an input safe to print on one line of a log: no control or invisible
 * characters, nothing that the runner would read as a command, no piece of a known secret, and no longer
 * than `maxLength`.
 * @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export type Redact = (text: string, maxLength?: number) => string;

export interface Redactor {
  /**
   * Adds a secret to those that are known: its encoded forms, and every piece of eight characters. Beyond
   * 1 MiB of all that, ten times the secrets or more, no foreign text is shown at all.
   */
  readonly hide: (secret: Secret) => void;
  readonly redact: Redact;
  /** Makes a line of this action's own safe: known secrets as a whole, and commands. */
  readonly conceal: (line: string) => string;
}

/** A redactor that knows no secret yet. */
export function createRedactor(): Redactor {
  const whole: string[] = [];
  const pieces = new Set<string>();
  // Cut into pieces when there is a text to show: a good run has none.
  let uncut: Secret[] = [];
  let cutLength = 0;
  const conceal = (line: string) =>
    defuse(whole.reduce((text, value) => text.replaceAll(value, PLACEHOLDER), line));
  return {
    hide: (secret) => {
      const value = secret.reveal();
      if (value.length < MIN_HIDDEN_LENGTH) return;
      whole.push(value, ...encodedForms(secret).map((form) => form.reveal()));
      uncut.push(secret);
    },
    conceal,
    redact: (text, maxLength = SHOWN_LENGTH) => {
      const forms = uncut.flatMap(formsOf);
      uncut = [];
      cutLength += forms.join('').length;
      if (cutLength > MAX_CUT_LENGTH) return PLACEHOLDER;
      for (const form of forms) addPieces(pieces, form);
      const flat = flatten(text.slice(0, Math.max(READ_LENGTH, 2 * maxLength)));
      return cut(conceal(hidePieces(flat, pieces)), maxLength);
    },
  };
}

/**
 * Breaks `::name` and `##[name]`, the two spellings of a workflow command, wherever they stand: a later step
 * may cut a line. An IPv6 address in brackets stays as it is: no command's name is of hexadecimal digits alone.
 */
export function defuse(text: string): string {
  return text
    .replace(/\[[0-9a-f:.]+\]|:(?=:)/gi, (found) => (found === ':' ? ': ' : found))
    .replace(/#(?=#\[)/g, '# ');
}

/**
 * Hides what looks like a token that nobody knows yet: a long run of the characters that one may have.
 * Identifiers for a support request stay (groups of up to 64 hexadecimal digits), so does a URL's host,
 * and what the caller knows to be none.
 */
export function hideTokens(text: string, known: readonly string[] = []): string {
  const hide = (run: string) => (isTokenLike(run, known) ? PLACEHOLDER : run);
  return text.replace(/[A-Za-z0-9\-._~+/]{24,}=*/g, (run, at: number) => {
    if (!run.startsWith('//') || text[at - 1] !== ':') return hide(run);
    const parts = run.slice(2).split('/');
    return `//${parts.map((part, at) => (at === 0 ? hideHost(part, hide) : hide(part))).join('/')}`;
  });
}

/** By its labels, since a name of several is longer than many a token. */
function hideHost(host: string, hide: (run: string) => string): string {
  return host.split('.').map(hide).includes(PLACEHOLDER) ? PLACEHOLDER : host;
}

function isTokenLike(run: string, known: readonly string[]): boolean {
  // A sentence may end with it.
  const text = run.endsWith('.') ? run.slice(0, -1) : run;
  if (text.length < 24 || known.includes(text) || /^[0-9a-f-]{1,64}$/i.test(text)) return false;
  return text.length >= 40 || /\d/.test(text);
}

/** Whether a text holds a piece of a secret, as that is: told without the cost of all its forms, which `redact` knows. */
export function holdsPiece(text: string, secret: Secret): boolean {
  const value = fold(secret.reveal());
  const folded = fold(text);
  for (let at = 0; at + PIECE_LENGTH <= value.length; at += 1) {
    if (folded.includes(value.slice(at, at + PIECE_LENGTH))) return true;
  }
  return false;
}

function flatten(text: string): string {
  // What takes no room is taken out first: between the letters of a secret, blanks would keep its pieces apart.
  return text
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]+/gu, '')
    .replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
}

function cut(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  // Without the half of a character that the cut may leave.
  return `${text.slice(0, maxLength).replace(/[\ud800-\udbff]$/, '')}…`;
}

function addPieces(pieces: Set<string>, form: string): void {
  const folded = fold(form);
  for (let at = 0; at + PIECE_LENGTH <= folded.length; at += 1) {
    pieces.add(folded.slice(at, at + PIECE_LENGTH));
  }
}

/** The value as it may be echoed: as it is, for URLs, in base64 at any offset, in hexadecimal with or without percent signs. */
function formsOf(secret: Secret): readonly string[] {
  const value = secret.reveal();
  const base64 = ['', ' ', '  '].map((shift) =>
    Buffer.from(shift + value)
      .toString('base64')
      .replace(/=+$/, ''),
  );
  const hex = Buffer.from(value).toString('hex');
  return [
    value,
    ...encodedForms(secret).map((form) => form.reveal()),
    ...base64,
    hex,
    hex.replace(/../g, '%$&'),
  ];
}

/** Lower case for ASCII alone, so that every character keeps its place, and base64url as base64. */
function fold(text: string): string {
  return text
    .replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
    .replaceAll('-', '+')
    .replaceAll('_', '/');
}

/** In time linear in the text, however many and long the secrets are. */
function hidePieces(text: string, pieces: ReadonlySet<string>): string {
  const folded = fold(text);
  let shown = '';
  let hiddenUntil = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (pieces.has(folded.slice(at, at + PIECE_LENGTH))) {
      if (hiddenUntil <= at) shown += PLACEHOLDER;
      hiddenUntil = at + PIECE_LENGTH;
    }
    if (hiddenUntil <= at) shown += text.charAt(at);
  }
  return shown;
}
