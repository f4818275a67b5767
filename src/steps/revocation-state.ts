/** What the post step reads of the inputs, and what it makes of a token that it leaves alone. */

import { InputError } from '../errors.ts';
import { environmentFaults } from '../http/environment.ts';
import { parseAllowedUrl, parseHosts, parseWhole } from '../inputs/parsers.ts';
import type { InputSource } from '../inputs/read.ts';

/**
 * What the post step needs, checked anew: another step may have changed the job's environment since.
 * @throws {InputError} when the secret would not be safe on its way.
 */
export function readRevokeInputs(source: InputSource, imsUrl: string) {
  const hosts = parseHosts(source.input('allowed-hosts'));
  const allowedHosts = 'value' in hosts ? hosts.value : [];
  const url = parseAllowedUrl(imsUrl, { allowedHosts, query: 'refused' });
  const faults =
    'fault' in url
      ? [`the saved IMS address ${url.fault}`]
      : environmentFaults(source.env, [new URL(url.value)]);
  if (faults.length > 0) throw notRevoked(faults.join('; '));
  const maxAttempts = parseWhole(source.input('max-attempts'), 1, 10);
  return { imsUrl, maxAttempts: 'value' in maxAttempts ? maxAttempts.value : 4 };
}

/** The error for a token that the post step leaves alone, and why. */
export function notRevoked(reason: string): InputError {
  return new InputError(`Could not revoke the access token: ${reason}`, {
    topic: 'not-revoked',
    hint: 'Nothing was sent, so the token stays valid until it expires',
  });
}
