// How long an attempt may take, and how long to wait before the next one.
import { describe, expect, test } from '@jest/globals';
import { attemptLimitMs, delayMs } from '../../src/http/retry.ts';

test.each([
  ['all of it, for the last attempt', 50_000, 1, 50_000],
  ['half of it, for an earlier one', 60_000, 2, 30_000],
  ['half, where that is just above 10 s', 20_002, 2, 10_001],
  ['at least 10 s, for an earlier one', 19_998, 2, 10_000],
  ['at least 10 s, however many attempts are left', 11_000, 6, 10_000],
  ['all of it, where that is less than 10 s', 9_999, 6, 9_999],
])('the time limit of the whole gives an attempt %s', (_name, leftMs, attemptsLeft, limitMs) => {
  expect(attemptLimitMs(leftMs, attemptsLeft)).toBe(limitMs);
});

describe('the wait before the next attempt', () => {
  test.each([
    [1, 1000],
    [2, 2000],
    [3, 4000],
    [4, 8000],
    [5, 10_000],
    [6, 10_000],
    [9, 10_000],
  ])('after attempt %i is between half of %i ms and the whole', (attempts, ceilingMs) => {
    expect(delayMs(attempts, 0, () => 0)).toBe(ceilingMs / 2);
    expect(delayMs(attempts, 0, () => 0.5)).toBe((ceilingMs * 3) / 4);
    expect(delayMs(attempts, 0, () => 0.999)).toBeCloseTo(ceilingMs * 0.9995);
  });

  test('is added to what the server asks for', () => {
    expect(delayMs(1, 7000, () => 0.5)).toBe(7750);
  });

  test('adds up to more than twelve seconds in six attempts, whatever chance says', () => {
    const waits = [1, 2, 3, 4, 5].map((attempts) => delayMs(attempts, 0, () => 0));
    expect(waits.reduce((sum, wait) => sum + wait)).toBe(12_500);
  });
});
