/** The use case of the post step: revokes the tokens that the main step was given. */

import type { Clock } from '../clock.ts';
import { POST_STEP_MS } from '../deadlines.ts';
import { CancelledError, InputError, isActionError } from '../errors.ts';
import type { Runner } from '../github/runner.ts';
import { openClient } from '../http/client.ts';
import { environmentFaults } from '../http/environment.ts';
import type { Exchange } from '../http/response.ts';
import { readMaskable } from '../inputs/secrets.ts';
import { fitsFingerprint } from '../secrets/fingerprint.ts';
import type { Secret } from '../secrets/secret.ts';
import { watchCancellation } from './cancellation.ts';
import { reportPostFailure } from './failure.ts';
import { type Revocation, revoke } from './revocation.ts';
import { type IssuedToken, readRevocationState } from './revocation-state.ts';

const NOT_CONFIRMED = {
  topic: 'not-revoked',
  hint: 'Treat the token as valid until it expires',
} as const;

/** Revokes the tokens of this step's main part. Without one it does nothing, and says nothing. */
export async function revokeTokens(
  runner: Runner,
  clock: Clock,
  exchange: Exchange,
): Promise<void> {
  // Whatever was given: the fingerprint tells which of it is the secret.
  const secrets = readMaskable(runner);
  for (const secret of secrets) runner.mask(secret);
  const { issued, ...state } = readRevocationState(runner);
  if (issued.length === 0) return;
  const { host } = new URL(state.imsUrl);
  const { stopped, abandon } = watchCancellation(runner, clock, () => postCancelled(host));
  const client = openClient({
    exchange,
    clock,
    maxAttempts: state.maxAttempts,
    deadlineMs: POST_STEP_MS,
    stopped,
    debug: runner.debug,
  });
  const revocation = { ...state, client, redact: runner.redact };
  for (const token of issued) {
    const work = () => revokeIssued(runner, clock, revocation, token, secrets);
    await abandon(work).catch((error: unknown) => reportPostFailure(runner, error));
  }
}

async function revokeIssued(
  runner: Runner,
  clock: Clock,
  revocation: Revocation,
  { token, fingerprint, expiresAtUptimeMs }: IssuedToken,
  secrets: readonly Secret[],
): Promise<void> {
  const { host } = new URL(revocation.imsUrl);
  const client = runner.redact(revocation.clientId, 80);
  if (expiresAtUptimeMs !== undefined && expiresAtUptimeMs <= clock.uptime()) {
    runner.info(`The access token of client ${client} has expired: there is nothing to revoke`);
    return;
  }
  // Checked anew: another step may have changed the job's environment since.
  const faults = environmentFaults(runner.env, [new URL(revocation.imsUrl)]);
  if (faults.length > 0) throw notSent(faults.join('; '));
  const secret = secrets.find((given) => fitsFingerprint(given, fingerprint));
  if (!secret) {
    throw notSent(
      secrets.length === 0
        ? 'the post step was given no client secret, as happens in nested composite actions (actions/runner#3514)'
        : 'the post step was given another client secret, as happens in nested composite actions (actions/runner#3514)',
    );
  }
  try {
    await revoke(revocation, token, secret);
  } catch (error) {
    // What would help the next run to get a token does not revoke this one.
    throw isActionError(error) ? error.giveUp(NOT_CONFIRMED) : error;
  }
  runner.info(`Revoked the access token of client ${client} at ${host}`);
}

/** The error for a token that the post step leaves alone, and why. */
function notSent(reason: string): InputError {
  return new InputError(`Could not revoke the access token: ${reason}`, {
    topic: 'not-revoked',
    hint: 'Nothing was sent, so the token stays valid until it expires',
  });
}

function postCancelled(host: string): CancelledError {
  return new CancelledError(
    `Could not confirm that ${host} revoked the access token: the job was cancelled`,
    NOT_CONFIRMED,
  );
}
