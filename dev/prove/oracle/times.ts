// How long a run may take, and how long it waits between two attempts.
import { longestJitterMs } from '../contract.ts';
import type { Attempt } from '../perform/servers.ts';
import type { Observation, Run } from '../perform.ts';
import { hangs, type Play } from '../schedule/play.ts';
import type { Schedule } from '../schedule.ts';
import { listEffects, readKind } from './effects.ts';

/** What a busy machine may add to a wait. */
const slackMs = 1000;

/** What a machine adds that is not busy: to a start, and to an exchange. */
const quietMs = { start: 600, exchange: 300 };

export function judgeTimes(schedule: Schedule, { main, post }: Observation): string[] {
  const limitMs = (schedule.timeoutS + 2) * 1000;
  return [
    ...judgeLimit(main, limitMs),
    ...judgeWaits(main.attempts),
    ...(post ? [...judgeLimit(post, 22_000), ...judgeWaits(post.attempts)] : []),
  ];
}

/** Whether the machine was so busy that the run may have gone another way than it would have in quiet. */
export function isStrained({ main, post }: Observation): boolean {
  return isSlow(main) || (post !== undefined && isSlow(post));
}

function judgeLimit({ result }: Run, limitMs: number): string[] {
  const { durationMs, timedOut } = result;
  if (!timedOut && durationMs <= limitMs) return [];
  return [`Took ${timedOut ? 'for ever' : `${Math.round(durationMs)} ms`}, not ${limitMs} at most`];
}

/** The waits between attempts of one request whose meaning is beyond doubt. */
function judgeWaits(attempts: readonly Attempt[]): string[] {
  return attempts.slice(1).flatMap((attempt, index) => {
    const before = attempts[index];
    if (!before || before.label !== attempt.label || before.sentMs === undefined) return [];
    const [effect, ...others] = listEffects(before.play, readKind(attempt.label));
    if (others.length > 0 || effect?.result !== 'again') return [];
    const nth = countBack(attempts, index);
    const waitedMs = attempt.startMs - before.sentMs;
    const dateMs = effect.floorS[1] > 0 ? before.retryAtMs : undefined;
    const floorMs = dateMs === undefined ? effect.floorS[0] * 1000 : dateMs - before.sentMs;
    const ceilingMs = Math.max(0, floorMs, effect.floorS[1] * 1000) + longestJitterMs(nth);
    if (waitedMs < floorMs - 20) return [`Waited ${waitedMs} ms, not ${floorMs} at least`];
    if (waitedMs <= ceilingMs + slackMs) return [];
    return [`Waited ${waitedMs} ms, not ${ceilingMs} at most`];
  });
}

/** Which attempt of its request the one at `index` is, from 1. */
function countBack(attempts: readonly Attempt[], index: number): number {
  const label = attempts[index]?.label;
  const start = attempts.slice(0, index + 1).findLastIndex((attempt) => attempt.label !== label);
  return index - start;
}

function isSlow({ attempts, startedMs, result }: Run): boolean {
  const endMs = startedMs + result.durationMs;
  const firstMs = attempts[0]?.startMs ?? endMs;
  if (firstMs - startedMs > quietMs.start) return true;
  return attempts.some(({ play, startMs, sentMs = startMs }, index) => {
    if (hangs.includes(play.delivery)) return false;
    const nextMs = attempts[index + 1]?.startMs ?? endMs;
    const waitMs = readLongestWaitMs(play) + longestJitterMs(countBack(attempts, index));
    const sendMs = sentMs - startMs - play.lateMs;
    return Math.max(sendMs, nextMs - sentMs - waitMs) > quietMs.exchange;
  });
}

/** Of those that a run can wait for. */
function readLongestWaitMs({ wait }: Play): number {
  return wait === '1' || wait === '1.5' || wait === '2' || wait === 'date-2' ? 2000 : 0;
}
