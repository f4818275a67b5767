// Runs the schedules of a campaign, several at once, and collects what came of them.
import { type Ground, openGround } from './ground.ts';
import { type Finding, judge } from './judge.ts';
import { type Bundle, type Observation, perform } from './perform.ts';
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
  const indices = options.indices[Symbol.iterator]();
  const slow: number[] = [];
  let ended = false;

  async function work(
    source: Iterator<number>,
    report: (result: Result) => Promise<void> | void,
  ): Promise<void> {
    const ground = await openGround();
    try {
      for (let next = source.next(); !next.done && !ended; next = source.next()) {
        await report(await runSchedule(drawSchedule(seed, next.value), ground, bundle));
      }
    } finally {
      await ground.close();
    }
  }

  async function pass(result: Result): Promise<void> {
    if (!ended && (await onResult(result))) ended = true;
  }

  const workers = Array.from({ length: jobs }, () =>
    work(indices, async (result) => {
      if (isSlow(result) && !hasty) slow.push(result.schedule.index);
      else await pass(result);
    }),
  );
  await Promise.all(workers);
  // What came late on a busy machine is tried again with the machine to itself, three times at most.
  for (const index of slow) {
    let last: Result | undefined;
    await work(
      repeat(index, () => last === undefined || isSlow(last)),
      (result) => {
        last = result;
      },
    );
    if (last) await pass(last);
  }
}

function* repeat(index: number, wanted: () => boolean): Generator<number> {
  for (let turn = 0; turn < 3 && wanted(); turn += 1) yield index;
}

function isSlow({ findings }: Result): boolean {
  return findings.length > 0 && findings.every(({ about }) => about === 'time');
}

export async function runSchedule(
  schedule: Schedule,
  ground: Ground,
  bundle: Bundle,
): Promise<Result> {
  try {
    const seen = await perform(schedule, ground, bundle);
    return { schedule, seen, ...judge(schedule, seen) };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const findings: Finding[] = [{ about: 'behaviour', text }];
    return { schedule, seen: undefined, outcome: 'not carried out', findings };
  }
}
