// One run of the step, in the middle of it: its inputs read, its runner, clock and exchange at hand.

import { readInputs } from '../../src/inputs/read.ts';
import { NO_CANCELLATION } from '../../src/steps/cancellation.ts';
import type { Session } from '../../src/steps/context.ts';
import { type FakeClock, fakeClock } from './clock.ts';
import { CLIENT_ID, CREDENTIALS } from './credentials.ts';
import { type Given, type Recording, type RecordingOptions, record } from './recording.ts';
import { type Scene, type Script, script } from './scripted-exchange.ts';
import { OPAQUE_TOKEN } from './tokens.ts';

interface SessionRun {
  readonly session: Session;
  readonly recording: Recording;
  readonly clock: FakeClock;
  readonly script: Script;
}

export interface SessionOptions extends Omit<RecordingOptions, 'inputs'> {
  /** Beside the credentials. */
  readonly inputs?: Given;
  /** What the servers answer, in turn. */
  readonly scenes?: readonly Scene[];
  readonly clock?: FakeClock;
}

/** A run that has read its inputs and done nothing else. */
export function startRun({
  inputs,
  scenes = [],
  clock = fakeClock(),
  ...rest
}: SessionOptions = {}): SessionRun {
  const recording = record({ ...rest, inputs: { ...CREDENTIALS, ...inputs } });
  const read = readInputs(recording.runner);
  if ('skipped' in read) throw new Error(read.skipped);
  const played = script(...scenes);
  const session: Session = {
    inputs: read,
    runner: recording.runner,
    clock,
    exchange: played.exchange,
    cancellation: NO_CANCELLATION,
  };
  return { session, recording, clock, script: played };
}

/** What a run leaves to its post step, which is to revoke the token. */
export const STATE = {
  token: OPAQUE_TOKEN,
  'client-id': CLIENT_ID,
  'ims-url': 'https://ims-na1.adobelogin.com',
  'secret-line': '1',
};
