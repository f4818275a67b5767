// The loop around a request: when it tries again, how long it waits, and when it gives up.
import { describe, expect, test } from '@jest/globals';
import {
  type ActionError,
  CancelledError,
  HttpError,
  InputError,
  isActionError,
  NetworkError,
  OAuthError,
  ResponseError,
  TimeoutError,
  VerificationError,
} from '../../src/errors.ts';
import { withRetries } from '../../src/http/retry.ts';
import { type FakeClock, fakeClock } from '../support/clock.ts';

const advice = { topic: 'server-error', hint: 'hint' } as const;
const http = (status: number, retryAfterMs = 0) =>
  new HttpError(`HTTP ${status}`, { ...advice, status, retryAfterMs });
const network = (transient: boolean) => new NetworkError('it broke', { ...advice, transient });

interface RetryOptions {
  readonly maxAttempts?: number;
  readonly deadlineMs?: number;
  readonly clock?: FakeClock;
  readonly stopped?: () => string | undefined;
  /** How long each attempt takes. */
  readonly takesMs?: number;
}

/** Runs attempts that fail with these errors in turn, and then succeed. */
async function runRetries(errors: readonly Error[], options: RetryOptions = {}) {
  const { maxAttempts = 4, deadlineMs = 60_000, clock = fakeClock(), takesMs = 0 } = options;
  const limitsMs: number[] = [];
  const debug: string[] = [];
  const outcome = await withRetries(
    'Could not do it',
    async (limitMs) => {
      const error = errors[limitsMs.length];
      limitsMs.push(limitMs);
      clock.advance(takesMs);
      if (error) throw error;
      return 'done';
    },
    {
      maxAttempts,
      deadlineMs,
      clock,
      stopped: options.stopped ?? (() => undefined),
      debug: (line) => debug.push(line),
    },
  ).catch((error: unknown) => ({ error }));
  const error = 'error' in outcome ? outcome.error : undefined;
  const trail = isActionError(error) ? error.trail : undefined;
  return { outcome, trail, limitsMs, debug, sleeps: clock.sleeps };
}

describe('an attempt that succeeds', () => {
  test('is the only one, and is told in one debug line', async () => {
    const { outcome, debug, sleeps } = await runRetries([], { takesMs: 120 });
    expect(outcome).toEqual({ value: 'done', attempts: 1 });
    expect(sleeps).toEqual([]);
    expect(debug).toEqual(['attempt 1 of 4: succeeded (0.12 s)']);
  });

  test('after failures counts them, and each is a debug line', async () => {
    const { outcome, debug } = await runRetries([http(503), network(true)], { takesMs: 2000 });
    expect(outcome).toEqual({ value: 'done', attempts: 3 });
    expect(debug).toEqual([
      'attempt 1 of 4: HTTP 503; next try in 0.75 s (2.0 s)',
      'attempt 2 of 4: it broke; next try in 1.5 s (2.0 s)',
      'attempt 3 of 4: succeeded (2.0 s)',
    ]);
  });
});

describe('a failure', () => {
  test.each<[string, ActionError]>([
    ['of the network', network(true)],
    ['by time', new TimeoutError('too late', advice)],
    ['with 408', http(408)],
    ['with 425', http(425)],
    ['with 429', http(429)],
    ['with 500', http(500)],
    ['with 599', http(599)],
  ])('%s is tried again', async (_name, error) => {
    expect((await runRetries([error])).outcome).toEqual({ value: 'done', attempts: 2 });
  });

  test.each<[string, ActionError]>([
    ['of a certificate', network(false)],
    ['with 302', http(302)],
    ['with 404', http(404)],
    ['with 499', http(499)],
    ['of OAuth', new OAuthError('invalid_scope', { ...advice, secretRefused: true })],
    ['of a malformed answer', new ResponseError('empty', advice)],
    ['of a verification', new VerificationError('not valid', { ...advice, tokenRefused: true })],
    ['of an input', new InputError('wrong', advice)],
    ['by cancellation', new CancelledError('cancelled', advice)],
  ])('%s is final', async (_name, error) => {
    const { outcome, limitsMs, sleeps } = await runRetries([error]);
    expect(outcome).toEqual({ error });
    expect(limitsMs).toHaveLength(1);
    expect(sleeps).toEqual([]);
  });

  test('for good is thrown itself, with what was tried and how often', async () => {
    const error = http(404);
    const { outcome, trail, debug } = await runRetries([http(500), error]);
    expect(outcome).toEqual({ error });
    expect(trail).toEqual({ task: 'Could not do it', attempts: 2, gaveUp: undefined });
    expect(debug.at(-1)).toBe('attempt 2 of 4: HTTP 404 (0.00 s)');
  });

  test('of the last attempt is thrown, without a wait after it', async () => {
    const errors = [http(500), http(501), http(502)];
    const { outcome, trail, sleeps, debug } = await runRetries(errors, { maxAttempts: 3 });
    expect(outcome).toEqual({ error: errors[2] });
    expect(trail).toEqual({ task: 'Could not do it', attempts: 3, gaveUp: undefined });
    expect(sleeps).toHaveLength(2);
    expect(debug.at(-1)).toBe('attempt 3 of 3: HTTP 502 (0.00 s)');
  });

  test('that is no error of ours is a defect, thrown as it is and not tried again', async () => {
    const defect = new TypeError('x is not a function');
    const { outcome, limitsMs, debug } = await runRetries([defect]);
    expect(outcome).toEqual({ error: defect });
    expect(limitsMs).toHaveLength(1);
    expect(debug).toEqual([]);
  });
});

