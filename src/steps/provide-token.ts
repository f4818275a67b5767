/** The use case of the main step: the order of events that keeps secrets safe. */

import type { AccessToken } from '../adobe/token.ts';
import type { Clock } from '../clock.ts';
import { isActionError } from '../errors.ts';
import type { Runner } from '../github/runner.ts';
import type { Exchange } from '../http/exchange.ts';
import { givenSecrets, readInputs } from '../inputs/read.ts';
import { unmasked } from '../secrets/secret.ts';
import { NO_CANCELLATION, watchCancellation } from './cancellation.ts';
import type { Session } from './context.ts';
import { mintToken, warnOfRefusedSecrets } from './mint.ts';
import type { Publication, Verified } from './publication.ts';
import { publish, warnOfForksCode, warnOfMissingScopes } from './publish.ts';
import { saveForRevocation } from './revoke-token.ts';
import { noteUnfit, sealForLater, takeSealedToken } from './sealed-token.ts';

/**
 * Gives later steps a token: the sealed one where it serves, else a new one.
 * @throws {ActionError} and publishes nothing, when there is no token to give.
 */
export async function provideToken(
  runner: Runner,
  clock: Clock,
  exchange: Exchange,
): Promise<void> {
  for (const { secret } of givenSecrets(runner)) runner.mask(secret);
  const inputs = readInputs(runner);
  if ('skipped' in inputs) {
    runner.output('skipped', unmasked('true'));
    runner.notice(`Skipped: ${inputs.skipped}`);
    return;
  }
  const cancellation = inputs.revoke ? watchCancellation(runner, clock) : NO_CANCELLATION;
  const session = { inputs, runner, clock, exchange, cancellation };
  const publication = (await carryOver(session)) ?? (await mintAnew(session));
  warnOfMissingScopes(session, publication.token);
  warnOfForksCode(session);
  publish(session, publication);
}

/** The token in `sealed-token`, checked as `verify` asks for, or undefined where it does not serve. */
async function carryOver(session: Session): Promise<Publication | undefined> {
  const token = await takeSealedToken(session);
  if (!token) return undefined;
  try {
    const verified = await session.cancellation.abandon(check(session, token));
    const sealedToken = session.inputs.seal ? session.inputs.sealedToken : undefined;
    return { token, source: 'sealed', verified, attempts: 0, sealedToken };
  } catch (error) {
    if (!isActionError(error) || error.code === 'CANCELLED') throw error;
    return noteUnfit(session, `fails its verification: ${error.message}`);
  }
}

/** What `verify` asks for, checked. Loaded only when it asks for anything, like the seals. */
async function check(session: Session, token: AccessToken): Promise<Verified> {
  if (session.inputs.verify === 'none') return 'none';
  const { verifyToken } = await import('./verify.ts');
  return verifyToken(session, token);
}

/** A new token. What revokes it is saved before it is checked: it is valid from here on, whatever follows. */
async function mintAnew(session: Session): Promise<Publication> {
  const { inputs, cancellation } = session;
  const minted = await cancellation.finish(mintToken(session));
  if (inputs.revoke) saveForRevocation(session, minted);
  warnOfRefusedSecrets(session, minted);
  const { token, attempts } = minted;
  const verified = await cancellation.abandon(check(session, token));
  const sealedToken = inputs.seal
    ? await sealForLater(session, token, minted.clientSecret)
    : undefined;
  return { token, source: 'minted', verified, attempts, sealedToken };
}
