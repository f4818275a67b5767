// The main step as a whole, run with scripted servers.

import { seal } from '../../src/secrets/seal.ts';
import { Secret } from '../../src/secrets/secret.ts';
import { provideToken } from '../../src/steps/provide-token.ts';
import { fakeClock, START_MS } from './clock.ts';
import type { ContextOptions } from './context.ts';
import { CREDENTIALS, SECRET } from './credentials.ts';
import { type Recording, record } from './recording.ts';
import { minted, type Scripted, script } from './scripted-exchange.ts';
import { BINDING, giveSealedPayload, OPAQUE_TOKEN } from './tokens.ts';

export const MINT = 'https://ims-na1.adobelogin.com/ims/token/v3';
export const VALIDATE = 'https://ims-na1.adobelogin.com/ims/validate_token/v1';
export const INVALIDATE = 'https://ims-na1.adobelogin.com/ims/invalidate_token/v2';
export const OLD = 'opaque-token-of-an-earlier-run';
export const NEW = OPAQUE_TOKEN;

interface StepOptions extends ContextOptions {
  /** The request, counted from 0, during which the job is cancelled. */
  readonly cancelAt?: number;
}

/** The step before its start, with `openid` for a scope. */
export function prepare({
  inputs,
  answers = [minted],
  cancelAt,
  clock = fakeClock(),
  ...rest
}: StepOptions = {}) {
  const recording = record({ ...rest, inputs: { ...CREDENTIALS, scope: 'openid', ...inputs } });
  const scriptedExchange = script(
    ...answers.map((scripted, at) =>
      at === cancelAt ? cancelFirst(recording, scripted) : scripted,
    ),
  );
  const run = () => provideToken(recording.runner, clock, scriptedExchange.exchange);
  const requested = () => scriptedExchange.requests.map(({ url }) => url);
  return { recording, run, requested, clock };
}

/** Runs the step, and gives what it did and the error that ended it. */
export async function provide(options: StepOptions = {}) {
  const { recording, run, requested } = prepare(options);
  const error = await run().catch((caught: unknown) => caught);
  return { error, recording, requested: requested() };
}

/** Cancels the job before the answer is given. */
function cancelFirst(recording: Recording, scripted: Scripted): Scripted {
  return (limitMs) => {
    recording.cancel();
    if (scripted instanceof Error) throw scripted;
    return typeof scripted === 'function' ? scripted(limitMs) : scripted;
  };
}

/** A seal of the token `OLD`, which lives for a day. */
export function sealOld(expiresAtMs = START_MS + 86_400_000): Promise<string> {
  const payload = giveSealedPayload({
    token: OLD,
    requested: 'openid',
    granted: 'openid',
    minted_at_ms: expiresAtMs - 86_400_000,
    expires_at_ms: expiresAtMs,
  });
  return seal(payload, BINDING, new Secret(SECRET));
}
