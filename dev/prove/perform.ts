// Carries out a schedule: seals first where it must, runs the step, then the post step where the runner would.
import { setTimeout as sleep } from 'node:timers/promises';
import { runStep, type StepOptions, type StepResult } from '../runner/step.ts';
import type { Bundle } from './bundles.ts';
import { runWithJournal } from './perform/journal.ts';
import type { Attempt, Servers } from './perform/servers.ts';
import { goodPlay } from './schedule/play.ts';
import { tamper } from './schedule/seals.ts';
import type { Schedule } from './schedule.ts';

type Pairs = Readonly<Record<string, string>>;

export interface Run {
  readonly result: StepResult;
  readonly attempts: readonly Attempt[];
  readonly startedMs: number;
  /** Connections to the trap. */
  readonly trapped: number;
}

export interface Observation {
  readonly main: Run;
  readonly post: Run | undefined;
  /** Log and file commands in the order in which they were written, where the schedule wants that. */
  readonly journal: string | undefined;
  /** The token of the sealed token that the run was given. */
  readonly sealedToken: string | undefined;
  /** The signal was sent while the step ran. */
  readonly signalled: boolean;
}

export async function perform(
  schedule: Schedule,
  servers: Servers,
  bundle: Bundle,
): Promise<Observation> {
  const { plays, postPlays, secrets, event, timeoutS } = schedule;
  const sealed = await sealToken(schedule, servers, bundle);
  const inputs = { ...fillIn(schedule.inputs, servers), ...sealed?.inputs };
  const env = fillIn(schedule.env, servers);
  servers.prepare({ plays, secrets });
  let signalled = false;
  const signal = prepareSignal(schedule, servers, () => {
    signalled = true;
  });
  const options: StepOptions = {
    bundle: bundle.main,
    inputs,
    env,
    event,
    killAfterMs: (timeoutS + 6) * 1000,
    ...(signal && { signal }),
  };
  const startedMs = Date.now();
  const { result, journal } = schedule.journal
    ? await runWithJournal(options)
    : { result: await runStep(options), journal: undefined };
  const main = record(result, startedMs, servers);
  const seen = { main, journal, sealedToken: sealed?.token, signalled };
  // The state in a journal lacks the client ID, so that no post step can be run with it.
  if (schedule.journal || result.env['ADOBE_IMS_TOKEN_REVOKE'] !== 'true') {
    return { ...seen, post: undefined };
  }
  servers.prepare({ plays: postPlays, secrets });
  const postStartedMs = Date.now();
  const postResult = await runStep({
    bundle: bundle.post,
    inputs,
    env: { ...env, ADOBE_IMS_TOKEN_REVOKE: 'true' },
    state: result.state,
    killAfterMs: 26_000,
  });
  return { ...seen, post: record(postResult, postStartedMs, servers) };
}

/** The sealed token that the schedule wants, made by a run of its own. */
async function sealToken(
  { inputs, secrets, seal }: Schedule,
  servers: Servers,
  bundle: Bundle,
): Promise<{ inputs: Pairs; token: string } | undefined> {
  if (!seal) return undefined;
  const kept = ['client-id', 'client-secret', 'service', 'scope', 'org-id', 'ims-url'];
  const same = Object.entries(inputs).filter(([name]) => kept.includes(name));
  servers.prepare({ plays: [goodPlay], secrets, lifetimeS: seal.lifetimeS });
  const { outputs, stdout } = await runStep({
    bundle: bundle.main,
    inputs: { ...fillIn(Object.fromEntries(same), servers), seal: 'true', ...seal.inputs },
  });
  const sealed = outputs['sealed-token'];
  if (!sealed) throw new Error(`Nothing was sealed: ${stdout.slice(-300)}`);
  return {
    inputs: { 'sealed-token': tamper(sealed, seal), ...seal.now },
    token: outputs['access-token'] ?? '',
  };
}

function fillIn(values: Pairs, { url, trapUrl }: Servers): Record<string, string> {
  const trap = new URL(trapUrl).host;
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      value.replaceAll('{ims}', url).replaceAll('{trap}', trap),
    ]),
  );
}

function prepareSignal(
  { signal }: Schedule,
  servers: Servers,
  onSend: () => void,
): StepOptions['signal'] {
  if (!signal) return undefined;
  const { name, attempt, afterMs } = signal;
  const moment = attempt === undefined ? Promise.resolve() : servers.received(attempt);
  return { name, after: moment.then(() => sleep(afterMs)).then(onSend) };
}

function record(result: StepResult, startedMs: number, { attempts, trapped }: Servers): Run {
  return { result, startedMs, attempts, trapped };
}
