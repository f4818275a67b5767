// Carries out a schedule: seals first where it must, runs the step, then the post step where the runner would.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readAction } from '../runner/action.ts';
import { parsePairs } from '../runner/file-commands.ts';
import { runStep, type StepOptions, type StepResult } from '../runner/step.ts';
import type { Attempt, Ground } from './ground.ts';
import { goodPlay } from './play.ts';
import type { Schedule } from './schedule.ts';
import { tamper } from './seals.ts';

type Pairs = Readonly<Record<string, string>>;

export interface Bundle {
  readonly main: string;
  readonly post: string;
}

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
  ground: Ground,
  bundle: Bundle,
): Promise<Observation> {
  const place = (values: Pairs) => fillIn(values, ground);
  const sealed = await seal(schedule, ground, bundle, place);
  const inputs = { ...place(schedule.inputs), ...sealed?.inputs };
  const { plays, secrets, event } = schedule;
  ground.prepare({ plays, secrets });
  let signalled = false;
  const signal = await awaitSignal(schedule, ground, () => {
    signalled = true;
  });
  const startedMs = Date.now();
  const { result, journal } = await runIn(schedule.journal, {
    ...signal,
    bundle: bundle.main,
    inputs,
    env: place(schedule.env),
    event,
    killAfterMs: (schedule.timeoutS + 6) * 1000,
  });
  const seen = {
    main: note(result, startedMs, ground),
    journal,
    sealedToken: sealed?.token,
    signalled,
  };
  const { env, state } = result;
  if (schedule.journal || env['ADOBE_IMS_TOKEN_REVOKE'] !== 'true') {
    return { ...seen, post: undefined };
  }
  ground.prepare({ plays: schedule.postPlays, secrets });
  const postStartedMs = Date.now();
  const after = await runStep({
    bundle: bundle.post,
    inputs,
    env: { ...place(schedule.env), ADOBE_IMS_TOKEN_REVOKE: 'true' },
    state,
    killAfterMs: 26_000,
  });
  return { ...seen, post: note(after, postStartedMs, ground) };
}

function note(result: StepResult, startedMs: number, ground: Ground): Run {
  return { result, startedMs, attempts: ground.attempts, trapped: ground.trapped() };
}

function fillIn(values: Pairs, ground: Ground): Record<string, string> {
  const trap = new URL(ground.trapUrl).host;
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      value.replaceAll('{ims}', ground.url).replaceAll('{trap}', trap),
    ]),
  );
}

/** The sealed token that the schedule wants, made by a run of its own. */
async function seal(
  { inputs, secrets, seal: plan }: Schedule,
  ground: Ground,
  bundle: Bundle,
  place: (values: Pairs) => Record<string, string>,
): Promise<{ inputs: Pairs; token: string } | undefined> {
  if (!plan) return undefined;
  const kept = ['client-id', 'client-secret', 'service', 'scope', 'org-id', 'ims-url'];
  const same = Object.entries(inputs).filter(([name]) => kept.includes(name));
  ground.prepare({ plays: [goodPlay], secrets, lifetimeS: plan.lifetimeS });
  const { outputs, stdout } = await runStep({
    bundle: bundle.main,
    inputs: { ...place(Object.fromEntries(same)), seal: 'true', ...plan.inputs },
  });
  const sealed = outputs['sealed-token'];
  if (!sealed) throw new Error(`Nothing was sealed: ${stdout.slice(-300)}`);
  return {
    inputs: { 'sealed-token': tamper(sealed, plan), ...plan.now },
    token: outputs['access-token'] ?? '',
  };
}

async function awaitSignal(
  { signal }: Schedule,
  ground: Ground,
  onSend: () => void,
): Promise<Pick<StepOptions, 'signal'>> {
  if (!signal) return {};
  const { name, attempt, afterMs } = signal;
  const moment = attempt === undefined ? Promise.resolve() : ground.received(attempt);
  return { signal: { name, after: moment.then(() => sleep(afterMs)).then(onSend) } };
}

/** With a journal, files and log go into one file; what stands where is told apart afterwards. */
async function runIn(
  wanted: boolean,
  options: StepOptions,
): Promise<{ result: StepResult; journal: string | undefined }> {
  if (!wanted) return { result: await runStep(options), journal: undefined };
  const folder = await mkdtemp(join(tmpdir(), 'journal-'));
  try {
    const file = join(folder, 'journal');
    const files = { GITHUB_OUTPUT: file, GITHUB_ENV: file, GITHUB_STATE: file };
    const env = { ...options.env, ...files };
    const result = await runStep({ ...options, env, stdoutFile: file });
    const { log, blocks } = splitJournal(result.stdout);
    const parts = { stdout: log, ...sortPairs(parsePairs(blocks)) };
    return { result: { ...result, ...parts }, journal: result.stdout };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The blocks `name<<delimiter` of a journal, and the rest of it. */
export function splitJournal(journal: string): { log: string; blocks: string } {
  const block = /^[\w-]+<<(\S+)\r?\n(?:.*\r?\n)*?\1\r?\n/gm;
  const blocks = [...journal.matchAll(block)].map(([text]) => text).join('');
  return { log: journal.replace(block, ''), blocks };
}

/** Which file each pair was meant for, by its name; state may name the client, as an output does. */
function sortPairs(pairs: Pairs): Pick<StepResult, 'outputs' | 'env' | 'state'> {
  const names = readAction().outputs.map(({ name }) => name);
  const choose = (fits: (name: string) => boolean): Pairs =>
    Object.fromEntries(Object.entries(pairs).filter(([name]) => fits(name)));
  const env = choose((name) => /^[A-Z0-9_]+$/.test(name));
  const outputs = choose((name) => names.includes(name));
  return { env, outputs, state: choose((name) => !(name in env) && !(name in outputs)) };
}
