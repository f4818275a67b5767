// Whether the time that a run spent on an attempt, or between two, is what the contract gives it.
import type { Run } from '../execution.ts';
import type { Attempt } from '../servers.ts';
import { type Reading, readWaitMs } from './readings.ts';
import { addressMs, attemptLimitMs, backoffMs, leastAttemptMs } from './rules.ts';

/** A run, and the limits that it was given. */
export interface Timed {
  readonly run: Run;
  readonly timeoutS: number;
  readonly maxAttempts: number;
  /** Each attempt loses time on an address that never answers. */
  readonly deadAddress: boolean;
}

/** An attempt on its path. */
export interface Position {
  readonly attempt: Attempt;
  readonly next: Attempt | undefined;
  /** The attempt's number among those of its request, from 1. */
  readonly nth: number;
}

/** A timer may fire that much early, and the clocks of two processes differ by that much. */
const clockMs = 10;

/**
 * What the machine may add: to a start and to whatever needs a moment, and to a wait. How busy it is shows in how long the
 * run took until its first request. Whatever can be told without these needs none of them: a run counts its time from its
 * start or later, and sends a request before it is received.
 */
function findSlackMs(timed: Timed): { readonly start: number; readonly wait: number } {
  const [first] = timed.run.attempts;
  if (!first) return { start: 1000, wait: 2000 };
  const seenMs = findBeginMs(timed, first) - timed.run.startedMs;
  return { start: Math.max(400, seenMs), wait: Math.max(1000, 4 * seenMs) };
}

/** How long after its time a run may have ended. */
export function findDelayMs(timed: Timed): number {
  return 1000 + findSlackMs(timed).wait;
}

/** Whether too little of the run's time is left for another attempt. */
function isOver(timed: Timed, atMs: number): boolean {
  return findLeftMs(timed, atMs) <= leastAttemptMs + clockMs;
}

/** Whether a request that was due at that moment may have had too little time to reach the server. */
export function mayMiss(timed: Timed, dueMs: number): boolean {
  const connectMs = timed.deadAddress ? addressMs : 0;
  return findLeftMs(timed, dueMs) <= connectMs + leastAttemptMs + findSlackMs(timed).start;
}

/** Whether the answer came so late that the attempt's own time may have been over. */
export function isLate(timed: Timed, { attempt, nth }: Position): boolean {
  const answeredMs = (attempt.sentMs ?? attempt.startMs) - findBeginMs(timed, attempt);
  return answeredMs > findLimitMs(timed, attempt, nth) - findSlackMs(timed).start;
}

/** Why no further attempt need follow one that failed, if that is so. */
export function reasonToStop(
  timed: Timed,
  reading: Reading,
  { attempt, next, nth }: Position,
): 'attempts' | 'asks to wait' | 'time' | undefined {
  const slackMs = findSlackMs(timed).start;
  const endMs = next ? findBeginMs(timed, next) : timed.run.endedMs;
  const spentMs = endMs - findBeginMs(timed, attempt);
  const isEarly = spentMs < findLimitMs(timed, attempt, nth) - slackMs;
  if (reading === 'timed out' && isEarly) return undefined;
  if (nth >= timed.maxAttempts) return 'attempts';
  if (isOver(timed, endMs)) return 'time';
  const askedMs = reading === 'retried' ? readWaitMs(attempt)[1] : 0;
  const spareMs = findLeftMs(timed, attempt.sentMs) - leastAttemptMs;
  return askedMs > 0 && askedMs > spareMs - slackMs ? 'asks to wait' : undefined;
}

/** What is wrong with the time up to the next attempt of the same request; empty where nothing is. */
export function findWaitFault(
  timed: Timed,
  reading: Reading,
  { attempt, next, nth }: Position,
): string {
  if (!next) return 'no further attempt came';
  const isAnswered = reading === 'retried';
  const slackMs = findSlackMs(timed);
  const { startMs, answeredMs = startMs, sentMs = startMs } = attempt;
  const timeoutMs = findBeginMs(timed, attempt) + findLimitMs(timed, attempt, nth);
  // When the wait began: at the earliest, and at the latest but for what the machine adds.
  const [fromMs, toMs] = isAnswered ? [answeredMs, sentMs] : [timeoutMs - slackMs.start, timeoutMs];
  const [leastAsked, mostAsked] = isAnswered ? readWaitMs(attempt) : [0, 0];
  const backoff = backoffMs(nth);
  // A wait is cut where it would leave too little time, but never below what the server asks for.
  const spareMs = findLeftMs(timed, fromMs) - leastAttemptMs;
  const leastMs = Math.max(leastAsked, Math.min(leastAsked + backoff.least, spareMs));
  const mostMs = mostAsked + backoff.most;
  const nextMs = findBeginMs(timed, next);
  if (nextMs - fromMs < leastMs - clockMs) {
    return `waited ${Math.round(nextMs - fromMs)} ms, not ${Math.round(leastMs)} at least`;
  }
  if (nextMs - toMs <= mostMs + slackMs.wait) return '';
  return `waited ${Math.round(nextMs - toMs)} ms, not ${Math.round(mostMs)} at most`;
}

/** When the attempt began for whoever made it. */
function findBeginMs({ deadAddress }: Timed, { startMs }: Attempt): number {
  return deadAddress ? startMs - addressMs : startMs;
}

function findLimitMs(timed: Timed, attempt: Attempt, nth: number): number {
  const leftMs = findLeftMs(timed, findBeginMs(timed, attempt));
  return attemptLimitMs(leftMs, timed.maxAttempts - nth + 1);
}

function findLeftMs({ run, timeoutS }: Timed, atMs = 0): number {
  return run.startedMs + timeoutS * 1000 - atMs;
}
