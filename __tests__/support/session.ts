// One run of the step, in the middle of it: its inputs read, its runner, clock and exchange at hand.
import { NO_CANCELLATION } from '../../src/cancel.ts';
import { readInputs } from '../../src/inputs.ts';
import type { Masked } from '../../src/secret.ts';
import { Secret } from '../../src/secret.ts';
import type { Session } from '../../src/session.ts';
import type { AccessToken } from '../../src/token.ts';
import { type FakeClock, fakeClock, START_MS } from './clock.ts';
import {
  CREDENTIALS,
  type Given,
  type Recording,
  type RecordingOptions,
  record,
} from './recording.ts';
import { type Scene, type Script, script } from './script.ts';

export interface Run {
  readonly session: Session;
  readonly recording: Recording;
  readonly clock: FakeClock;
  readonly script: Script;
}

export interface RunOptions extends Omit<RecordingOptions, 'inputs'> {
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
}: RunOptions = {}): Run {
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

/** A token of 24 hours that has just arrived. */
export function giveToken(
  changes: Partial<Omit<AccessToken, 'value'>> & { value?: string } = {},
): AccessToken {
  const { value = 'opaque-token-of-this-run', ...others } = changes;
  return {
    value: new Secret(value) as Masked,
    scopes: [
      'openid',
      'AdobeID',
      'session',
      'additional_info',
      'read_organizations',
      'firefly_api',
      'ff_apis',
    ],
    lifetimeMs: 86_400_000,
    expiresAtMs: START_MS + 86_400_000,
    ...others,
  };
}
