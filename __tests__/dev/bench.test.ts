// The benchmark's statistics.
import { describe, expect, test } from '@jest/globals';
import {
  describeSpread,
  estimateMedian,
  findSlope,
  quantile,
  shuffle,
} from '../../dev/bench/statistics.ts';

test.each([
  [[7], 0.5, 7],
  [[3, 1, 2], 0.5, 2],
  [[4, 1, 3, 2], 0.5, 2.5],
  [[1, 2, 3, 4, 5], 0.25, 2],
  [[1, 2, 3, 4, 5], 1, 5],
  [[], 0.5, Number.NaN],
])('of %j the quantile at %d is %d', (values, share, expected) => {
  expect(quantile(values, share)).toBe(expected);
});

test('a spread is the median with its quartiles', () => {
  expect(describeSpread([9, 1, 5, 3, 7])).toEqual({
    median: 5,
    lowerQuartile: 3,
    upperQuartile: 7,
  });
});

describe('the interval of a median', () => {
  test('is a point where all values are the same', () => {
    expect(estimateMedian([2, 2, 2])).toEqual({ median: 2, low: 2, high: 2 });
  });

  test('lies within the values and around their median', () => {
    const values = Array.from({ length: 41 }, (_, index) => index);
    const { median, low, high } = estimateMedian(values, makeRandom());
    expect(median).toBe(20);
    // Of 41 values, binomially, the 14th and the 28th bound the median with 95 %.
    expect(low).toBeGreaterThanOrEqual(11);
    expect(low).toBeLessThan(17);
    expect(high).toBeGreaterThan(23);
    expect(high).toBeLessThanOrEqual(29);
  });
});

test('the slope of a line is not moved by one point far off', () => {
  const points = [1, 2, 3, 4, 5].map((x) => [x, 3 * x + 1] as const);
  expect(findSlope([...points, [3, 1000]])).toBeCloseTo(3);
});

test('shuffling keeps every value', () => {
  const values = [1, 2, 3, 4, 5, 6, 7, 8];
  const shuffled = shuffle(values, makeRandom());
  expect(shuffled).not.toEqual(values);
  expect(shuffled.toSorted()).toEqual(values);
});

/** Chance that is the same in each run: a linear congruential generator. */
function makeRandom(seed = 1): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}
