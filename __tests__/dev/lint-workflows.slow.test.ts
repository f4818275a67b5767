// `npm run lint:workflows`: finds nothing here, and elsewhere what is wrong.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { root } from '../../dev/support/repository.ts';
import { ownName } from '../../dev/workflows/sources.ts';
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
  expect(stdout).toMatch(/^\d+ files and \d+ blocks of documents are well\n$/);
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
const smokeTest = readFileSync(join(root, 'examples/nightly-smoke-test.yml'), 'utf8');
const pin = /(actions\/[\w/-]+)@\w{40} # v\d+\.\d+\.\d+/;

const wrong: Readonly<Record<string, [string, string]>> = {
  'event.yml': [
    example.replace('workflow_dispatch', 'workflow_despatch'),
    'unknown Webhook event "workflow_despatch"',
  ],
  'input.yml': [
    example.replace('sealed-token-file:', 'seeled-token-file:'),
    "Invalid action input 'seeled-token-file'",
  ],
  'tag.yml': [example.replace(pin, '$1@v6'), 'actions/cache@v6" is not pinned'],
  'commit.yml': [example.replace(pin, `$1@${'a'.repeat(40)}`), `@${'a'.repeat(40)}" is not pinned`],
  'branch.yml': [example.replace(`${ownName}@v1`, `${ownName}@main`), '@main" is not pinned'],
  'workflow-input.yml': [smokeTest.replace('services:', 'servces:'), 'servces is not defined'],
  'inner-input.yml': [
    concurrent.replace('scope: openid', 'scop: openid'),
    "15: Invalid action input 'scop'",
  ],
  'local-input.yml': [
    concurrent.replace('uses: $/', 'uses: ./').replace('scope: openid', 'scop: openid'),
    "Invalid action input 'scop'",
  ],
  'other-input.yml': [
    concurrent.replace('uses: $/', 'uses: $/examples/composite'),
    "Invalid action input 'scope'",
  ],
  'output.yml': [concurrent.replace('outputs.client-id', 'outputs.token'), 'invalid: token'],
  'wait.yml': [concurrent.replace('wait: install', 'wait: instal'), "unknown step ID 'instal'"],
  'context.yml': [concurrent.replace('steps.inner', 'steps.iner'), 'might be invalid: iner'],
  'key.yml': [
    concurrent.replace('background: true', 'backgrund: true'),
    'unexpected key "backgrund"',
  ],
};

test('what is wrong is found, and steps that run at the same time are not', async () => {
  const texts = Object.entries(wrong).map(([name, [text]]) => [name, text]);
  const { code, found } = await lintAll({ 'good.yml': concurrent, ...Object.fromEntries(texts) });
  expect(code).toBe(1);
  expect(found['good.yml']).toEqual([]);
  for (const [name, [, message]] of Object.entries(wrong)) {
    expect({ name, said: found[name]?.join('\n') }).toEqual({
      name,
      said: expect.stringContaining(message),
    });
  }
});

test('an option that does not exist is one line', async () => {
  expect(await lint(root, ['--fix'])).toEqual({
    code: 2,
    stdout: '',
    stderr: "Unknown option '--fix': --help lists what there is\n",
  });
});
