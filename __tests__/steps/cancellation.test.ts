// What happens to work that is under way when the job is cancelled.
import { describe, expect, jest, test } from '@jest/globals';
import { ignoreCancel, NO_CANCELLATION, watchCancellation } from '../../src/steps/cancellation.ts';
import { fakeClock } from '../support/clock.ts';
import { record } from '../support/recording.ts';

const cancelled = {
  name: 'CancelledError',
  message: 'The job was cancelled, so no token is published',
  topic: 'cancelled',
  hint: 'If a token had already arrived, the post step revokes it',
};

/** Watches, with a grace that lasts until it is ended by hand. */
function watch() {
  const recording = record();
  const grace = Promise.withResolvers<void>();
  const waits: number[] = [];
  const clock = {
    ...fakeClock(),
    sleep: (ms: number) => {
      waits.push(ms);
      return grace.promise;
    },
  };
  const cancellation = watchCancellation(recording.runner, clock);
  return { cancellation, cancel: recording.cancel, endGrace: grace.resolve, waits };
}

describe('a job that is not cancelled', () => {
  test('lets work go on, and keeps its result', async () => {
    const { cancellation, waits } = watch();
    expect(cancellation.stopped()).toBeUndefined();
    await expect(cancellation.finish(() => Promise.resolve('done'))).resolves.toBe('done');
    await expect(cancellation.abandon(() => Promise.resolve('done'))).resolves.toBe('done');
    expect(waits).toEqual([]);
  });

  test('keeps the failure of its work', async () => {
    const { cancellation } = watch();
    await expect(cancellation.finish(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(cancellation.abandon(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  });
});

describe('a cancelled job', () => {
  test('sends no further request, and says why', () => {
    const { cancellation, cancel } = watch();
    cancel();
    expect(cancellation.stopped()).toBe('the job was cancelled');
  });

  test('keeps what arrives within 5 seconds', async () => {
    const { cancellation, cancel, waits } = watch();
    const work = Promise.withResolvers<string>();
    const finished = cancellation.finish(() => work.promise);
    cancel();
    work.resolve('token');
    await expect(finished).resolves.toBe('token');
    expect(waits).toEqual([5000]);
  });

  test('does not wait longer than 5 seconds', async () => {
    const { cancellation, cancel, endGrace } = watch();
    const finished = cancellation.finish(() => new Promise(() => {}));
    cancel();
    endGrace();
    await expect(finished).rejects.toMatchObject(cancelled);
  });

  test('drops at once what need not be finished', async () => {
    const { cancellation, cancel } = watch();
    const abandoned = cancellation.abandon(() => new Promise(() => {}));
    cancel();
    await expect(abandoned).rejects.toMatchObject(cancelled);
  });

  // A verification opened its connection, though its request was not sent any more.
  test.each(['finish', 'abandon'] as const)('begins nothing after that: %s', async (how) => {
    const { cancellation, cancel } = watch();
    cancel();
    const work = jest.fn(() => Promise.resolve('done'));
    await expect(cancellation[how](work)).rejects.toMatchObject(cancelled);
    expect(work).not.toHaveBeenCalled();
  });

  test('leaves no rejection behind that nobody handles', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', note);
    const { cancel, endGrace } = watch();
    cancel();
    endGrace();
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });
});

test('a job whose cancellation is ignored goes on: the signal would have ended it', () => {
  const { runner, cancel } = record();
  expect(cancel).toThrow('The signal ended the process');
  ignoreCancel(runner);
  expect(cancel).not.toThrow();
});

test('where nobody watches, work is never stopped', async () => {
  const work = Promise.resolve('done');
  expect(NO_CANCELLATION.stopped()).toBeUndefined();
  await expect(NO_CANCELLATION.finish(() => work)).resolves.toBe('done');
  await expect(NO_CANCELLATION.abandon(() => work)).resolves.toBe('done');
});
