/** The loop around a request: backoff with jitter, `Retry-After`, the deadline of the step. */

import type { Clock } from '../clock.ts';
import { type ActionError, isActionError, isTransient } from '../errors.ts';
import { seconds } from '../messages.ts';

const BASE_DELAY_MS = 500;
const MAX_DELAY_MS = 10_000;

/** An attempt that is not the last one may not take longer than this. */
const MAX_ATTEMPT_MS = 30_000;

/** Time left is not halved below this: a handshake over a slow line needs about that much. */
const MIN_ATTEMPT_MS = 1_000;

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
 * @throws {ActionError} that of the last attempt in its final form, or what is not one as it is.
 */
export async function withRetries<T>(
  task: string,
  attempt: (limitMs: number) => Promise<T>,
  policy: RetryPolicy,
): Promise<Attempted<T>> {
  const { clock, maxAttempts, deadlineMs, stopped } = policy;
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
      const next = planNext(error, attempts, deadlineMs - clock.elapsed(), policy);
      if ('stop' in next) {
        log(error.message);
        throw error.giveUp({ trail: { task, attempts, gaveUp: next.stop } });
      }
      log(`${error.message}; next try in ${seconds(next.waitMs)}`);
      await clock.sleep(next.waitMs);
      const reason = stopped();
      if (reason) throw error.giveUp({ trail: { task, attempts, gaveUp: reason } });
    }
  }
}

/** The time that an attempt may take, so that one which hangs leaves time for the next. */
export function attemptLimitMs(leftMs: number, attemptsLeft: number): number {
  const left = Math.max(leftMs, 1);
  if (attemptsLeft === 1) return left;
  return Math.min(left, MAX_ATTEMPT_MS, Math.max(left / 2, MIN_ATTEMPT_MS));
}

/**
 * The wait before the next attempt: full jitter under an exponential ceiling, on top of what the server
 * asked for, and never more than half of the time that remains beyond that.
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function delayMs(
  attempts: number,
  floorMs: number,
  leftMs: number,
  random: () => number,
): number {
  const ceilingMs = Math.min(MAX_DELAY_MS, BASE_DELAY_MS * 2 ** (attempts - 1));
  return floorMs + Math.min(random() * ceilingMs, (leftMs - floorMs) / 2);
}

type Next = { readonly waitMs: number } | { readonly stop: string | undefined };

function planNext(
  error: ActionError,
  attempts: number,
  leftMs: number,
  { maxAttempts, clock, stopped }: RetryPolicy,
): Next {
  if (!isTransient(error) || attempts === maxAttempts) return { stop: undefined };
  const reason = stopped();
  if (reason) return { stop: reason };
  const floorMs = error.code === 'HTTP' ? error.advice.retryAfterMs : 0;
  if (floorMs > 0 && floorMs >= leftMs) {
    const left = seconds(Math.max(leftMs, 0));
    return { stop: `the server asks to wait ${seconds(floorMs)}, and the step has ${left} left` };
  }
  if (leftMs <= 0) return { stop: `no time left for attempt ${attempts + 1} of ${maxAttempts}` };
  return { waitMs: delayMs(attempts, floorMs, leftMs, clock.random) };
}
