// One run of the step, in the middle of it: its inputs read, its runner, clock and exchange at hand.

import { openClient } from '../../src/http/client.ts';
import type { Exchange } from '../../src/http/response.ts';
import { readInputs } from '../../src/inputs/read.ts';
import { readMaskable } from '../../src/inputs/secrets.ts';
import { makeFingerprint } from '../../src/secrets/fingerprint.ts';
import { Secret } from '../../src/secrets/secret.ts';
import { NO_CANCELLATION } from '../../src/steps/cancellation.ts';
import type { Context } from '../../src/steps/context.ts';
import { type FakeClock, fakeClock, START_MS } from './clock.ts';
import { CLIENT_ID, CREDENTIALS, SECRET } from './credentials.ts';
import { type Given, type Recording, type RecordingOptions, record } from './recording.ts';
import { type Script, type Scripted, script } from './scripted-exchange.ts';
import { OPAQUE_TOKEN } from './tokens.ts';

interface ContextRun {
  readonly context: Context;
  readonly recording: Recording;
  readonly clock: FakeClock;
  readonly script: Script;
}

export interface ContextOptions extends Omit<RecordingOptions, 'inputs'> {
  /** Beside the credentials. */
  readonly inputs?: Given;
  /** What the servers answer, in turn. */
  readonly answers?: readonly Scripted[];
  readonly clock?: FakeClock;
  /** In place of a script. */
  readonly exchange?: Exchange;
}

/** A run that has masked its secrets, read its inputs and done nothing else. */
export function startRun({
  inputs,
  answers = [],
  clock = fakeClock(),
  exchange,
  ...rest
}: ContextOptions = {}): ContextRun {
  const recording = record({ ...rest, inputs: { ...CREDENTIALS, ...inputs } });
  const { runner } = recording;
  for (const secret of readMaskable(runner)) runner.mask(secret);
  const read = readInputs(runner);
  if ('skipped' in read) throw new Error(read.skipped);
  const scripted = script(...answers);
  const client = openClient({
    exchange: exchange ?? scripted.exchange,
    clock,
    maxAttempts: read.maxAttempts,
    deadlineMs: read.timeoutMs,
    stopped: NO_CANCELLATION.stopped,
    debug: runner.debug,
  });
  const context = { inputs: read, runner, clock, client, cancellation: NO_CANCELLATION };
  return { context, recording, clock, script: scripted };
}

/** What a run leaves to its post step, which is to revoke the token. */
export const STATE = {
  'token-0': OPAQUE_TOKEN,
  'fingerprint-0': makeFingerprint(new Secret(SECRET)),
  'expires-at-ms-0': String(START_MS + 86_400_000),
  'client-id': CLIENT_ID,
  'ims-url': 'https://ims-na1.adobelogin.com',
  'max-attempts': '4',
};