describe('the time limit of the whole', () => {
  test('that is over lets no further attempt begin', async () => {
    const options = { deadlineMs: 3000, takesMs: 3000 };
    const { limitsMs, trail } = await runRetries([network(true)], options);
    expect(limitsMs).toHaveLength(1);
    expect(trail?.gaveUp).toBe('no time left for attempt 2 of 4');
  });

  // The second of two tokens was revoked with a request that had 1 ms for its answer.
  test('that is over before the first attempt lets none begin', async () => {
    const clock = fakeClock({ elapsedMs: 20_200 });
    const { outcome, trail, limitsMs } = await runRetries([], { clock, deadlineMs: 20_200 });
    expect(limitsMs).toEqual([]);
    expect(outcome).toMatchObject({ error: { message: 'no full answer within 20 s' } });
    expect(trail).toEqual({
      task: 'Could not do it',
      attempts: 0,
      gaveUp: 'no time left for attempt 1 of 4',
    });
  });

  test('that leaves a moment lets the first attempt begin', async () => {
    const clock = fakeClock({ elapsedMs: 20_199 });
    expect((await runRetries([], { clock, deadlineMs: 20_200 })).limitsMs).toEqual([1]);
  });

  test('that leaves less than a second lets no further attempt begin', async () => {
    const options = { deadlineMs: 3999, takesMs: 3000 };
    const { limitsMs, sleeps, trail } = await runRetries([network(true)], options);
    expect(limitsMs).toHaveLength(1);
    expect(sleeps).toEqual([]);
    expect(trail?.gaveUp).toBe('no time left for attempt 2 of 4');
  });

  test('that leaves a second lets another attempt begin at once', async () => {
    const { limitsMs, sleeps } = await runRetries([network(true)], {
      deadlineMs: 4000,
      takesMs: 3000,
    });
    expect(limitsMs).toEqual([4000, 1000]);
    expect(sleeps).toEqual([0]);
  });

  test('cuts a wait, so that a second is left for the attempt after it', async () => {
    const { limitsMs, sleeps } = await runRetries([network(true)], {
      deadlineMs: 4600,
      takesMs: 3000,
    });
    expect(sleeps).toEqual([600]);
    expect(limitsMs).toEqual([4600, 1000]);
  });

  test.each([
    ['a moment', 200, 2],
    ['more than that', 201, 1],
  ])('forgives a wait that ends late by %s: %i ms', async (_name, lateMs, attempts) => {
    const clock = fakeClock();
    const sleep = async (ms: number) => {
      clock.advance(ms + lateMs);
    };
    const { limitsMs, trail } = await runRetries([network(true)], {
      clock: { ...clock, sleep },
      deadlineMs: 4000,
      takesMs: 3000,
    });
    expect(limitsMs).toHaveLength(attempts);
    const gaveUp = attempts === 1 ? 'no time left for attempt 2 of 4' : undefined;
    expect(trail?.gaveUp).toBe(gaveUp);
  });

  test('counts from the start of the process, not of the loop', async () => {
    const clock = fakeClock({ elapsedMs: 59_000 });
    const { limitsMs } = await runRetries([], { clock, maxAttempts: 1 });
    expect(limitsMs).toEqual([1000]);
  });

  test('is shared out: a first attempt that hangs leaves half of it for the next', async () => {
    const { limitsMs } = await runRetries([new TimeoutError('too late', advice)], {
      deadlineMs: 60_000,
      maxAttempts: 2,
      takesMs: 30_000,
    });
    expect(limitsMs).toEqual([30_000, 29_250]);
  });

  test('is what a timeout tells, and not what its last attempt had', async () => {
    const errors = ['0.07 s', '0.00 s'].map((slice) => new TimeoutError(slice, advice));
    const { outcome, debug } = await runRetries(errors, {
      deadlineMs: 60_000,
      maxAttempts: 2,
      takesMs: 29_625,
      clock: fakeClock({ elapsedMs: 0, random: 0.5 }),
    });
    expect(outcome).toMatchObject({
      error: {
        code: 'TIMEOUT',
        message: 'no full answer within 60 s',
        topic: 'timeout',
        trail: { task: 'Could not do it', attempts: 2, gaveUp: undefined },
      },
    });
    expect(debug).toEqual([
      'attempt 1 of 2: 0.07 s; next try in 0.75 s (30 s)',
      'attempt 2 of 2: 0.00 s (30 s)',
    ]);
  });
});

