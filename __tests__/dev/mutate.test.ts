// What the mutation run makes of Stryker's report, and when it is content.
import { describe, expect, test } from '@jest/globals';
import { equivalents } from '../../dev/mutate/equivalents.ts';
import { type Fate, type Mutant, readMutants } from '../../dev/mutate/stryker.ts';
import { judge, tally } from '../../dev/mutate/verdict.ts';

const mutant: Mutant = {
  module: 'retry',
  line: 'const limit = left / 2;',
  original: 'left / 2',
  replacement: 'left * 2',
  fate: 'killed',
};
const withFates = (...fates: readonly Fate[]) => fates.map((fate) => ({ ...mutant, fate }));
const survivors = equivalents
  .flatMap(({ spots }) => spots)
  .filter(({ module }) => module === 'retry')
  .map((spot): Mutant => ({ ...spot, fate: 'alive' }));
const killed = withFates(...Array<Fate>(100).fill('killed'));

describe('a mutant in a report', () => {
  const location = { start: { line: 2, column: 10 }, end: { line: 3, column: 4 } };
  const read = (status: string, statusReason?: string) =>
    readMutants('retry', {
      source: 'one();\n  two(() => {\n  });\n',
      mutants: [{ replacement: '{}', location, status, ...(statusReason && { statusReason }) }],
    });

  test('is read with what stood in its place', () => {
    expect(read('Killed')).toEqual([
      {
        module: 'retry',
        line: 'two(() => {',
        original: '=> {\n  }',
        replacement: '{}',
        fate: 'killed',
      },
    ]);
  });

  test.each<[string, string, Fate]>([
    ['Killed', 'expected 1, received 2', 'killed'],
    ['Killed', 'thrown: "Exceeded timeout of 5000 ms for a test."', 'late'],
    ['Timeout', '', 'late'],
    ['Survived', '', 'alive'],
    ['NoCoverage', '', 'alive'],
    ['RuntimeError', '', 'invalid'],
    ['CompileError', '', 'invalid'],
  ])('that is %s by "%s" is %s', (status, reason, fate) => {
    expect(read(status, reason)).toMatchObject([{ fate }]);
  });

  test('of a kind that is not known is an error', () => {
    expect(() => read('Ignored')).toThrow('Stryker says Ignored');
  });
});

test('what is late counts as missed, and what is invalid does not count', () => {
  const { percent, ...counts } = tally(withFates('killed', 'late', 'alive', 'killed', 'invalid'));
  expect(counts).toEqual({ killed: 2, late: 1, alive: 1, invalid: 1 });
  expect(percent).toBe(50);
  expect(tally([]).percent).toBe(100);
});

describe('the verdict', () => {
  test('is good where each survivor has its reason', () => {
    const verdict = judge(['retry'], [...survivors, ...killed], 95);
    expect(verdict.faults).toEqual([]);
    expect(verdict.survivors.map(({ because }) => typeof because)).toEqual(
      survivors.map(() => 'string'),
    );
  });

  test('is bad for a survivor without a reason', () => {
    const { faults } = judge(['retry'], [...survivors, ...withFates('alive'), ...killed], 95);
    expect(faults).toEqual([
      'No test notices retry.ts: `left * 2` for `left / 2` in `const limit = left / 2;`',
    ]);
  });

  test('is bad for a reason without its survivor, in a module that was run', () => {
    const { faults } = judge(['retry'], killed, 95);
    expect(faults).toHaveLength(survivors.length);
    expect(faults[0]).toMatch(/^dev\/mutate\/equivalents\.ts names what is not alive: retry\.ts: /);
    expect(judge(['mint'], killed, 95).faults).toEqual([]);
  });

  test.each([
    [95, []],
    [94, ['94.0 % killed, less than 95 %']],
  ])('is told of %i killed in a hundred', (count, faults) => {
    const fates = Array.from(
      { length: 100 },
      (_, index): Fate => (index < count ? 'killed' : 'late'),
    );
    expect(judge(['mint'], withFates(...fates), 95).faults).toEqual(faults);
  });
});
