/** The use case of the main step: the order of events that keeps secrets safe. */

import { type AccessToken, secondsUntil } from '../adobe/token.ts';
import type { Clock } from '../clock.ts';
import { VerificationError } from '../errors.ts';
import type { Runner } from '../github/runner.ts';
import { openClient } from '../http/client.ts';
import type { Exchange } from '../http/response.ts';
import type { Verification } from '../inputs/inputs.ts';
import { readInputs } from '../inputs/read.ts';
import { readMaskable } from '../inputs/secrets.ts';
import { findMisspelt } from '../inputs/spelling.ts';
import { NO_CANCELLATION, watchCancellation } from './cancellation.ts';
import type { Context } from './context.ts';
import { debugSurroundings } from './diagnostics.ts';
import { mintToken, warnOfRefusedSecrets } from './mint.ts';
import { listSkippedOutputs } from './outputs.ts';
import { publish } from './publish.ts';
import { noteUnusable, openSealedToken, sealForOutput } from './sealed-token.ts';
import { keepSealedToken, readSealedTokenFile } from './sealed-token-file.ts';

/**
 * Gives later steps a token: the sealed one where it serves, else a new one.
 * @throws {ActionError} and publishes nothing, when there is no token to give.
 */
export async function provideToken(
  runner: Runner,
  clock: Clock,
  exchange: Exchange,
): Promise<void> {
  for (const secret of readMaskable(runner)) runner.mask(secret);
  const inputs = readInputs(runner);
  if ('skipped' in inputs) {
    runner.atomically(() => {
      for (const [name, value] of listSkippedOutputs()) runner.output(name, value);
    });
    runner.notice(`Skipped: ${inputs.skipped}`, 'skipped');
    return;
  }
  for (const sentence of findMisspelt(runner).warnings) runner.warning(sentence, 'wrong-input');
  debugSurroundings(runner, inputs);
  const cancellation = inputs.revoke ? watchCancellation(runner, clock) : NO_CANCELLATION;
  const client = openClient({
    exchange,
    clock,
    maxAttempts: inputs.maxAttempts,
    deadlineMs: inputs.timeoutMs,
    stopped: cancellation.stopped,
    debug: runner.debug,
  });
  const context = { inputs, runner, clock, client, cancellation };
  if (!(await publishSealed(context))) await publishMinted(context);
}

/** Publishes the sealed token, checked as `verify` asks for. False where there is none that serves. */
async function publishSealed(context: Context): Promise<boolean> {
  const { inputs, cancellation } = context;
  const sealed = inputs.sealedToken ?? (await readSealedTokenFile(context));
  const token = sealed === undefined ? undefined : await openSealedToken(context, sealed);
  const verified = token && (await cancellation.abandon(() => verifySealed(context, token)));
  if (!verified) return false;
  const sealedToken = inputs.seal ? sealed : undefined;
  publish(context, { token, source: 'sealed', verified, attempts: 0, sealedToken });
  return true;
}

/** Publishes a new token. What revokes it is saved as soon as it is there: it is valid from then on, whatever follows. */
async function publishMinted(context: Context): Promise<void> {
  const { inputs, cancellation } = context;
  const minted = await cancellation.finish(() => mintToken(context));
  warnOfRefusedSecrets(context, minted);
  const { token, attempts } = minted;
  const verified = await cancellation.abandon(() => verify(context, token));
  const sealedToken = inputs.seal ? await sealForOutput(context, minted) : undefined;
  publish(context, { token, source: 'minted', verified, attempts, sealedToken });
  await keepSealedToken(context, minted);
}

/** What `verify` asks for, checked. Loaded only when it asks for anything, like the seals. */
async function verify(context: Context, token: AccessToken): Promise<Verification> {
  if (context.inputs.verify === 'none') return 'none';
  const { verifyToken } = await import('./verify.ts');
  return verifyToken(context, token);
}

/**
 * The same for a sealed token, or undefined with a notice where it is refused or expires meanwhile: then a
 * new one may pass.
 */
async function verifySealed(
  context: Context,
  token: AccessToken,
): Promise<Verification | undefined> {
  try {
    const verified = await verify(context, token);
    const left = secondsUntil(token.expiresAtMs, context.clock.now());
    return left > 0 ? verified : noteUnusable(context, 'has expired');
  } catch (error) {
    if (!(error instanceof VerificationError && error.advice.tokenRefused)) throw error;
    return noteUnusable(context, `fails its verification: ${error.message}`);
  }
}