test('the wait doubles from attempt to attempt', async () => {
  const { sleeps } = await runRetries([http(500), http(500), http(500)]);
  expect(sleeps).toEqual([750, 1500, 3000]);
});

describe('a server that asks to wait', () => {
  test('is obeyed where the time left allows it', async () => {
    const { sleeps } = await runRetries([http(429, 5000)], { clock: fakeClock({ random: 0 }) });
    expect(sleeps).toEqual([5500]);
  });

  test.each([
    [60, '60 s, longer than the 58 s', 'Set `timeout` to 70 or more, or run the job again later'],
    [59, '59 s, longer than the 58 s', 'Set `timeout` to 70 or more, or run the job again later'],
    [
      3583,
      '3583 s, longer than the 58 s',
      'Set `timeout` to 3590 or more, or run the job again later',
    ],
    [
      3584,
      '3584 s, longer than the 58 s',
      'Set `timeout` to 3600 or more, or run the job again later',
    ],
    [3594, '3594 s, longer than the 58 s', 'Run the job again in 60 minutes or later'],
    [3601, '3601 s, longer than the 58 s', 'Run the job again in 61 minutes or later'],
  ])(
    'for %i s, which are too many, is told so at once, with what would do',
    async (waitS, gaveUp, hint) => {
      const run = await runRetries([http(429, waitS * 1000)], { takesMs: 500 });
      const { outcome, trail, limitsMs, sleeps } = run;
      expect(limitsMs).toHaveLength(1);
      expect(sleeps).toEqual([]);
      expect(outcome).toMatchObject({
        error: {
          code: 'HTTP',
          message: 'HTTP 429',
          advice: { status: 429, topic: 'server-error', hint: `${hint}. hint` },
        },
      });
      expect(trail).toEqual({
        task: 'Could not do it',
        attempts: 1,
        gaveUp: `the server asks to wait ${gaveUp} that the step can still wait`,
      });
    },
  );

  test('for as long as leaves a second is obeyed, without jitter', async () => {
    const { limitsMs, sleeps } = await runRetries([http(503, 2000)], { deadlineMs: 3000 });
    expect(sleeps).toEqual([2000]);
    expect(limitsMs).toEqual([3000, 1000]);
  });

  test('for a millisecond more ends the loop', async () => {
    const { limitsMs } = await runRetries([http(503, 2001)], { deadlineMs: 3000 });
    expect(limitsMs).toHaveLength(1);
  });

  test('when time is over is told that none is left', async () => {
    const { trail } = await runRetries([http(503, 1000)], { deadlineMs: 1000, takesMs: 4000 });
    expect(trail?.gaveUp).toBe('no time left for attempt 2 of 4');
  });

  test('with an answer that is not tried again is not waited for', async () => {
    const error = http(404, 1000);
    const { outcome, trail, sleeps } = await runRetries([error]);
    expect(outcome).toEqual({ error });
    expect(sleeps).toEqual([]);
    expect(trail?.gaveUp).toBeUndefined();
  });
});

describe('a cancelled job', () => {
  test('gets no further attempt, and no wait', async () => {
    const error = http(503, 3_600_000);
    const { limitsMs, trail, debug } = await runRetries([error], {
      stopped: () => 'the job was cancelled',
    });
    expect(limitsMs).toHaveLength(1);
    expect(debug).toEqual(['attempt 1 of 4: HTTP 503 (0.00 s)']);
    expect(trail).toEqual({
      task: 'Could not do it',
      attempts: 1,
      gaveUp: 'the job was cancelled',
    });
  });

  test('gets no further attempt when it was cancelled during the wait', async () => {
    const error = http(503);
    const clock = fakeClock();
    const stopped = () => (clock.sleeps.length > 0 ? 'the job was cancelled' : undefined);
    const { outcome, trail, limitsMs } = await runRetries([error], { clock, stopped });
    expect(outcome).toEqual({ error });
    expect(limitsMs).toHaveLength(1);
    expect(trail).toEqual({
      task: 'Could not do it',
      attempts: 1,
      gaveUp: 'the job was cancelled',
    });
  });
});
