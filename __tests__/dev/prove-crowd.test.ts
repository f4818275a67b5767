// The statistics of a crowd of steps that try again at the same time.
import { describe, expect, test } from '@jest/globals';
import { findDistance, findPeak, subtractLag } from '../../dev/prove/crowd/spread.ts';

describe('the statistics of a crowd', () => {
  const retry = (jitterMs: number) => ({ atMs: 0, jitterMs, ceilingMs: 1000 });

  test('count the most moments within a stretch', () => {
    expect(findPeak([5, 0, 10, 500, 505, 990], 100)).toBe(3);
  });

  test('tell even jitter from half of it and from none', () => {
    const even = Array.from({ length: 100 }, (_, index) => index * 10);
    expect(findDistance(even.map(retry))).toBeLessThan(0.02);
    expect(findDistance(even.map((part) => retry(part / 2)))).toBeGreaterThan(0.45);
    expect(findDistance(even.map(() => retry(0)))).toBeGreaterThan(0.9);
  });

  test('know the way from the jitter', () => {
    const retries = [retry(170), { ...retry(90), ceilingMs: 500 }];
    const controls = [retry(70), { ...retry(40), ceilingMs: 500 }, retry(900), retry(60)];
    expect(subtractLag(retries, controls).map(({ jitterMs }) => jitterMs)).toEqual([100, 50]);
  });
});
