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

/** What a machine may add to a wait or a start, and what it may take from a wait that the server sees. */
const slackMs = { late: 1000, early: 80, start: 400 };

/** Whether the run's time is over, or nearly so. */
function isOver(timed: Timed, atMs: number): boolean {
  return findLeftMs(timed, atMs) <= leastAttemptMs + slackMs.start;
}

/** Whether a request that was due at that moment may have had too little time to reach the server. */
export function mayMiss(timed: Timed, dueMs: number): boolean {
  const connectMs = timed.deadAddress ? addressMs : 0;
  return findLeftMs(timed, dueMs) <= connectMs + leastAttemptMs + slackMs.start;
}

/** Whether the answer came so late that the attempt's own time may have been over. */
export function isLate(timed: Timed, { attempt, nth }: Position): boolean {
  const answeredMs = (attempt.sentMs ?? attempt.startMs) - findBeginMs(timed, attempt);
  return answeredMs > findLimitMs(timed, attempt, nth) - slackMs.start;
}

/** Why no further attempt need follow one that failed, if that is so. */
export function reasonToStop(
  timed: Timed,
  reading: Reading,
  { attempt, next, nth }: Position,
): 'attempts' | 'asks to wait' | 'time' | undefined {
  const endMs = next ? findBeginMs(timed, next) : findEndMs(timed.run);
  const spentMs = endMs - findBeginMs(timed, attempt);
  const isEarly = spentMs < findLimitMs(timed, attempt, nth) - slackMs.start;
  if (reading === 'timed out' && isEarly) return undefined;
  if (nth >= timed.maxAttempts) return 'attempts';
  if (isOver(timed, endMs)) return 'time';
  const askedMs = reading === 'retried' ? readWaitMs(attempt)[1] : 0;
  const spareMs = findLeftMs(timed, attempt.sentMs) - leastAttemptMs;
  return askedMs > 0 && askedMs > spareMs - slackMs.start ? 'asks to wait' : undefined;
}

/** What is wrong with the time up to the next attempt of the same request; empty where nothing is. */
export function findWaitFault(
  timed: Timed,
  reading: Reading,
  { attempt, next, nth }: Position,
): string {
  if (!next) return 'no further attempt came';
  const isAnswered = reading === 'retried';
  const beganMs = isAnswered
    ? (attempt.sentMs ?? attempt.startMs)
    : findBeginMs(timed, attempt) + findLimitMs(timed, attempt, nth);
  const [leastAsked, mostAsked] = isAnswered ? readWaitMs(attempt) : [0, 0];
  const backoff = backoffMs(nth);
  // A wait is cut where it would leave too little time, but never below what the server asks for.
  const spareMs = findLeftMs(timed, beganMs) - leastAttemptMs - slackMs.start;
  const leastMs = Math.max(leastAsked, Math.min(leastAsked + backoff.least, spareMs));
  const mostMs = mostAsked + backoff.most;
  const waitedMs = findBeginMs(timed, next) - beganMs;
  if (waitedMs < leastMs - (isAnswered ? slackMs.early : slackMs.start)) {
    return `waited ${Math.round(waitedMs)} ms, not ${Math.round(leastMs)} at least`;
  }
  if (waitedMs <= mostMs + slackMs.late) return '';
  return `waited ${Math.round(waitedMs)} ms, not ${Math.round(mostMs)} at most`;
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

function findEndMs({ startedMs, result }: Run): number {
  return startedMs + result.durationMs;
}
