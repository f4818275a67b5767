/** What happens to a token that is on its way when the job is cancelled. */

import type { Clock } from '../clock.ts';
import { CANCELLATION_GRACE_MS } from '../deadlines.ts';
import { CancelledError } from '../errors.ts';
import type { Runner } from '../github/runner.ts';

export interface Cancellation {
  /** Why no further request may be sent, once that is so. */
  readonly stopped: () => string | undefined;
  /** The work's result, even when the job is cancelled, as long as it comes within 5 seconds of that. Not begun after it. */
  readonly finish: <T>(work: () => Promise<T>) => Promise<T>;
  /** The work's result, unless the job is cancelled meanwhile. Not begun after that. */
  readonly abandon: <T>(work: () => Promise<T>) => Promise<T>;
}

/**
 * Watches for the job's cancellation, which from here on does not end the process by itself.
 * @param cancelledError makes the error that ends what is abandoned.
 */
export function watchCancellation(
  runner: Runner,
  clock: Clock,
  cancelledError: () => CancelledError = mintingCancelled,
): Cancellation {
  const cancelled = Promise.withResolvers<never>();
  const graceOver = Promise.withResolvers<never>();
  // Both may be rejected while nobody waits for them.
  for (const { promise } of [cancelled, graceOver]) promise.catch(() => {});
  let isCancelled = false;
  runner.onCancel(() => {
    isCancelled = true;
    cancelled.reject(cancelledError());
    clock.sleep(CANCELLATION_GRACE_MS).then(() => graceOver.reject(cancelledError()));
  });
  const begin = <T>(work: () => Promise<T>) => (isCancelled ? cancelled.promise : work());
  return {
    stopped: () => (isCancelled ? 'the job was cancelled' : undefined),
    finish: (work) => Promise.race([begin(work), graceOver.promise]),
    abandon: (work) => Promise.race([cancelled.promise, begin(work)]),
  };
}

/** For a step that leaves nothing behind when it is cancelled: the signal ends the process at once. */
export const NO_CANCELLATION: Cancellation = {
  stopped: () => undefined,
  finish: (work) => work(),
  abandon: (work) => work(),
};

/** From here on a cancelled job gets all that the step does: it is over in milliseconds. */
export function ignoreCancel(runner: Runner): void {
  runner.onCancel(() => {});
}

function mintingCancelled(): CancelledError {
  return new CancelledError('The job was cancelled, so no token is published', {
    topic: 'cancelled',
    hint: 'If a token had already arrived, the post step revokes it',
  });
}
