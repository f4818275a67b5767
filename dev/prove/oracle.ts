// The oracle: holds what a run did against what the contract lets it do.
import type { Execution } from './execution.ts';
import { judgeInvariants } from './oracle/invariants.ts';
import { followPath } from './oracle/path.ts';
import { judgePost, judgeResults, judgeTokens } from './oracle/results.ts';
import { postTimeoutS } from './oracle/rules.ts';
import { findDelayMs, type Timed } from './oracle/timing.ts';
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
  const { main, post, signalled } = execution;
  const { timeoutS, maxAttempts, deadAddress } = schedule;
  const { exitCode, outputs } = main.result;
  const ended = exitCode === 0 ? 'done' : 'failed';
  const end = signalled && exitCode !== 0 ? 'cancelled' : ended;
  const walk = { schedule, run: main, timeoutS, maxAttempts, deadAddress };
  const path = followPath(walk, end);
  const why = 'strayed' in path ? 'strayed' : path.why;
  return {
    certain: judgeInvariants(schedule, execution),
    doubtful: [
      ...('strayed' in path
        ? [path.strayed]
        : [...judgeResults(schedule, execution, path), ...judgeTokens(schedule, execution, path)]),
      ...judgeDuration(walk),
      ...judgePost(schedule, execution),
      ...(post ? judgeDuration({ ...walk, run: post, timeoutS: postTimeoutS }) : []),
    ],
    outcome: why === 'done' ? `done: ${outputs['source']}` : `${end}: ${why}`,
  };
}

function judgeDuration(timed: Timed): string[] {
  const { durationMs, timedOut } = timed.run.result;
  const limitMs = timed.timeoutS * 1000 + findDelayMs(timed);
  if (!timedOut && durationMs <= limitMs) return [];
  return [`Took ${timedOut ? 'for ever' : `${Math.round(durationMs)} ms`}, not ${limitMs} at most`];
}
