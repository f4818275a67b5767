// The oracle: holds what a schedule led to against what the contract says that it may lead to.
import { type Ending, forecast } from './forecast.ts';
import type { Observation, Run } from './perform.ts';
import { findBroken } from './promises.ts';
import { judgeResults, published } from './results.ts';
import { judgeRevocation } from './revocation.ts';
import type { Schedule } from './schedule.ts';
import { isStrained, judgeTimes } from './times.ts';

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
  const { main } = seen;
  const matching = endings.filter((ending) => matches(ending, main));
  const cancelled = seen.signalled && main.result.exitCode !== 0;
  // What a busy machine cannot bring about: a leak, for one.
  const broken = findBroken(schedule, seen);
  const strayed = [
    ...(matching.length > 0 || cancelled ? [] : [describeMismatch(endings, main)]),
    ...(cancelled ? judgeCancellation(seen, endings) : []),
    ...(cancelled ? [] : judgeResults(schedule, main, matching)),
    ...judgeState(schedule, seen, matching),
    ...(seen.post ? judgeRevocation(schedule, main.result.state, seen.post) : []),
  ];
  const about = isStrained(seen) ? 'time' : 'behaviour';
  return {
    findings: [
      ...broken.map((text): Finding => ({ about: 'behaviour', text })),
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

/** A run that was told to end may end anywhere on its way, with all of its outputs or none. */
function judgeCancellation({ main }: Observation, endings: readonly Ending[]): string[] {
  const { result, attempts } = main;
  const left = published.filter((name) => name in result.outputs);
  return [
    ...(endings.some((ending) => begins(ending, attempts))
      ? []
      : [describeMismatch(endings, main)]),
    ...(left.length > 1 && left.length < published.length ? [`Half published: ${left}`] : []),
  ];
}

/** With `revoke`, no token that arrived may be lost, whatever came after it; without, none is saved. */
function judgeState(
  { inputs }: Schedule,
  { main }: Observation,
  matching: readonly Ending[],
): string[] {
  const { state, env, exitCode, outputs } = main.result;
  const { token: saved } = state;
  if (inputs['revoke'] !== 'true') return saved === undefined ? [] : ['State saved without revoke'];
  const arrived = main.attempts.findLast(
    ({ label, play: { answer, delivery } }) =>
      label.startsWith('mint') && answer === 'good' && isCertain(delivery),
  );
  // An answer may cross the end of the time.
  const missed = matching.some(({ granted, why }) => granted === undefined && why === 'time');
  const lost = arrived?.token !== undefined && saved !== arrived.token && !missed;
  const published = exitCode !== 0 && 'access-token' in outputs;
  return [
    ...(lost ? ['A token arrived that was not saved'] : []),
    ...(saved !== undefined && env['ADOBE_IMS_TOKEN_REVOKE'] !== 'true'
      ? ['State was saved, but the post step would not run']
      : []),
    ...(published ? ['Failed, but published a token that is to be revoked'] : []),
  ];
}

function isCertain(delivery: string): boolean {
  return ['whole', 'chunked', 'pieces', 'closed', 'interim'].includes(delivery);
}

function describeMismatch(endings: readonly Ending[], { result, attempts }: Run): string {
  const expected = endings.map(
    ({ result, route, why }) => `${result} (${why}) after ${route.join(', ') || 'nothing'}`,
  );
  const route = attempts.map(({ label }) => label).join(', ') || 'nothing';
  const { exitCode, signal, outputs } = result;
  const seen = `exit ${exitCode ?? signal}, source ${outputs['source'] ?? 'none'}, after ${route}`;
  return `Expected ${[...new Set(expected)].join(' or ')}; seen: ${seen}`;
}

function nameOutcome(matching: readonly Ending[]): string {
  const names = matching.map(({ result, why }) =>
    result === 'failed' ? `failed: ${why}` : result,
  );
  return [...new Set(names)].sort().join(' or ') || 'unexpected';
}
