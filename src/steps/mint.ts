/** Requests a new token from IMS, with the first client secret that IMS accepts. */

import { tokenRequest } from '../adobe/requests.ts';
import { readTokenResponse } from '../adobe/responses.ts';
import type { AccessToken } from '../adobe/token.ts';
import { type ActionError, FileCommandError, isActionError, OAuthError } from '../errors.ts';
import type { Attempted } from '../http/retry.ts';
import type { ClientSecret, Inputs } from '../inputs/inputs.ts';
import { describeShape } from '../inputs/parsers.ts';
import { list } from '../messages.ts';
import type { Masked, Secret } from '../secrets/secret.ts';
import type { Context } from './context.ts';
import { revokeAtOnce } from './revocation.ts';
import { type IssuedToken, listSavable, saveRevocationState } from './revocation-state.ts';

/** A token that some answer held, and the secret that got it. */
interface KnownToken extends IssuedToken {
  readonly secret: Secret;
}

export interface Minted {
  readonly token: AccessToken;
  /** Attempts of the request that succeeded. */
  readonly attempts: number;
  /** The secret that was accepted. */
  readonly clientSecret: ClientSecret;
  /** The secrets that were refused before it, by their lines. */
  readonly refusedLines: readonly number[];
}

/**
 * Mints a token. A refused secret costs one request: the next one is tried then, unless the client ID is
 * to blame.
 * @throws {ActionError} when no secret is accepted, or at once for any other failure.
 */
export async function mintToken(context: Context): Promise<Minted> {
  const issued: KnownToken[] = [];
  try {
    return await mintWithAny(context, issued);
  } catch (error) {
    throw issued.length > 0 && isActionError(error)
      ? await tellOfTokens(context, issued, error)
      : error;
  }
}

/** Warns where a client secret is of no use any more, though another one saved the run. */
export function warnOfRefusedSecrets(
  { inputs, runner }: Context,
  { refusedLines, clientSecret }: Minted,
): void {
  if (refusedLines.length === 0) return;
  runner.warning(
    `IMS refused ${nameSecrets(inputs, refusedLines)} and accepted ${inputs.secretsFrom === 'credentials' ? 'secret' : 'line'} ${clientSecret.line}: remove what was refused from the GitHub secret, or replace it with a valid one from the Adobe Developer Console`,
    'refused-secret-lines',
  );
}

async function mintWithAny(context: Context, issued: KnownToken[]): Promise<Minted> {
  const { inputs, cancellation } = context;
  const refused: ClientSecret[] = [];
  let refusal: OAuthError | undefined;
  for (const clientSecret of inputs.clientSecrets) {
    if (refusal && cancellation.stopped()) break;
    try {
      const { value, attempts } = await mintWith(context, clientSecret.secret, issued);
      const refusedLines = refused.map(({ line }) => line);
      return { token: value, attempts, clientSecret, refusedLines };
    } catch (error) {
      if (!(error instanceof OAuthError && error.advice.secretRefused)) throw error;
      refused.push(clientSecret);
      refusal = tellOfAll(context, error, refused);
    }
  }
  throw refusal;
}

/** The last secret's refusal, which tells of the others as well, and of what looks like no secret. */
function tellOfAll(
  { inputs, cancellation }: Context,
  refusal: OAuthError,
  refused: readonly ClientSecret[],
): OAuthError {
  const shapes = refused.flatMap(({ line, secret }) => {
    const shape = describeShape(secret);
    return shape ? [`${nameSecrets(inputs, [line])} ${shape}`] : [];
  });
  const lines = refused.map(({ line }) => line);
  const all = lines.length > 1 ? [`IMS refused ${nameSecrets(inputs, lines)}`] : [];
  const gaveUp = [cancellation.stopped() ?? [], all, shapes].flat().join('; ');
  const { trail } = refusal;
  return trail && gaveUp ? refusal.giveUp({ trail: { ...trail, gaveUp } }) : refusal;
}

/** Requests a token with one secret. The tokens that an answer holds are noted, and saved for their revocation. */
async function mintWith(
  context: Context,
  secret: Secret,
  issued: KnownToken[],
): Promise<Attempted<AccessToken>> {
  const { inputs, runner, client, clock } = context;
  const fingerprint = inputs.revoke ? await fingerprintOf(secret) : '';
  const keep = (token: Masked, expiresAtUptimeMs?: number) => {
    const known = issued.findIndex((other) => other.token.reveal() === token.reveal());
    issued[known === -1 ? issued.length : known] = {
      token,
      secret,
      fingerprint,
      expiresAtUptimeMs,
    };
    return token;
  };
  const save = () => {
    const known = listSavable(issued);
    if (inputs.revoke && known.length > 0) saveRevocationState(context, known);
  };
  return client.send(
    `Could not get an access token from ${new URL(inputs.imsUrl).host}`,
    tokenRequest({ ...inputs, secret, orgId: inputs.sentOrgId }),
    (response) => {
      try {
        const token = readTokenResponse(response, {
          redact: runner.redact,
          mask: (value) => keep(runner.mask(value)),
          scopes: inputs.scopes,
        });
        keep(token.value, clock.uptime() + token.expiresAtMs - clock.now());
        return token;
      } finally {
        // Once every token of the answer is masked: where this fails, each is revoked at once.
        save();
      }
    },
  );
}

async function fingerprintOf(secret: Secret): Promise<string> {
  const { makeFingerprint } = await import('../secrets/fingerprint.ts');
  return makeFingerprint(secret);
}

/** The same error with a word on the tokens that came with it: refused answers may hold one. */
async function tellOfTokens(
  context: Context,
  issued: readonly KnownToken[],
  error: ActionError,
): Promise<ActionError> {
  const { inputs } = context;
  if (error instanceof FileCommandError) {
    const outcome = await revokeAtOnce(context, issued);
    return error.giveUp({ hint: `${error.hint}. ${outcome}` });
  }
  const isSaved = inputs.revoke && listSavable(issued).length === issued.length;
  const outcome = isSaved ? 'the post step revokes it' : 'it stays valid until it expires';
  return error.giveUp({ hint: `${error.hint}. An answer held an access token: ${outcome}` });
}

/** `line 1 of client-secret`, `lines 1 and 2 of client-secret`, `secret 1 of credentials`. */
function nameSecrets({ secretsFrom }: Inputs, lines: readonly number[]): string {
  const noun = secretsFrom === 'credentials' ? 'secret' : 'line';
  return `${noun}${lines.length === 1 ? '' : 's'} ${list(lines)} of ${secretsFrom}`;
}
