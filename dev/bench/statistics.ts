// The few statistics that a benchmark needs.

export interface Estimate {
  readonly median: number;
  /** The bounds of the interval that holds the median with 95 % confidence. */
  readonly low: number;
  readonly high: number;
}

/**
 * The median, with an interval that supposes nothing of how the values are distributed: between two
 * ranks, as the binomial distribution has them. NaN where there are no values.
 * @see Conover, Practical Nonparametric Statistics, 3.2
 */
export function estimateMedian(values: readonly number[]): Estimate {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (rank: number) => sorted[rank - 1] ?? Number.NaN;
  const count = sorted.length;
  const rank = Math.max(1, Math.floor(count / 2 - 0.98 * Math.sqrt(count)));
  return {
    median: (at(Math.ceil(count / 2)) + at(Math.floor(count / 2) + 1)) / 2,
    low: at(rank),
    high: at(count + 1 - rank),
  };
}

/** The values in random order. */
export function shuffle<T>(values: readonly T[]): T[] {
  return values
    .map((value) => ({ value, at: Math.random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ value }) => value);
}
