/** Gets a new token from IMS, with the first client secret that IMS takes. */

import { readTokenResponse, tokenRequest } from '../adobe/requests.ts';
import type { AccessToken } from '../adobe/token.ts';
import { OAuthError } from '../errors.ts';
import type { Attempted } from '../http/retry.ts';
import type { ClientSecret } from '../inputs/parsers.ts';
import type { Inputs } from '../inputs/read.ts';
import { list } from '../secrets/redact.ts';
import type { Secret } from '../secrets/secret.ts';
import { call, type Session, sessionRedactor } from './context.ts';

export interface Minted {
  readonly token: AccessToken;
  /** Tries of the request that succeeded. */
  readonly attempts: number;
  /** The line of `client-secret` that was taken. */
  readonly clientSecret: ClientSecret;
  /** The lines that were refused before it. */
  readonly refusedLines: readonly number[];
}

/**
 * Mints a token. A refused secret costs one request: the next line is tried then, unless the client ID
 * is to blame.
 * @throws {ActionError} when no line is taken, or at once for any other failure.
 */
export function mintToken(session: Session): Promise<Minted> {
  return mintWithAny(session, session.inputs.clientSecrets, []);
}

/** Warns where a line of `client-secret` is of no use any more, though another one saved the run. */
export function warnOfRefusedSecrets(
  { runner }: Session,
  { refusedLines, clientSecret }: Minted,
): void {
  if (refusedLines.length === 0) return;
  const lines = `${refusedLines.length === 1 ? 'line' : 'lines'} ${list(refusedLines)}`;
  runner.warning(
    `IMS refused ${lines} of client-secret and accepted line ${clientSecret.line}: remove what was refused from the GitHub secret, or replace it with a valid one from the Adobe Developer Console`,
  );
}

async function mintWithAny(
  session: Session,
  [clientSecret, ...rest]: Inputs['clientSecrets'],
  refusedLines: readonly number[],
): Promise<Minted> {
  try {
    const { value, attempts } = await mintWith(session, clientSecret.secret);
    return { token: value, attempts, clientSecret, refusedLines };
  } catch (error) {
    if (!(error instanceof OAuthError && error.secretRefused)) throw error;
    const lines = [...refusedLines, clientSecret.line];
    const [next, ...others] = rest;
    const stopped = session.cancellation.stopped();
    if (next && !stopped) return mintWithAny(session, [next, ...others], lines);
    const refused =
      lines.length > 1 ? `IMS refused lines ${list(lines)} of client-secret` : undefined;
    error.trail = { ...error.trail, gaveUp: stopped ?? refused };
    throw error;
  }
}

function mintWith(session: Session, secret: Secret): Promise<Attempted<AccessToken>> {
  const { inputs, runner, clock } = session;
  const redact = sessionRedactor(session);
  return call(
    session,
    `Could not get an access token from ${new URL(inputs.imsUrl).host}`,
    tokenRequest({ ...inputs, secret }),
    (response) =>
      readTokenResponse(response, {
        redact,
        mask: runner.mask,
        scopes: inputs.scopes,
        nowMs: clock.now(),
      }),
  );
}
