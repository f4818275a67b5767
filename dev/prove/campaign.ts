// Runs many schedules, several at once, and shrinks the first that the contract does not allow.
import fc from 'fast-check';
import type { Bundle } from './bundle.ts';
import { type Execution, execute } from './execution.ts';
import { judge, type Verdict } from './oracle.ts';
import { type Schedule, schedule } from './schedule.ts';
import { type Servers, withServers } from './servers.ts';

export interface CampaignOptions {
  readonly seed: number;
  readonly runs: number;
  readonly bundle: Bundle;
  /** Told of each schedule when it is over. */
  readonly onDone?: (outcome: string) => void;
  /** Told of each schedule that broke the contract, but not with the machine to itself. */
  readonly onDoubt?: (suspect: Suspect) => void;
}

/** A schedule whose run may have broken the contract. */
export interface Suspect {
  /** What replays it, with the seed. */
  readonly path: string;
  readonly schedule: Schedule;
  readonly verdict: Verdict;
}

/** The smallest schedule found that breaks the contract. */
export interface Counterexample extends Omit<Suspect, 'verdict'> {
  readonly findings: string;
  readonly shrinks: number;
}

/** How many schedules run at once. */
const workers = 6;

/** How long a schedule is shrunk. */
const shrinkMs = 30_000;

/** How often a finding must come again that a busy machine may bring about. */
const repetitions = 2;

/**
 * A counterexample among the schedules of `seed`, if there is one. Whatever breaks the contract while others run is only
 * a suspect: the campaign waits until it ran again with the machine to itself, and goes on where nothing comes of it.
 */
export async function runCampaign(options: CampaignOptions): Promise<Counterexample | undefined> {
  const { seed, runs, bundle, onDoubt } = options;
  const queue = fc.sample(schedule, { seed, numRuns: runs }).entries();
  for (;;) {
    const suspects = await findSuspects(queue, options);
    if (suspects.length === 0) return undefined;
    for (const suspect of suspects) {
      const counterexample = await shrink(seed, suspect, bundle);
      if (counterexample) return counterexample;
      onDoubt?.(suspect);
    }
  }
}

/** Runs schedules of the queue until one is under suspicion, and those that run beside it to their ends. */
async function findSuspects(
  queue: Iterator<[number, Schedule]>,
  { bundle, onDone }: CampaignOptions,
): Promise<Suspect[]> {
  const suspects: Suspect[] = [];
  const work = async (servers: Servers) => {
    while (suspects.length === 0) {
      const { done, value } = queue.next();
      if (done) return;
      const [index, schedule] = value;
      const { verdict } = await runSchedule(schedule, servers, bundle);
      onDone?.(verdict.outcome);
      if (isSuspect(verdict)) suspects.push({ path: String(index), schedule, verdict });
    }
  };
  await Promise.all(Array.from({ length: workers }, () => withServers(work)));
  return suspects;
}

/** Executes a schedule and judges it; one that cannot be executed is a finding too. */
export async function runSchedule(
  schedule: Schedule,
  servers: Servers,
  bundle: Bundle,
): Promise<{ execution?: Execution; verdict: Verdict }> {
  try {
    const execution = await execute(schedule, servers, bundle);
    return { execution, verdict: judge(schedule, execution) };
  } catch (error) {
    return { verdict: { certain: [String(error)], doubtful: [], outcome: 'not executed' } };
  }
}

/** What a schedule breaks for sure, or each time that it runs; the machine should have nothing else to do. */
export async function confirm(
  schedule: Schedule,
  servers: Servers,
  bundle: Bundle,
): Promise<Verdict | undefined> {
  for (let turn = 1; ; turn += 1) {
    const { verdict } = await runSchedule(schedule, servers, bundle);
    if (!isSuspect(verdict)) return undefined;
    if (verdict.certain.length > 0 || turn === repetitions) return verdict;
  }
}

/**
 * The smallest schedule that is found to break the contract as the suspect does; none where the suspect itself no longer
 * does so, unless what it did leaves no doubt.
 */
async function shrink(
  seed: number,
  { verdict, ...suspect }: Suspect,
  bundle: Bundle,
): Promise<Counterexample | undefined> {
  const isCertain = verdict.certain.length > 0;
  return withServers(async (servers) => {
    const property = fc.asyncProperty(schedule, async (schedule) => {
      const confirmed = await confirm(schedule, servers, bundle);
      // What leaves no doubt is not to shrink to what does.
      if (confirmed && (confirmed.certain.length > 0 || !isCertain)) {
        throw new Error(describeVerdict(confirmed));
      }
    });
    const plugins = [fc.interruptAfterTimeLimit(shrinkMs)];
    const found = await fc.check(property, { seed, path: suspect.path, numRuns: 1, plugins });
    const { counterexample, counterexamplePath, errorInstance, numShrinks } = found;
    if (!counterexample || counterexamplePath === null) {
      return isCertain ? { ...suspect, findings: describeVerdict(verdict), shrinks: 0 } : undefined;
    }
    const findings = errorInstance instanceof Error ? errorInstance.message : '';
    const [smallest] = counterexample as [Schedule];
    return { path: counterexamplePath, schedule: smallest, findings, shrinks: numShrinks };
  });
}

export function isSuspect({ certain, doubtful }: Verdict): boolean {
  return certain.length + doubtful.length > 0;
}

export function describeVerdict({ certain, doubtful }: Verdict): string {
  return [...certain, ...doubtful].map((text) => `  ${text}\n`).join('');
}
