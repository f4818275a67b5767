/** The one line that a person reads, and the words it is made of. */

import { isActionError, type Topic } from './errors.ts';

/** `npm run docs` writes both from package.json. */
const REPOSITORY = 'OWNER/adobe-ims-token-action';
export const VERSION = '1.0.0';

/** The address of the paragraph on an error, a warning or a notice. */
export function troubleshootingUrl(topic: Topic): string {
  const major = VERSION.split('.')[0];
  return `https://github.com/${REPOSITORY}/blob/v${major}/docs/TROUBLESHOOTING.md#${topic}`;
}

/** The line of an error: what was tried, what came back, what to do, where to read more. */
export function describeError(error: unknown): string {
  if (!isActionError(error)) return withLink(unexpected(error), 'unexpected-error');
  const { trail } = error;
  const tried = trail ? `${trail.task}: ` : '';
  const times = trail && trail.attempts > 1 ? `, after ${count(trail.attempts, 'attempt')}` : '';
  const gaveUp = trail?.gaveUp ? `; ${trail.gaveUp}` : '';
  return withLink(`${tried}${error.message}${times}${gaveUp}. ${error.hint}`, error.topic);
}

/** A sentence, its full stop, and where to read more. */
export function withLink(sentence: string, topic: Topic): string {
  return `${sentence}. ${troubleshootingUrl(topic)}`;
}

/** A defect of this action. Its message could hold anything, so only its kind is told. */
function unexpected(error: unknown): string {
  const kind = error instanceof Error ? error.name : typeof error;
  return `Unexpected ${kind} in this action, which is a bug: re-run the job with debug logging and report what it prints`;
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

/**
 * A URL as somebody wrote it, fit to be shown: without user info, query and fragment, even where it does not
 * parse. All before the last @ may be user info, since a password may hold a / ? or #, and it needs no slashes
 * before it. Where the parser sees none, an @ after its host leaves that host alone to be shown.
 */
export function presentUrl(value: string): string {
  const rest = value.replace(/^(?:[a-z][a-z0-9+.-]*:)?[\\/]*/i, '');
  const lead = value.slice(0, value.length - rest.length);
  const host = rest.slice(0, rest.search(/[\\/?#]|$/));
  const at = rest.lastIndexOf('@');
  if (at >= 0 && !host.includes('@') && isWebAddress(value)) return `${lead}${host}/…`;
  return (lead + rest.slice(at + 1)).replace(/[?#].*/s, '');
}

/** Whether a text parses as it stands: the parser would drop line breaks, wherever they are. */
function isWebAddress(value: string): boolean {
  return /^https?:\S+$/i.test(value) && URL.canParse(value);
}
