// The few statistics that a benchmark needs.

export interface Spread {
  readonly median: number;
  readonly lowerQuartile: number;
  readonly upperQuartile: number;
}

export interface Estimate {
  readonly median: number;
  /** The bounds of the interval that holds the median with 95 % confidence. */
  readonly low: number;
  readonly high: number;
}

export type Random = () => number;

export function describeSpread(values: readonly number[]): Spread {
  return {
    median: quantile(values, 0.5),
    lowerQuartile: quantile(values, 0.25),
    upperQuartile: quantile(values, 0.75),
  };
}

/** Between the two nearest values, in proportion; NaN where there are none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at % 1);
}

/**
 * The median with its bootstrap interval: the middle 95 % of the medians of so many resamples.
 * @see https://doi.org/10.1214/aos/1176344552
 */
export function estimateMedian(
  values: readonly number[],
  random: Random = Math.random,
  resamples = 5000,
): Estimate {
  const medians = Array.from({ length: resamples }, () => quantile(resample(values, random), 0.5));
  return {
    median: quantile(values, 0.5),
    low: quantile(medians, 0.025),
    high: quantile(medians, 0.975),
  };
}

/**
 * The slope of a line through points [x, y], which outliers hardly move: the median of the slopes between points of different x.
 * @see https://doi.org/10.1080/01621459.1968.10480934
 */
export function findSlope(points: readonly (readonly [number, number])[]): number {
  const slopes = points.flatMap(([x, y], index) =>
    points
      .slice(index + 1)
      .filter(([other]) => other !== x)
      .map(([otherX, otherY]) => (otherY - y) / (otherX - x)),
  );
  return quantile(slopes, 0.5);
}

/** The values in random order. */
export function shuffle<T>(values: readonly T[], random: Random = Math.random): T[] {
  return values
    .map((value) => ({ value, at: random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ value }) => value);
}

function resample(values: readonly number[], random: Random): number[] {
  return values.map(() => values[Math.floor(random() * values.length)] ?? Number.NaN);
}
