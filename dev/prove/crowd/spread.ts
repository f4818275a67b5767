// How evenly moments are spread.

/** A try again after a wait that the server asked for. */
export interface Retry {
  readonly atMs: number;
  /** How much later than asked for. */
  readonly jitterMs: number;
  /** The most that the jitter may be. */
  readonly ceilingMs: number;
}

/** A line for each stretch of time, with a mark for each moment in it. */
export function drawHistogram(momentsMs: readonly number[], binMs: number): string {
  const counts: number[] = [];
  for (const atMs of momentsMs) {
    const bin = Math.max(0, Math.floor(atMs / binMs));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return Array.from(counts, (count = 0, bin) => {
    const time = ((bin * binMs) / 1000).toFixed(2).padStart(7);
    return `${time} s ${String(count).padStart(3)} ${'#'.repeat(count)}\n`;
  }).join('');
}

/** The most moments that any stretch of `spanMs` holds. */
export function findPeak(momentsMs: readonly number[], spanMs: number): number {
  const sorted = momentsMs.toSorted((one, other) => one - other);
  const counts = sorted.map(
    (startMs, index) => sorted.slice(index).filter((atMs) => atMs < startMs + spanMs).length,
  );
  return Math.max(0, ...counts);
}

/** The upper one where there are two. */
export function findMedian(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

/** `retries` without the time of the way: as much as `controls`, which have no jitter, came late under the same ceiling. */
export function subtractLag(retries: readonly Retry[], controls: readonly Retry[]): Retry[] {
  return retries.map((retry) => {
    const like = controls.filter(({ ceilingMs }) => ceilingMs === retry.ceilingMs);
    return { ...retry, jitterMs: retry.jitterMs - findMedian(like.map((one) => one.jitterMs)) };
  });
}

/**
 * The Kolmogorov-Smirnov distance of the jitters, as parts of their ceilings, from an even distribution.
 * @see https://en.wikipedia.org/wiki/Kolmogorov–Smirnov_test
 */
export function findDistance(retries: readonly Pick<Retry, 'jitterMs' | 'ceilingMs'>[]): number {
  const parts = retries
    .map(({ jitterMs, ceilingMs }) => Math.min(1, Math.max(0, jitterMs / ceilingMs)))
    .toSorted((one, other) => one - other);
  const distances = parts.flatMap((part, index) => [
    Math.abs((index + 1) / parts.length - part),
    Math.abs(part - index / parts.length),
  ]);
  return Math.max(0, ...distances);
}
