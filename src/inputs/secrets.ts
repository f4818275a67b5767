/** The client secrets as they were given, right or wrong: they are masked before anything else happens. */

import type { InputSource } from '../github/source.ts';
import type { Secret } from '../secrets/secret.ts';
import type { ClientSecret } from './inputs.ts';
import { parseSecrets } from './parsers.ts';

/** The client secrets that the step was given: of `client-secret`, else of `credentials`. */
export function readSecrets(source: InputSource): readonly ClientSecret[] {
  // Not trimmed, so that its lines are counted as they were given: the first may be empty.
  return parseSecrets(source.input('client-secret', { trimWhitespace: false }));
}

/** Every value that must be masked, each on its own. */
export function readMaskable(source: InputSource): readonly Secret[] {
  return readSecrets(source).map(({ secret }) => secret);
}
