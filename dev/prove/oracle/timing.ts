// The contract's numbers on time, and what the machine may add to them. Moments are in milliseconds since the epoch.
import type { Run } from '../execution.ts';
import type { Schedule } from '../schedule.ts';
import type { Attempt } from '../servers.ts';

/** A run, and what it was given. */
export interface Walk {
  readonly schedule: Schedule;
  readonly run: Run;
  readonly timeoutS: number;
}

/** Seconds that the post step may take. */
export const postTimeoutS = 20;

/** With less time than this left, no attempt but the first begins. */
export const leastAttemptMs = 1000;

/** What each address of a host but the last gets. */
const addressMs = 2000;

/** A timer may fire that much early, and the clocks of two processes differ by that much. */
export const clockMs = 10;

/** The wait after the attempt with number `nth`, from 1, on top of what the server asks for. */
export function backoffMs(nth: number): { readonly least: number; readonly most: number } {
  const most = [1000, 2000, 4000, 8000][nth - 1] ?? 10_000;
  return { least: most / 2, most };
}

/**
 * What the machine may add: to a start and to whatever needs a moment, and to a wait. How busy it is shows in how long
 * the run took until its first request. A bound that holds however busy it is needs neither: a run counts its time from
 * its start or later, and sends a request before it is received.
 */
export function findSlackMs(walk: Walk): { readonly start: number; readonly wait: number } {
  const [first] = walk.run.attempts;
  if (!first) return { start: 1000, wait: 2000 };
  const seenMs = findBeginMs(walk, first) - walk.run.startedMs;
  return { start: Math.max(400, seenMs), wait: Math.max(1000, 4 * seenMs) };
}

/** When the attempt began for whoever made it, at the latest. */
export function findBeginMs({ schedule }: Walk, { startMs }: Attempt): number {
  return schedule.deadAddress ? startMs - addressMs : startMs;
}

/** When the run must be over, at the earliest. */
export function findDeadlineMs({ run, timeoutS }: Walk): number {
  return run.startedMs + timeoutS * 1000;
}

/** When the attempt with number `nth` of its request is given up. */
export function findTimeoutMs(walk: Walk, attempt: Attempt, nth: number): number {
  const beginMs = findBeginMs(walk, attempt);
  const leftMs = findDeadlineMs(walk) - beginMs;
  const isLast = nth >= walk.schedule.maxAttempts;
  return beginMs + (isLast ? leftMs : Math.min(leftMs, Math.max(leftMs / 2, 10_000)));
}

/** Whether a request that was due at that moment may have had too little time to reach the server. */
export function mayMiss(walk: Walk, dueMs: number): boolean {
  const connectMs = walk.schedule.deadAddress ? addressMs : 0;
  const leastMs = connectMs + leastAttemptMs + findSlackMs(walk).start;
  return dueMs >= findDeadlineMs(walk) - leastMs;
}

/** What is wrong with the time that the whole run took. */
export function judgeDuration(walk: Walk): string[] {
  const { durationMs, timedOut } = walk.run.result;
  const limitMs = (walk.timeoutS + 1) * 1000 + findSlackMs(walk).wait;
  if (!timedOut && durationMs <= limitMs) return [];
  return [`Took ${timedOut ? 'for ever' : `${Math.round(durationMs)} ms`}, not ${limitMs} at most`];
}
