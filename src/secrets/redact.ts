/** Text from outside made safe to show, and words for messages. */

import { encodedForms, Secret } from './secret.ts';

/** Shorter pieces of a secret than this are not told apart from chance. */
const PIECE_LENGTH = 8;

/** How much of a foreign text is looked at: what follows would be cut anyway. */
const READ_LENGTH = 2000;

/** How much of a foreign text is shown unless the caller says otherwise, in characters. */
const SHOWN_LENGTH = 200;

/**
 * Makes a text from a server or an input safe to print on one line of a log: no control or invisible
 * characters, nothing that the runner would read as a command, no piece of the secrets it was made for,
 * and no longer than `maxLength`.
 * @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export type Redact = (text: string, maxLength?: number) => string;

/** A `Redact` for these secrets: hides their base64 and URL-encoded forms too, and every piece of eight characters. */
export function redactor(secrets: readonly Secret[]): Redact {
  // Made when there is a text to show: a good run has none.
  let forms: readonly string[] | undefined;
  return (text, maxLength = SHOWN_LENGTH) => {
    forms ??= secrets.flatMap((secret) => formsOf(secret.reveal()));
    return cut(defuse(hidePieces(flatten(text), forms)), maxLength);
  };
}

/** Breaks `::name` and `##[name]`, the two spellings of a workflow command, wherever they stand. */
export function defuse(text: string): string {
  return text.replace(/:(?=:)/g, ': ').replace(/#(?=#\[)/g, '# ');
}

/** `1 input`, `2 inputs`: a number with its noun. */
export function count(quantity: number, noun: string): string {
  return `${quantity} ${noun}${quantity === 1 ? '' : 's'}`;
}

/** `1`, `1 and 2`, `1, 2 and 3`. */
export function list(items: readonly (number | string)[]): string {
  const head = items.slice(0, -1).join(', ');
  return `${head && `${head} and `}${items.at(-1) ?? ''}`;
}

/** Seconds for people: `0.12 s`, `3.4 s`, `58 s`. */
export function seconds(ms: number): string {
  const value = ms / 1000;
  return `${value.toFixed(value < 1 ? 2 : value < 10 ? 1 : 0)} s`;
}

function flatten(text: string): string {
  return text
    .slice(0, READ_LENGTH)
    .replace(/[\p{C}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
}

function cut(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  // Without the half of a character that the cut may leave.
  return `${text.slice(0, maxLength).replace(/[\ud800-\udbff]$/, '')}…`;
}

function formsOf(value: string): readonly string[] {
  const base64 = ['', ' ', '  '].map((shift) =>
    Buffer.from(shift + value)
      .toString('base64')
      .replace(/=+$/, ''),
  );
  const encoded = encodedForms(new Secret(value)).map((form) => form.reveal());
  return [value, ...encoded, ...base64, ...base64.map(toBase64Url)];
}

function toBase64Url(base64: string): string {
  return base64.replaceAll('+', '-').replaceAll('/', '_');
}

function hidePieces(text: string, forms: readonly string[]): string {
  let shown = '';
  let hiddenUntil = 0;
  for (let at = 0; at < text.length; at += 1) {
    const piece = text.slice(at, at + PIECE_LENGTH);
    if (piece.length === PIECE_LENGTH && forms.some((form) => form.includes(piece))) {
      if (hiddenUntil <= at) shown += '***';
      hiddenUntil = at + PIECE_LENGTH;
    }
    if (hiddenUntil <= at) shown += text.charAt(at);
  }
  return shown;
}
