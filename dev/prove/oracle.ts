// The oracle: holds what a run did against what the contract lets it do.
import type { Execution, Run } from './execution.ts';
import { judgeInvariants } from './oracle/invariants.ts';
import { followPath } from './oracle/path.ts';
import { judgePost, judgeResults, judgeTokens } from './oracle/results.ts';
import { postTimeoutS } from './oracle/rules.ts';
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
  const path = followPath({ schedule, run: main, timeoutS, maxAttempts, deadAddress }, end);
  const why = 'strayed' in path ? 'strayed' : path.why;
  return {
    certain: judgeInvariants(schedule, execution),
    doubtful: [
      ...('strayed' in path ? [path.strayed] : judgeResults(schedule, execution, path)),
      ...judgeTokens(schedule, execution, path),
      ...judgeDuration(main, timeoutS),
      ...judgePost(schedule, execution),
      ...(post ? judgeDuration(post, postTimeoutS) : []),
    ],
    outcome: why === 'done' ? `done: ${outputs['source']}` : `${end}: ${why}`,
  };
}

function judgeDuration({ result }: Run, timeoutS: number): string[] {
  const { durationMs, timedOut } = result;
  const limitMs = (timeoutS + 2) * 1000;
  if (!timedOut && durationMs <= limitMs) return [];
  return [`Took ${timedOut ? 'for ever' : `${Math.round(durationMs)} ms`}, not ${limitMs} at most`];
}
