// The wait that a server asks for, in any of the forms of RFC 9110.
import { describe, expect, test } from '@jest/globals';
import type { HttpResponse } from '../../src/http/response.ts';
import { readRetryAfterMs } from '../../src/http/retry-after.ts';
import { START_MS } from '../support/clock.ts';

const ask = (headers: HttpResponse['headers'], receivedAtMs = START_MS) =>
  readRetryAfterMs({ status: 503, headers, body: '', receivedAtMs });

describe('Retry-After', () => {
  const inTenSeconds = new Date(START_MS + 10_000).toUTCString();
  test.each([
    ['absent', undefined, 0],
    ['empty', '', 0],
    ['seconds', '120', 120_000],
    ['seconds between blanks', ' 7 ', 7000],
    ['zero', '0', 0],
    ['a number of four hundred digits', '9'.repeat(400), 1e12],
    ['a date in eight thousand years', 'Fri, 31 Dec 9999 23:59:59 GMT', 1e12],
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
    expect(ask({ 'retry-after': value })).toBe(waitMs);
  });

  test("as a date counts from the answer's own clock where it tells the time", () => {
    const date = new Date(START_MS + 7000).toUTCString();
    expect(ask({ 'retry-after': inTenSeconds, date }, START_MS - 86_400_000)).toBe(3000);
  });

  test("as a date counts from this machine's clock where the answer's cannot be read", () => {
    expect(ask({ 'retry-after': inTenSeconds, date: 'noon' })).toBe(10_000);
  });
});
