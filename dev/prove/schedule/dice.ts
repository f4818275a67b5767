// Chance that can be repeated: the same seed and number draw the same schedule on every machine.

export interface Dice {
  /** From 0 up to, but not including, 1. */
  roll(): number;
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  /** One of the values. */
  pick<T>(values: readonly T[]): T;
  /** One of the keys, each as likely as its number is large. */
  weigh<K extends string>(weights: Readonly<Record<K, number>>): K;
  /** Text of `length` characters of `alphabet`. */
  spell(alphabet: string, length: number): string;
}

/** The dice of one schedule of a campaign. */
export function createDice(seed: number, index: number): Dice {
  const roll = createMulberry(mix(mix(seed) ^ index));
  const between = (low: number, high: number) => low + Math.floor(roll() * (high - low + 1));
  return {
    roll,
    between,
    chance: (probability) => roll() < probability,
    pick: (values) => pick(values, between(0, values.length - 1)),
    weigh: (weights) => weigh(weights, roll()),
    spell: (alphabet, length) =>
      Array.from({ length }, () => alphabet[between(0, alphabet.length - 1)]).join(''),
  };
}

function pick<T>(values: readonly T[], index: number): T {
  if (values.length === 0) throw new Error('Nothing to pick from');
  return values[index] as T;
}

function weigh<K extends string>(weights: Readonly<Record<K, number>>, roll: number): K {
  const entries = Object.entries(weights) as [K, number][];
  let rest = roll * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [key, weight] of entries) {
    rest -= weight;
    if (rest < 0) return key;
  }
  throw new Error('No weights');
}

/** Mulberry32, by Tommy Ettinger: small, fast and even enough to draw faults with. */
function createMulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), 1 | state);
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word;
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Spreads neighbouring numbers far apart (the finalizer of MurmurHash3). */
function mix(number: number): number {
  let word = Math.imul(number ^ (number >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return word ^ (word >>> 16);
}
