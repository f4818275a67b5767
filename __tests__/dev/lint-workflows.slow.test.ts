// `npm run lint:workflows`: finds nothing here, and elsewhere what is wrong.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { root } from '../../dev/support/repository.ts';
import { ownName } from '../../dev/workflows/names.ts';
import { makeFolder } from '../support/folder.ts';
import { runScript } from '../support/script-run.ts';

function lint(cwd: string, words: readonly string[] = []) {
  return runScript(join(root, 'dev/workflows/lint.ts'), words, { cwd });
}

/** What is found in workflows, by their names, each as `line: message`: all at once, since the linters start slowly. */
async function lintAll(texts: Readonly<Record<string, string>>) {
  const folder = makeFolder();
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
  const { code, stdout } = await lint(folder, Object.keys(texts));
  const find = (name: string) =>
    [...stdout.matchAll(new RegExp(`^${name}:(.*)$`, 'gm'))].map(([, found = '']) => found);
  return { code, found: Object.fromEntries(Object.keys(texts).map((name) => [name, find(name)])) };
}

test('this repository is well', async () => {
  const { code, stdout } = await lint(root);
  expect(stdout).toMatch(/^\d+ workflows, \d+ lists of steps and \d+ actions are well\n$/);
  expect(code).toBe(0);
});

/** Steps that run at the same time, and `uses: $/`. */
const concurrent = `name: Concurrent
on: workflow_dispatch
permissions: {}
jobs:
  job:
    runs-on: ubuntu-latest
    steps:
      - id: install
        run: npm ci
        background: true
      - parallel:
          - id: inner
            uses: $/
            with:
              scope: openid
          - run: echo
      - uses: ${ownName}@v1
        with:
          client-id: \${{ steps.inner.outputs.client-id }}
      - wait: install
      - wait-all:
      - cancel: install
`;

const example = readFileSync(join(root, 'examples/cached-token.yml'), 'utf8');

const wrong = {
  'event.yml': example.replace('workflow_dispatch', 'workflow_despatch'),
  'input.yml': example.replace('sealed-token-file:', 'seeled-token-file:'),
  'pin.yml': example.replace(/(actions\/[\w/-]+)@\w{40} /, '$1@v6 '),
  'inner-input.yml': concurrent.replace('scope: openid', 'scop: openid'),
  'wait.yml': concurrent.replace('wait: install', 'wait: instal'),
  'context.yml': concurrent.replace('steps.inner', 'steps.iner'),
  'key.yml': concurrent.replace('background: true', 'backgrund: true'),
};

test('what is wrong is found, and steps that run at the same time are not', async () => {
  const { code, found } = await lintAll({ 'good.yml': concurrent, ...wrong });
  expect(code).toBe(1);
  const said = Object.entries(found).map(([name, findings]) => [name, findings.join('\n')]);
  expect(Object.fromEntries(said)).toEqual({
    'good.yml': '',
    'event.yml': expect.stringMatching(
      /unknown Webhook event "workflow_despatch".*Unexpected value 'workflow_despatch'/s,
    ),
    'input.yml': '1: action.yml has no "seeled-token-file"',
    'pin.yml': expect.stringMatching(/^ "actions\/[\w/-]+@v6 # v\d+\.\d+\.\d+" is not pinned$/),
    'inner-input.yml': '1: action.yml has no "scop"',
    'wait.yml': expect.stringContaining("unknown step ID 'instal'"),
    'context.yml': expect.stringContaining('might be invalid: iner'),
    'key.yml': expect.stringContaining('unexpected key "backgrund"'),
  });
});

test('an option that does not exist is one line', async () => {
  expect(await lint(root, ['--fix'])).toEqual({
    code: 2,
    stdout: '',
    stderr: "Unknown option '--fix': --help lists what there is\n",
  });
});
