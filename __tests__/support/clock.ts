// A clock that stands still until it is told to go on, or somebody sleeps.
import type { Clock } from '../../src/clock.ts';

export interface FakeClock extends Clock {
  /** Each wait that was asked for, in milliseconds. */
  readonly sleeps: readonly number[];
  advance(ms: number): void;
  /** Sets the machine's clock. */
  set(driftMs: number): void;
}

/** 2026-11-21T20:00:00Z. */
export const START_MS = 1_795_291_200_000;

/** Three hours, when the clock is made. */
export const UPTIME_MS = 10_800_000;

/** Sleeping costs no time: the clock is advanced by it. `random` always gives the same number. */
export function fakeClock({ elapsedMs = 0, nowMs = START_MS, random = 0.5 } = {}): FakeClock {
  let passedMs = 0;
  let driftMs = 0;
  const sleeps: number[] = [];
  const advance = (ms: number) => {
    passedMs += ms;
  };
  return {
    sleeps,
    advance,
    elapsed: () => elapsedMs + passedMs,
    uptime: () => UPTIME_MS + passedMs,
    now: () => nowMs + passedMs,
    drift: () => driftMs,
    set: (ms) => {
      driftMs = ms;
    },
    sleep: async (ms) => {
      sleeps.push(ms);
      advance(ms);
    },
    random: () => random,
  };
}
