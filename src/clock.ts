/** Time and chance, handed in so that a test can hand in its own. */

export interface Clock {
  /** Milliseconds since the process started, never set back. */
  elapsed(): number;
  /** Wall-clock time as milliseconds since the epoch: right only as far as the machine's clock is. */
  now(): number;
  /** Resolves after so many milliseconds. */
  sleep(ms: number): Promise<void>;
  /** A number from 0 up to, not including, 1. */
  random(): number;
}

export const systemClock: Clock = {
  // The same clock as performance.now(), which would load a dozen of Node's modules for it.
  elapsed: () => process.uptime() * 1000,
  now: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  random: () => Math.random(),
};
