// The oracle: holds what a run did against what the contract lets it do.
import type { Execution } from './execution.ts';
import { judgeInvariants } from './oracle/invariants.ts';
import { followPath } from './oracle/path.ts';
import { judgePost, judgeResults } from './oracle/results.ts';
import { judgeDuration } from './oracle/timing.ts';
import type { Schedule } from './schedule.ts';

export interface Verdict {
  /** What a busy machine cannot bring about: a leak, for one. */
  readonly certain: readonly string[];
  /** What a busy machine may bring about, since time decides on a path. */
  readonly doubtful: readonly string[];
  /** How the run ended and why, for the count of outcomes. */
  readonly outcome: string;
}

export function judge(schedule: Schedule, execution: Execution): Verdict {
  const { main } = execution;
  const { exitCode, outputs } = main.result;
  const ended = exitCode === 0 ? 'done' : 'failed';
  const end = main.signalled && exitCode !== 0 ? 'cancelled' : ended;
  const walk = { schedule, run: main, timeoutS: schedule.timeoutS };
  const path = followPath(walk, end);
  const why = 'unexpected' in path ? 'unexpected' : path.why;
  return {
    certain: judgeInvariants(schedule, execution),
    doubtful: [
      ...('unexpected' in path ? [path.unexpected] : judgeResults(schedule, main, path)),
      ...judgeDuration(walk),
      ...judgePost(schedule, execution),
    ],
    outcome: why === 'done' ? `done: ${outputs['source']}` : `${end}: ${why}`,
  };
}
