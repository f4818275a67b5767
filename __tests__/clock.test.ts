// The machine's own clock and chance.
import { execFileSync } from 'node:child_process';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { openClock } from '../src/clock.ts';

const clock = openClock();

/** Sets the machine's clock. */
function setClock(ms: number): void {
  const { now } = Date;
  jest.spyOn(Date, 'now').mockImplementation(() => now() + ms);
}

afterEach(() => {
  jest.restoreAllMocks();
});

describe('the clock', () => {
  test('counts from the start of the process and is never set back', () => {
    const readings = Array.from({ length: 5 }, clock.elapsed);
    expect(readings).toEqual(readings.toSorted((a, b) => a - b));
    expect(Math.abs(performance.now() - clock.elapsed())).toBeLessThan(1000);
  });

  test('tells the time of day', () => {
    const before = Date.now();
    const now = clock.now();
    expect(now).toBeGreaterThan(before - 100);
    expect(now).toBeLessThan(Date.now() + 100);
    expect(clock.drift()).toBe(0);
  });

  test.each([2 * 86_400_000, -2 * 86_400_000])('goes on when the machine is set by %i ms', (ms) => {
    const before = clock.now();
    setClock(ms);
    expect(clock.now() - before).toBeLessThan(60_000);
    expect(Math.abs(clock.drift() - ms)).toBeLessThan(100);
  });

  test.each([700, -700])('takes %i ms for no correction', (ms) => {
    setClock(ms);
    expect(clock.drift()).toBe(0);
  });

  test('is one for all processes of the machine, where it counts from its start', () => {
    const script = 'const [s, ns] = process.hrtime(); console.log(s * 1000 + ns / 1e6)';
    const before = clock.uptime();
    const there = Number(execFileSync(process.execPath, ['--eval', script]));
    expect(there).toBeGreaterThanOrEqual(before - 1);
    expect(there).toBeLessThanOrEqual(clock.uptime() + 1);
    expect(Number.isInteger(before)).toBe(true);
  });

  test('wakes a sleeper once the time is over, and not before', async () => {
    const before = clock.elapsed();
    await clock.sleep(5);
    // Node's timers may be up to a millisecond early.
    expect(clock.elapsed() - before).toBeGreaterThan(3.9);
  });

  test('gives random numbers from 0 up to 1, not always the same', () => {
    const thrown = Array.from({ length: 20 }, clock.random);
    expect(thrown.every((number) => number >= 0 && number < 1)).toBe(true);
    expect(new Set(thrown).size).toBeGreaterThan(1);
  });
});
