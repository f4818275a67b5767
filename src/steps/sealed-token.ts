/** Takes a token out of `sealed-token` where it still serves, and seals one for the next job. */

import type { AccessToken } from '../adobe/token.ts';
import type { ClientSecret } from '../inputs/parsers.ts';
import { type Session, sessionRedactor } from './context.ts';

/** Adobe's advice is a new token every 23 hours: an hour before a token of 24 hours ends. */
const MIN_VALIDITY_MS = 3_600_000;

/** The token in `sealed-token`, or undefined, with a notice, where it does not serve. */
export async function takeSealedToken(session: Session): Promise<AccessToken | undefined> {
  const { inputs, runner, clock } = session;
  if (inputs.sealedToken === undefined) return undefined;
  // Loaded here, so that a run without seals never pays for jose.
  const { openSeal, unfitBecause } = await import('../secrets/seal.ts');
  const secrets = inputs.clientSecrets.map(({ secret }) => secret);
  const opened = await openSeal(inputs.sealedToken, inputs, secrets);
  if ('refused' in opened) return noteUnfit(session, opened.refused);
  const { value, granted, lifetimeMs, expiresAtMs } = opened.token;
  const token = { value: runner.mask(value), scopes: granted, lifetimeMs, expiresAtMs };
  const minValidityMs =
    inputs.minValidityS === undefined
      ? Math.min(MIN_VALIDITY_MS, lifetimeMs / 10)
      : inputs.minValidityS * 1000;
  const unfit = unfitBecause(opened.token, inputs, { nowMs: clock.now(), minValidityMs });
  return unfit === undefined ? token : noteUnfit(session, unfit);
}

/** Says why a sealed token is dropped. That never fails the step: a new one is minted. */
export function noteUnfit(session: Session, reason: string): undefined {
  const redact = sessionRedactor(session);
  session.runner.notice(
    `The sealed token is not used: it ${redact(reason, 400)}. Requesting a new one`,
  );
}

/** Seals a token for later, or warns and gives undefined where the seal would be too long to carry. */
export async function sealForLater(
  { inputs, runner }: Session,
  { value, scopes, lifetimeMs, expiresAtMs }: AccessToken,
  { secret }: ClientSecret,
): Promise<string | undefined> {
  const { MAX_SEAL_LENGTH, sealToken } = await import('../secrets/seal.ts');
  const sealed = await sealToken(
    { value, asked: inputs.scopes, granted: scopes, orgId: inputs.orgId, lifetimeMs, expiresAtMs },
    inputs,
    secret,
  );
  if (sealed.length <= MAX_SEAL_LENGTH) return sealed;
  runner.warning(
    `The output sealed-token is empty: it would be longer than ${MAX_SEAL_LENGTH / 1024} KiB. Later jobs must request tokens of their own`,
  );
  return undefined;
}
