// The oracle: holds what a schedule led to against what the contract says that it may lead to.
import { describeEndings, type Ending, forecast } from './oracle/forecast.ts';
import { judgeInvariants } from './oracle/invariants.ts';
import { judgeResults, published } from './oracle/results.ts';
import { judgeRevocation, judgeState } from './oracle/revocation.ts';
import { isStrained, judgeTimes } from './oracle/times.ts';
import type { Observation, Run } from './perform.ts';
import type { Schedule } from './schedule.ts';

export interface Finding {
  /** What is about time may come from a busy machine. */
  readonly about: 'behaviour' | 'time';
  readonly text: string;
}

export interface Verdict {
  readonly findings: readonly Finding[];
  /** What it came to, for the count of outcomes. */
  readonly outcome: string;
}

export function judge(schedule: Schedule, seen: Observation): Verdict {
  const endings = forecast(schedule);
  const { main, post } = seen;
  const matching = endings.filter((ending) => matches(ending, main));
  const cancelled = seen.signalled && main.result.exitCode !== 0;
  const strayed = [
    ...(cancelled
      ? judgeCancellation(main, endings)
      : judgeEnding(schedule, main, endings, matching)),
    ...judgeState(schedule, seen, matching),
    ...(post ? judgeRevocation(schedule, main.result.state, post) : []).map(
      (text) => `Post step: ${text}`,
    ),
  ];
  // A busy machine may lead a run astray. What it cannot bring about is that an invariant breaks: a leak, for one.
  const about = isStrained(seen) ? 'time' : 'behaviour';
  return {
    findings: [
      ...judgeInvariants(schedule, seen).map((text): Finding => ({ about: 'behaviour', text })),
      ...strayed.map((text): Finding => ({ about, text })),
      ...judgeTimes(schedule, seen).map((text): Finding => ({ about: 'time', text })),
    ],
    outcome: cancelled ? 'cancelled' : nameOutcome(matching),
  };
}

function matches(ending: Ending, { result, attempts }: Run): boolean {
  const ok = ending.result !== 'failed';
  if (ok !== (result.exitCode === 0)) return false;
  if (ending.result === 'minted' && result.outputs['source'] !== 'minted') return false;
  if (ending.result === 'sealed' && result.outputs['source'] !== 'sealed') return false;
  return attempts.length === ending.route.length && begins(ending, attempts);
}

/** Whether `attempts` are the first of the ending's. */
function begins({ route }: Ending, attempts: Run['attempts']): boolean {
  return attempts.every(({ label }, index) => label === route[index]);
}

/** A run ends in one of the ways that the contract has for it, and leaves what it then must. */
function judgeEnding(
  schedule: Schedule,
  main: Run,
  endings: readonly Ending[],
  matching: readonly Ending[],
): string[] {
  return [
    ...(matching.length > 0 ? [] : [describeMismatch(endings, main)]),
    ...judgeResults(schedule, main, matching),
  ];
}

/** A run that was told to end may end anywhere on its way, with all of its outputs or none. */
function judgeCancellation(main: Run, endings: readonly Ending[]): string[] {
  const onItsWay = endings.some((ending) => begins(ending, main.attempts));
  const left = published.filter((name) => name in main.result.outputs);
  return [
    ...(onItsWay ? [] : [describeMismatch(endings, main)]),
    ...(left.length > 1 && left.length < published.length ? [`Half published: ${left}`] : []),
  ];
}

function describeMismatch(endings: readonly Ending[], { result, attempts }: Run): string {
  const route = attempts.map(({ label }) => label).join(', ') || 'nothing';
  const { exitCode, signal, outputs } = result;
  const seen = `exit ${exitCode ?? signal}, source ${outputs['source'] ?? 'none'}, after ${route}`;
  return `Expected ${describeEndings(endings).join(' or ')}; seen: ${seen}`;
}

function nameOutcome(matching: readonly Ending[]): string {
  const names = matching.map(({ result, why }) =>
    result === 'failed' ? `failed: ${why}` : result,
  );
  return [...new Set(names)].sort().join(' or ') || 'unexpected';
}
