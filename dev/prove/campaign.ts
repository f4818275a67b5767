// Runs the schedules of a campaign, several at once, and judges what came of them.
import type { Bundle } from './bundles.ts';
import { type Finding, judge } from './oracle.ts';
import { type Servers, startServers } from './perform/servers.ts';
import { type Observation, perform } from './perform.ts';
import { drawSchedule, type Schedule } from './schedule.ts';

export interface CampaignOptions {
  readonly seed: number;
  /** Numbers of schedules, in order. */
  readonly indices: Iterable<number>;
  readonly jobs: number;
  readonly bundle: Bundle;
  /** Told of each schedule when it is over; true ends the campaign. */
  readonly onResult: (result: Result) => boolean | Promise<boolean>;
  /** What came late is told of at once, and not tried again when the others are done. */
  readonly hasty?: boolean;
}

export interface Result {
  readonly schedule: Schedule;
  /** Undefined where the schedule could not be carried out. */
  readonly seen: Observation | undefined;
  readonly outcome: string;
  readonly findings: readonly Finding[];
}

export async function runCampaign(options: CampaignOptions): Promise<void> {
  const { seed, jobs, bundle, onResult, hasty = false } = options;
  const late: number[] = [];
  let ended = false;

  async function work(
    source: Iterator<number>,
    onDone: (result: Result) => Promise<void> | void,
  ): Promise<void> {
    const servers = await startServers();
    try {
      for (let next = source.next(); !next.done && !ended; next = source.next()) {
        await onDone(await runSchedule(drawSchedule(seed, next.value), servers, bundle));
      }
    } finally {
      await servers.close();
    }
  }

  async function tell(result: Result): Promise<void> {
    if (!ended && (await onResult(result))) ended = true;
  }

  const indices = options.indices[Symbol.iterator]();
  const workers = Array.from({ length: jobs }, () =>
    work(indices, async (result) => {
      if (isLate(result) && !hasty) late.push(result.schedule.index);
      else await tell(result);
    }),
  );
  await Promise.all(workers);
  // What came late on a busy machine is tried again with the machine to itself, three times at most.
  for (const index of late) {
    let last: Result | undefined;
    await work(
      repeat(index, () => last === undefined || isLate(last)),
      (result) => {
        last = result;
      },
    );
    if (last) await tell(last);
  }
}

/** What cannot be carried out is a finding too. */
export async function runSchedule(
  schedule: Schedule,
  servers: Servers,
  bundle: Bundle,
): Promise<Result> {
  try {
    const seen = await perform(schedule, servers, bundle);
    return { schedule, seen, ...judge(schedule, seen) };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const findings: Finding[] = [{ about: 'behaviour', text }];
    return { schedule, seen: undefined, outcome: 'not carried out', findings };
  }
}

function* repeat(index: number, wanted: () => boolean): Generator<number> {
  for (let turn = 0; turn < 3 && wanted(); turn += 1) yield index;
}

/** Whether all that was found may come from a busy machine. */
function isLate({ findings }: Result): boolean {
  return findings.length > 0 && findings.every(({ about }) => about === 'time');
}
