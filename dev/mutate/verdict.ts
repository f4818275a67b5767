// Whether the tests hold what they were run against.
import { equivalents, type Spot } from './equivalents.ts';
import type { Mutant } from './stryker.ts';

export interface Survivor extends Spot {
  /** Why no test can notice it, or undefined where nobody has said so. */
  readonly because: string | undefined;
}

export interface Verdict {
  readonly survivors: readonly Survivor[];
  /** What is wrong, a sentence each. */
  readonly faults: readonly string[];
}

export interface Tally {
  readonly killed: number;
  readonly late: number;
  readonly alive: number;
  readonly invalid: number;
  /** Of those that could be met by a test. 100 where there are none. */
  readonly percent: number;
}

export function tally(mutants: readonly Mutant[]): Tally {
  const count = (wanted: Mutant['fate']) => mutants.filter(({ fate }) => fate === wanted).length;
  const [killed, late, alive] = [count('killed'), count('late'), count('alive')];
  const met = killed + late + alive;
  const percent = met === 0 ? 100 : (100 * killed) / met;
  return { killed, late, alive, invalid: count('invalid'), percent };
}

/** `leastPercent` is the share of mutants that tests must kill. What is late counts as missed. */
export function judge(
  modules: readonly string[],
  mutants: readonly Mutant[],
  leastPercent: number,
): Verdict {
  const survivors = mutants
    .filter(({ fate }) => fate === 'alive')
    .map((mutant) => ({ ...mutant, because: findReason(mutant) }));
  const unexplained = survivors
    .filter(({ because }) => because === undefined)
    .map((spot) => `No test notices ${describeSpot(spot)}`);
  const stale = equivalents
    .flatMap(({ spots }) => spots)
    .filter(({ module }) => modules.includes(module))
    .filter((spot) => !survivors.some((survivor) => isSame(spot, survivor)))
    .map((spot) => `dev/mutate/equivalents.ts names what is not alive: ${describeSpot(spot)}`);
  const { percent } = tally(mutants);
  const low =
    percent < leastPercent ? [`${percent.toFixed(1)} % killed, less than ${leastPercent} %`] : [];
  return { survivors, faults: [...unexplained, ...stale, ...low] };
}

export function describeSpot({ module, line, original, replacement }: Spot): string {
  return `${module}.ts: \`${flatten(replacement)}\` for \`${flatten(original)}\` in \`${line}\``;
}

function findReason(mutant: Mutant): string | undefined {
  return equivalents.find(({ spots }) => spots.some((spot) => isSame(spot, mutant)))?.because;
}

function isSame(one: Spot, other: Spot): boolean {
  return (
    one.module === other.module &&
    one.line === other.line &&
    flatten(one.original) === flatten(other.original) &&
    flatten(one.replacement) === flatten(other.replacement)
  );
}

function flatten(code: string): string {
  return code.replace(/\s+/g, ' ');
}
