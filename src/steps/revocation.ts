/** One token's revocation, by the post step or, where that cannot be, by the main step itself. */

import { invalidateRequest } from '../adobe/requests.ts';
import { readInvalidateResponse } from '../adobe/responses.ts';
import { isActionError } from '../errors.ts';
import type { Client } from '../http/client.ts';
import type { Redact } from '../secrets/redact.ts';
import type { Masked, Secret } from '../secrets/secret.ts';
import type { Context } from './context.ts';

export interface Revocation {
  readonly client: Client;
  readonly redact: Redact;
  readonly imsUrl: string;
  readonly clientId: string;
}

/**
 * Has IMS revoke a token.
 * @throws {ActionError} where IMS does not confirm that.
 */
export async function revoke(
  { client, redact, imsUrl, clientId }: Revocation,
  token: Masked,
  secret: Secret,
): Promise<void> {
  await client.send(
    `Could not confirm that ${new URL(imsUrl).host} revoked the access token`,
    invalidateRequest(imsUrl, clientId, secret, token),
    (response) => readInvalidateResponse(response, redact),
  );
}

/**
 * Revokes tokens in the main step, where the post step cannot: each is tried, whatever becomes of the others.
 * @returns what became of them, as a sentence without its full stop.
 */
export async function revokeAtOnce(
  { inputs, runner, client }: Context,
  issued: readonly { readonly token: Masked; readonly secret: Secret }[],
): Promise<string> {
  let fault: string | undefined;
  for (const { token, secret } of issued) {
    try {
      await revoke({ ...inputs, client, redact: runner.redact }, token, secret);
    } catch (error) {
      if (!isActionError(error)) throw error;
      fault = error.trail?.gaveUp ?? error.message;
    }
  }
  return fault === undefined
    ? 'The token was revoked at once'
    : `A token could not be revoked (${fault}): it stays valid until it expires`;
}
