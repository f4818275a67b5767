// How long an attempt may take, and how long to wait before the next one.
import { describe, expect, test } from '@jest/globals';
import { attemptLimitMs, delayMs, retryAfterMs } from '../../src/http/retry.ts';
import { START_MS } from '../support/clock.ts';

test.each([
  ['all of it, for the last attempt', 50_000, 1, 50_000],
  ['half of it, for an earlier one', 50_000, 2, 25_000],
  ['at most 30 s, for an earlier one', 60_002, 2, 30_000],
  ['half, where that is just below 30 s', 59_998, 2, 29_999],
  ['half, where that is just above 1 s', 2_002, 2, 1001],
  ['at least 1 s, for an earlier one', 1_998, 2, 1000],
  ['all of it, where that is less than 1 s', 400, 2, 400],
  ['a millisecond, where none is left', 0, 1, 1],
  ['a millisecond, where it is overdrawn', -5, 3, 1],
])('the time limit of the whole gives an attempt %s', (_name, leftMs, attemptsLeft, limitMs) => {
  expect(attemptLimitMs(leftMs, attemptsLeft)).toBe(limitMs);
});

describe('the wait before the next attempt', () => {
  test.each([
    [1, 500],
    [2, 1000],
    [3, 2000],
    [4, 4000],
    [5, 8000],
    [6, 10_000],
    [9, 10_000],
  ])('after attempt %i is a random part of %i ms', (attempts, ceilingMs) => {
    expect(delayMs(attempts, 0, 3_600_000, () => 0)).toBe(0);
    expect(delayMs(attempts, 0, 3_600_000, () => 0.5)).toBe(ceilingMs / 2);
    expect(delayMs(attempts, 0, 3_600_000, () => 0.999)).toBeCloseTo(ceilingMs * 0.999);
  });

  test('is added to what the server asks for', () => {
    expect(delayMs(1, 7000, 60_000, () => 0.5)).toBe(7250);
  });

  test('takes no more than half of the time that is left', () => {
    expect(delayMs(6, 0, 1000, () => 0.9)).toBe(500);
    expect(delayMs(6, 7000, 9000, () => 0.9)).toBe(8000);
  });
});

describe('Retry-After', () => {
  const inTenSeconds = new Date(START_MS + 10_000).toUTCString();
  test.each([
    ['absent', undefined, 0],
    ['empty', '', 0],
    ['seconds', '120', 120_000],
    ['seconds between blanks', ' 7 ', 7000],
    ['zero', '0', 0],
    ['a fraction', '1.5', 0],
    ['a negative number', '-3', 0],
    ['a number with a unit', '3s', 0],
    ['a unit with a number', 's3', 0],
    ['a date', inTenSeconds, 10_000],
    ['a date in the long form', 'Saturday, 21-Nov-26 20:00:10 GMT', 10_000],
    ["a date in the form of C's asctime", 'Sat Nov 21 20:00:10 2026', 10_000],
    ['such a date with a day of one digit', 'Tue Dec  1 20:00:00 2026', 864_000_000],
    ['such a date after something else', 'Not Sat Nov 21 20:00:10 2026', 0],
    ['such a date before something else', 'Sat Nov 21 20:00:10 2026 (or so)', 0],
    ['a date in the past', new Date(START_MS - 1000).toUTCString(), 0],
    ['a date without its weekday', inTenSeconds.slice(5), 0],
    ['a date with a weekday of two letters', inTenSeconds.replace('Sat', 'Sa'), 0],
    ['a date after something else', `x${inTenSeconds}`, 0],
    ['a date before something else', `${inTenSeconds} (or so)`, 0],
    ['a date that there is not', 'Sat, 99 Nov 2026 20:00:10 GMT', 0],
    ['a date in ISO 8601', new Date(START_MS + 10_000).toISOString(), 0],
  ])('that is %s (%s) asks for %i ms', (_name, value, waitMs) => {
    expect(retryAfterMs({ 'retry-after': value }, START_MS)).toBe(waitMs);
  });

  test("as a date counts from the answer's own clock where it tells the time", () => {
    const date = new Date(START_MS + 7000).toUTCString();
    expect(retryAfterMs({ 'retry-after': inTenSeconds, date }, START_MS - 86_400_000)).toBe(3000);
  });

  test("as a date counts from this machine's clock where the answer's cannot be read", () => {
    expect(retryAfterMs({ 'retry-after': inTenSeconds, date: 'noon' }, START_MS)).toBe(10_000);
  });
});
