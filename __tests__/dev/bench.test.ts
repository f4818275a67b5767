// The benchmark's statistics.
import { expect, test } from '@jest/globals';
import { estimateMedian, shuffle } from '../../dev/bench/statistics.ts';

test.each([
  [[7], { median: 7, low: 7, high: 7 }],
  [[3, 1, 2], { median: 2, low: 1, high: 3 }],
  [[4, 1, 3, 2], { median: 2.5, low: 1, high: 4 }],
  [[], { median: Number.NaN, low: Number.NaN, high: Number.NaN }],
])('the median of %j, with its interval', (values, estimate) => {
  expect(estimateMedian(values)).toEqual(estimate);
});

test('of 41 values the 14th and the 28th bound the median with 95 %', () => {
  const values = Array.from({ length: 41 }, (_, index) => index + 1);
  expect(estimateMedian(values)).toEqual({ median: 21, low: 14, high: 28 });
});

test('shuffling keeps every value', () => {
  const values = [1, 2, 3, 4, 5, 6, 7, 8];
  expect(shuffle(values).toSorted()).toEqual(values);
});
