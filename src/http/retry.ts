/** The retry policy: whether a request is sent again, after which wait, and how long an attempt may take. */

import type { Clock } from '../clock.ts';
import { MAX_TIMEOUT_S } from '../deadlines.ts';
import { type ActionError, isActionError, isTransient, type Trail } from '../errors.ts';
import { seconds } from '../messages.ts';
import { timedOut } from './network-errors.ts';

/** What the wait after each attempt may come to: the last counts for all that follow. */
const CEILINGS_MS = [1_000, 2_000, 4_000, 8_000];
const LAST_CEILING_MS = 10_000;

/** Time left is not halved below this: a slow server needs a whole answer's time. */
const MIN_LIMIT_MS = 10_000;

/** No attempt but the first begins with less: a handshake over a slow line takes about that long. */
const MIN_LEFT_MS = 1_000;

/** A timer may fire that much late before the time left counts as lost. */
const TIMER_DELAY_MS = 200;

/** What a `timeout` that is suggested leaves for the attempt itself. */
const SUGGESTED_ATTEMPT_MS = 5_000;

export interface RetryPolicy {
  /** Tries of one request, the first included. */
  readonly maxAttempts: number;
  /** The moment, on `clock.elapsed`, by which everything is over, in milliseconds. */
  readonly deadlineMs: number;
  readonly clock: Clock;
  /** Why no further attempt may begin, once that is so. */
  readonly stopped: () => string | undefined;
  /** Takes one line for each attempt. */
  readonly debug: (line: string) => void;
}

export interface Attempted<T> {
  readonly value: T;
  readonly attempts: number;
}

/**
 * Runs `attempt` until it succeeds, fails for good, or neither tries nor time are left. `attempt` gets
 * the time that it may take, in milliseconds.
 * @throws {ActionError} that of the last attempt in its final form: a timeout tells the whole time. What
 *   is not one is thrown as it is.
 */
export async function withRetries<T>(
  task: string,
  attempt: (limitMs: number) => Promise<T>,
  policy: RetryPolicy,
): Promise<Attempted<T>> {
  const { clock, maxAttempts, deadlineMs, stopped } = policy;
  if (clock.elapsed() >= deadlineMs) {
    // Sent without time for an answer, a request would be given up with a token on its way.
    const trail = { task, attempts: 0, gaveUp: noTimeLeft(0, maxAttempts) };
    throw timedOut(clock.elapsed()).giveUp({ trail });
  }
  for (let attempts = 1; ; attempts += 1) {
    const startedMs = clock.elapsed();
    const log = (outcome: string) =>
      policy.debug(
        `attempt ${attempts} of ${maxAttempts}: ${outcome} (${seconds(clock.elapsed() - startedMs)})`,
      );
    try {
      const value = await attempt(
        attemptLimitMs(deadlineMs - startedMs, maxAttempts - attempts + 1),
      );
      log('succeeded');
      return { value, attempts };
    } catch (error) {
      if (!isActionError(error)) throw error;
      const next = planNext(error, attempts, policy);
      if ('gaveUp' in next) {
        log(error.message);
        throw toFinal(error, { task, attempts, gaveUp: next.gaveUp }, clock, next.advice);
      }
      log(`${error.message}; next try in ${seconds(next.waitMs)}`);
      await clock.sleep(next.waitMs);
      // The machine may have been suspended meanwhile.
      const late = deadlineMs - clock.elapsed() < MIN_LEFT_MS - TIMER_DELAY_MS;
      const gaveUp = stopped() ?? (late ? noTimeLeft(attempts, maxAttempts) : undefined);
      if (gaveUp) throw toFinal(error, { task, attempts, gaveUp }, clock);
    }
  }
}

/** The time that an attempt may take: half of what is left, so that one which hangs leaves time for the next. */
export function attemptLimitMs(leftMs: number, attemptsLeft: number): number {
  return attemptsLeft === 1 ? leftMs : Math.min(leftMs, Math.max(leftMs / 2, MIN_LIMIT_MS));
}

/**
 * The wait before the next attempt, on top of what the server asks for: between half of an exponential
 * ceiling and the whole, so that jobs which began at once do not send at once, and the waits together
 * outlast an outage of ten seconds.
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function delayMs(attempts: number, floorMs: number, random: () => number): number {
  return floorMs + (ceilingMs(attempts) * (1 + random())) / 2;
}

function ceilingMs(attempts: number): number {
  return CEILINGS_MS[attempts - 1] ?? LAST_CEILING_MS;
}

type Next =
  | { readonly waitMs: number }
  | { readonly gaveUp: string | undefined; readonly advice?: string };

function planNext(
  error: ActionError,
  attempts: number,
  { maxAttempts, deadlineMs, clock, stopped }: RetryPolicy,
): Next {
  if (!isTransient(error) || attempts === maxAttempts) return { gaveUp: undefined };
  const reason = stopped();
  if (reason) return { gaveUp: reason };
  const spareMs = deadlineMs - clock.elapsed() - MIN_LEFT_MS;
  if (spareMs < 0) return { gaveUp: noTimeLeft(attempts, maxAttempts) };
  const floorMs = error.code === 'HTTP' ? error.advice.retryAfterMs : 0;
  if (floorMs <= spareMs) {
    return { waitMs: Math.min(delayMs(attempts, floorMs, clock.random), spareMs) };
  }
  const [requested, spare] = [Math.ceil(floorMs / 1000), Math.floor(spareMs / 1000)];
  return {
    gaveUp: `the server asks to wait ${requested} s, longer than the ${spare} s that the step can still wait`,
    advice: adviseTimeout(floorMs, clock.elapsed() + floorMs + ceilingMs(attempts)),
  };
}

/** What to do about a wait that ends `dueMs` after the start of the process, at the latest. */
function adviseTimeout(floorMs: number, dueMs: number): string {
  const timeoutS = Math.ceil((dueMs + SUGGESTED_ATTEMPT_MS) / 10_000) * 10;
  return timeoutS <= MAX_TIMEOUT_S
    ? `Set \`timeout\` to ${timeoutS} or more, or run the job again later`
    : `Run the job again in ${Math.ceil(floorMs / 60_000)} minutes or later`;
}

function noTimeLeft(attempts: number, maxAttempts: number): string {
  return `no time left for attempt ${attempts + 1} of ${maxAttempts}`;
}

/** The error in its final form: what a single attempt knew of its time says nothing of the whole. */
function toFinal(error: ActionError, trail: Trail, clock: Clock, advice?: string): ActionError {
  const last = error.code === 'TIMEOUT' ? timedOut(clock.elapsed()) : error;
  return last.giveUp({ trail, ...(advice && { hint: `${advice}. ${error.hint}` }) });
}
