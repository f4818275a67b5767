/** The secrets among the inputs, right or wrong: they are masked before anything else happens. */

import type { InputSource } from '../github/source.ts';
import type { Secret } from '../secrets/secret.ts';
import { listSecrets } from './credentials-masks.ts';
import { type ClientSecret, MAX_INPUT_LENGTH } from './inputs.ts';
import { parseSecrets } from './parsers.ts';

/** The client secrets in `client-secret`, each with the line on which it stands. */
export function readSecretLines(source: InputSource): readonly ClientSecret[] {
  // Not trimmed, so that its lines are counted as they were given: the first may be empty.
  const raw = source.input('client-secret', { trimWhitespace: false });
  return isTooLong(source) ? [] : parseSecrets(raw);
}

/**
 * Whether `client-secret` is given. A list of nothing but empty strings is not: a secret that GitHub
 * withholds leaves one.
 */
export function isSecretGiven(source: InputSource): boolean {
  return isTooLong(source) || readSecretLines(source).length > 0;
}

/** Every value that must be masked, each on its own. What is too long to be read is refused, and never shown. */
export function readMaskable(source: InputSource): readonly Secret[] {
  const files = ['client-secret', 'credentials'] as const;
  const listed = files.flatMap((name) => {
    const raw = source.input(name);
    // Somebody may have pasted the whole file as the secret.
    const isFile = name === 'credentials' ? raw !== '' : raw.startsWith('{');
    return isFile && raw.length <= MAX_INPUT_LENGTH ? listSecrets(raw) : [];
  });
  return [...readSecretLines(source).map(({ secret }) => secret), ...listed];
}

/** Measured as the reader measures, which refuses it: blank lines around a secret are not counted. */
function isTooLong(source: InputSource): boolean {
  return source.input('client-secret').length > MAX_INPUT_LENGTH;
}
