// The machine's own clock and chance.
import { describe, expect, test } from '@jest/globals';
import { systemClock } from '../src/clock.ts';

describe('the clock', () => {
  test('counts from the start of the process and is never set back', () => {
    const readings = Array.from({ length: 5 }, systemClock.elapsed);
    expect(readings).toEqual(readings.toSorted((a, b) => a - b));
    expect(Math.abs(performance.now() - systemClock.elapsed())).toBeLessThan(1000);
  });

  test('tells the time of day', () => {
    const before = Date.now();
    const now = systemClock.now();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });

  test('wakes a sleeper once the time is over, and not before', async () => {
    const before = systemClock.elapsed();
    await systemClock.sleep(5);
    // Node's timers may be up to a millisecond early.
    expect(systemClock.elapsed() - before).toBeGreaterThan(3.9);
  });

  test('gives random numbers from 0 up to 1, not always the same', () => {
    const thrown = Array.from({ length: 20 }, systemClock.random);
    expect(thrown.every((number) => number >= 0 && number < 1)).toBe(true);
    expect(new Set(thrown).size).toBeGreaterThan(1);
  });
});
