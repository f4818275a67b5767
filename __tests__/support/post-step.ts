// The post step as a whole, run with scripted servers.

import { revokeTokens } from '../../src/steps/revoke-token.ts';
import { type FakeClock, fakeClock } from './clock.ts';
import { STATE } from './context.ts';
import { CREDENTIALS } from './credentials.ts';
import { type Given, type Recording, record } from './recording.ts';
import { answer, type Scripted, script } from './scripted-exchange.ts';

interface PostOptions {
  readonly inputs?: Given;
  readonly state?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly answers?: readonly Scripted[];
  /** The request, counted from 0, that is never answered, since the job is cancelled meanwhile. */
  readonly cancelAt?: number;
  readonly clock?: FakeClock;
}

/** Runs the post step of a run that left `STATE`, and gives what it did and said. */
export async function revoke({
  inputs = {},
  state = {},
  env = {},
  answers = [answer(200)],
  cancelAt,
  clock = fakeClock(),
}: PostOptions = {}) {
  const recording = record({
    inputs: { ...CREDENTIALS, ...inputs },
    state: { ...STATE, ...state },
    env,
  });
  const scripted = script(
    ...answers.map((given, at) => (at === cancelAt ? cancelledWhile(recording) : given)),
  );
  await revokeTokens(recording.runner, clock, scripted.exchange);
  const warnings = recording.lines('warning');
  return { recording, clock, warnings, infos: recording.lines('info'), ...scripted };
}

function cancelledWhile(recording: Recording): Scripted {
  return () => {
    recording.cancel();
    return new Promise(() => {});
  };
}
