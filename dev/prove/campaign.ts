// Runs many schedules, several at once, and shrinks those that the contract does not allow.
import fc from 'fast-check';
import type { Bundle } from './bundle.ts';
import { type Execution, execute } from './execution.ts';
import { judge, type Verdict } from './oracle.ts';
import { type Schedule, schedule } from './schedule.ts';
import { type Servers, startServers } from './servers.ts';

export interface CampaignOptions {
  readonly seed: number;
  readonly runs: number;
  /** How many run at once. */
  readonly jobs: number;
  readonly bundle: Bundle;
  /** How many suspects end the campaign. */
  readonly maxSuspects: number;
  /** Told of each schedule when it is over. */
  readonly onDone?: (outcome: string) => void;
}

/** A schedule whose run may have broken the contract. */
export interface Suspect {
  /** What replays it, with the seed. */
  readonly path: string;
  readonly verdict: Verdict;
}

/** The smallest schedule found that breaks the contract. */
export interface Counterexample {
  readonly path: string;
  readonly schedule: Schedule;
  readonly findings: string;
  readonly shrinks: number;
}

/** The suspects among the schedules of `seed`. */
export async function runCampaign(options: CampaignOptions): Promise<Suspect[]> {
  const { jobs, bundle, maxSuspects, onDone } = options;
  const schedules = fc
    .sample(schedule, { seed: options.seed, numRuns: options.runs })
    .map((schedule, index) => ({ schedule, path: String(index) }));
  const queue = schedules.values();
  const suspects: Suspect[] = [];
  const work = (servers: Servers) => async () => {
    for (const { schedule, path } of queue) {
      if (suspects.length >= maxSuspects) return;
      const { verdict } = await runSchedule(schedule, servers, bundle);
      onDone?.(verdict.outcome);
      if (isSuspect(verdict)) suspects.push({ path, verdict });
    }
  };
  await Promise.all(Array.from({ length: jobs }, () => withServers((servers) => work(servers)())));
  return suspects;
}

/** Executes a schedule and judges it; one that cannot be executed is a finding too. */
export async function runSchedule(
  schedule: Schedule,
  servers: Servers,
  bundle: Bundle,
): Promise<{ execution: Execution | undefined; verdict: Verdict }> {
  try {
    const execution = await execute(schedule, servers, bundle);
    return { execution, verdict: judge(schedule, execution) };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const verdict = { certain: [text], doubtful: [], outcome: 'not executed' };
    return { execution: undefined, verdict };
  }
}

/** Runs a schedule again with the machine to itself, and shrinks it where it still breaks the contract. */
export async function shrink(
  seed: number,
  path: string,
  bundle: Bundle,
  limitMs: number,
): Promise<Counterexample | undefined> {
  return withServers(async (servers) => {
    const property = fc.asyncProperty(schedule, async (schedule) => {
      const { verdict } = await runSchedule(schedule, servers, bundle);
      if (isSuspect(verdict)) throw new Error(describeVerdict(verdict));
    });
    const details = await fc.check(property, {
      seed,
      path,
      numRuns: 1,
      plugins: [fc.interruptAfterTimeLimit(limitMs)],
    });
    const { counterexample, counterexamplePath, errorInstance, numShrinks } = details;
    if (!counterexample || counterexamplePath === null) return undefined;
    const findings = errorInstance instanceof Error ? errorInstance.message : '';
    const [smallest] = counterexample as [Schedule];
    return { path: counterexamplePath, schedule: smallest, findings, shrinks: numShrinks };
  });
}

export async function withServers<T>(use: (servers: Servers) => Promise<T>): Promise<T> {
  const servers = await startServers();
  try {
    return await use(servers);
  } finally {
    await servers.close();
  }
}

export function isSuspect({ certain, doubtful }: Verdict): boolean {
  return certain.length + doubtful.length > 0;
}

export function describeVerdict({ certain, doubtful }: Verdict): string {
  return [...certain, ...doubtful].map((text) => `  ${text}\n`).join('');
}
