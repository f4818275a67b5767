// The combinations that a job's matrix stands for.

export type Combination = Readonly<Record<string, unknown>>;

interface Matrix {
  readonly include?: readonly Combination[];
  readonly exclude?: readonly Combination[];
}

/**
 * What is included adds to the combinations that it agrees with; where there is none, it is one itself.
 * @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstrategymatrix
 */
export function expandMatrix(matrix: unknown): readonly Combination[] {
  if (typeof matrix !== 'object' || matrix === null) return [{}];
  const { include = [], exclude = [], ...axes } = matrix as Matrix & Record<string, unknown[]>;
  const names = Object.keys(axes);
  const base = crossAxes(axes).filter(
    (one) => !exclude.some((other) => agree(one, other, Object.keys(other))),
  );
  const fits = (one: Combination, extra: Combination) =>
    agree(
      one,
      extra,
      names.filter((name) => Object.hasOwn(extra, name)),
    );
  return [
    ...base.map((one) => Object.assign({}, one, ...include.filter((extra) => fits(one, extra)))),
    ...include.filter((extra) => !base.some((one) => fits(one, extra))),
  ];
}

function crossAxes(axes: Readonly<Record<string, readonly unknown[]>>): readonly Combination[] {
  const entries = Object.entries(axes);
  if (entries.length === 0) return [];
  return entries.reduce<readonly Combination[]>(
    (combinations, [name, values]) =>
      combinations.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [{}],
  );
}

function agree(one: Combination, other: Combination, names: readonly string[]): boolean {
  return names.every((name) => one[name] === other[name]);
}
