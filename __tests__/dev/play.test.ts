// The parts of what plays workflows, each by itself: expressions, matrices, names, pins, PowerShell, documents.
import { describe, expect, test } from '@jest/globals';
import { decide, fill, fillDeep } from '../../dev/examples/expressions.ts';
import { expandMatrix } from '../../dev/examples/matrix.ts';
import { findUnknownNames, findUnpinned, ownName } from '../../dev/examples/names.ts';
import { findSyntaxErrors } from '../../dev/examples/powershell.ts';
import { listBlocks } from '../../dev/examples/sources.ts';
import { readYaml, type Workflow } from '../../dev/examples/workflow.ts';
import { readAction } from '../../dev/runner/action.ts';

describe('an expression', () => {
  const context = { matrix: { os: 'linux', node: 24, list: [1, 2] } };

  test.each([
    [`\${{ matrix.os }}`, 'linux'],
    [`\${{ matrix.node }}`, 24],
    [`\${{ matrix.list }}`, [1, 2]],
    [` \${{ matrix.list }}\n`, [1, 2]],
    [`\${{ 'a }} b' }}`, 'a }} b'],
  ])('that is all of a value gives it its type: %j', (value, filled) => {
    expect(fillDeep(value, context)).toEqual(filled);
  });

  test.each([
    [`on \${{ matrix.os }}`, 'on linux'],
    [`\${{ matrix.node }}.0`, '24.0'],
    [`\${{ 'a }} b' }}\${{ 'it''s' }}`, "a }} bit's"],
    ['none', 'none'],
  ])('that is a part of a value is text in it: %j', (value, filled) => {
    expect(fillDeep(value, context)).toBe(filled);
    expect(fill(value, context)).toBe(filled);
  });

  test('beside another in one value ends before it: the two are not one', () => {
    const value = `\${{ matrix.os }}-\${{ matrix.node }}`;
    expect(fillDeep({ name: [value] }, context)).toEqual({ name: ['linux-24'] });
  });

  test('is filled in wherever it stands', () => {
    const value = {
      name: [`\${{ matrix.os }}`, { 'max-parallel': `\${{ matrix.node }}` }],
      on: true,
    };
    expect(fillDeep(value, context)).toEqual({
      name: ['linux', { 'max-parallel': 24 }],
      on: true,
    });
  });

  test.each([
    ['', 'success', true],
    ['', 'failure', false],
    ["matrix.os == 'linux'", 'success', true],
    ["matrix.os == 'linux'", 'failure', false],
    [`\${{ matrix.os == 'macos' }}`, 'success', false],
    ['always()', 'failure', true],
    [`\${{ failure() }}`, 'failure', true],
    ['failure()', 'success', false],
  ] as const)('decides as a condition: "%s" after %s is %s', (condition, status, runs) => {
    expect(decide(condition, context, status)).toBe(runs);
  });
});

test.each([
  [
    'axes',
    { a: [1, 2], b: [3] },
    [
      { a: 1, b: 3 },
      { a: 2, b: 3 },
    ],
  ],
  ['exclude', { a: [1, 2], exclude: [{ a: 1 }] }, [{ a: 2 }]],
  ['include, to what fits', { a: [1, 2], include: [{ a: 1, c: 3 }] }, [{ a: 1, c: 3 }, { a: 2 }]],
  ['include, of its own', { a: [1], include: [{ a: 4 }] }, [{ a: 1 }, { a: 4 }]],
  ['include alone', { include: [{ a: 1 }, { b: 2 }] }, [{ a: 1 }, { b: 2 }]],
  ['nothing', undefined, [{}]],
])('a matrix of %s is expanded', (_what, matrix, expected) => {
  expect(expandMatrix(matrix)).toEqual(expected);
});

test('documents give their workflows and lists of steps, by their lines', () => {
  const document = [
    'Text',
    '```yaml',
    'jobs: {}',
    '```',
    '  ```yaml',
    '  - run: echo',
    '  ```',
    '```yaml',
    'with: {}',
    '```',
  ].join('\n');
  const { workflows, steps } = listBlocks({ path: 'x.md', line: 1, text: `${document}\n` });
  expect(workflows).toEqual([{ path: 'x.md', line: 3, text: 'jobs: {}\n' }]);
  const [fragment] = steps;
  expect(fragment?.line).toBe(-1);
  expect(fragment?.text).toMatch(/^ {6}- run: echo\n$/m);
});

test('names that action.yml does not have are found', () => {
  const workflow = readYaml<Workflow>(`
jobs:
  job:
    steps:
      - id: ims
        uses: ${ownName}@v1
        with: { client_id: a-client, client-secret: a-secret }
      - run: echo \${{ steps.ims.outputs.token }}
`);
  expect(findUnknownNames(workflow, readAction())).toEqual(['client_id', 'token']);
});

test.each([
  ['a tag', 'actions/checkout@v7'],
  ['a commit without its version', `actions/checkout@${'a'.repeat(40)}`],
  ['another branch of ours', `${ownName}@main`],
])('a pin to %s is found', (_what, uses) => {
  const source = { path: 'x.yml', line: 1, text: `    steps:\n      - uses: ${uses}\n` };
  expect(findUnpinned(source)).toEqual([`x.yml: "${uses}" is not pinned`]);
});

test('PowerShell that cannot be read is found', async () => {
  expect(await findSyntaxErrors("Write-Output 'well'")).toEqual([]);
  expect(await findSyntaxErrors("Write-Output 'x'\nif ($a { 1 }")).toEqual([
    expect.stringMatching(/^Syntax error in line 2: /),
  ]);
});
