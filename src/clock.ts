/** Time and chance, handed in so that a test can hand in its own. */

export interface Clock {
  /** Milliseconds since the process started, never set back. */
  elapsed(): number;
  /** Milliseconds since the machine started, the same for each of its processes, never set back. */
  uptime(): number;
  /**
   * Wall-clock time as milliseconds since the epoch: that of the machine when the process started, and what
   * has elapsed. Setting the machine's clock meanwhile does not change how much time a token has left.
   */
  now(): number;
  /** How far the machine's clock has been set since the process started, in milliseconds, to be added to `now`. */
  drift(): number;
  /** Resolves after so many milliseconds. */
  sleep(ms: number): Promise<void>;
  /** A number from 0 up to, not including, 1. */
  random(): number;
}

/** Less is no correction, but the two clocks' running apart. */
const MIN_DRIFT_MS = 1000;

/** The machine's clock, read once: the process has just started. */
export function openClock(): Clock {
  // The same clock as performance.now(), which would load a dozen of Node's modules for it.
  const elapsed = () => process.uptime() * 1000;
  const startedAtMs = Date.now() - elapsed();
  const now = () => Math.round(startedAtMs + elapsed());
  return {
    elapsed,
    uptime: () => {
      const [seconds, nanoseconds] = process.hrtime();
      return seconds * 1000 + Math.round(nanoseconds / 1e6);
    },
    now,
    drift: () => {
      const driftMs = Date.now() - now();
      return Math.abs(driftMs) < MIN_DRIFT_MS ? 0 : driftMs;
    },
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    random: () => Math.random(),
  };
}
