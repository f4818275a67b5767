// The parts of what lints and runs workflows, each by itself: documents, act's log, expectations, values, stubs.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { root } from '../../dev/support/repository.ts';
import { judge, type Outcome } from '../../dev/workflows/judge.ts';
import { readLog } from '../../dev/workflows/log.ts';
import { type Expectation, fillPlan } from '../../dev/workflows/plan.ts';
import { giveValues } from '../../dev/workflows/secrets.ts';
import { nameOwn, ownName, readBlocks } from '../../dev/workflows/sources.ts';
import { makeFolder } from '../support/folder.ts';
import { runScript } from '../support/script-run.ts';

test('documents give their workflows and lists of steps, by line and heading', () => {
  const document = [
    '## A heading, with `code`',
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
  const heading = 'a-heading-with-code';
  expect(readBlocks({ path: 'x.md', line: 1, text: `${document}\n` })).toEqual([
    { path: 'x.md', line: 3, heading, text: 'jobs: {}\n' },
    { path: 'x.md', line: -1, heading, text: expect.stringMatching(/\n {6}- run: echo\n$/) },
  ]);
});

test('`$/` is replaced for runners that do not know it', () => {
  expect(nameOwn('uses: $/\nuses: $/a/b # c\nrun: echo $/x\n')).toBe(
    `uses: ${ownName}@v1\nuses: ${ownName}/a/b@v1 # c\nrun: echo $/x\n`,
  );
});

test("act's log is read without what it does not mask", () => {
  const lines = [
    { job: 'a/b', jobID: 'b', msg: '  ⚙  ***', raw: '::add-mask::the-token\n' },
    { job: 'a/b', jobID: 'b', msg: 'hello\n', raw_output: true },
    { job: 'a/b', jobID: 'b', msg: '🏁  Job failed', jobResult: 'failure' },
  ];
  const printed = `${lines.map((line) => JSON.stringify(line)).join('\n')}\nError: a line\n`;
  expect(readLog(printed)).toEqual({
    text: '[a/b]   ⚙  ***\n[a/b] | hello\n[a/b] 🏁  Job failed\n[act] Error: a line\n',
    jobs: [{ id: 'b', name: 'a/b', result: 'failure' }],
  });
});

describe('a run is held to what is expected:', () => {
  const token = 'a-token-that-must-not-be-in-a-log';
  const good: Outcome = {
    log: { text: 'All went well\n', jobs: [{ id: 'a', name: 'W/a', result: 'success' }] },
    tokens: [token],
    revoked: [],
    calls: ['POST /ims/token/v3'],
    gh: [],
    refused: [],
    hidden: ['p8e-0123456789abcdefghij'],
  };
  const failed = [{ id: 'a', name: 'W/a', result: 'failure' }];
  const say = (text: string) => ({ log: { ...good.log, text } });

  const cases: [string, Expectation, Partial<Outcome>, string[]][] = [
    ['nothing more than usual', {}, {}, []],
    ['a job that fails', {}, { log: { ...good.log, jobs: failed } }, ['job W/a: failure']],
    ['a job that has to fail', { jobs: { a: 'failure' } }, {}, ['job a did not fail']],
    ['a job that does not run', { jobs: { b: 'success' } }, {}, ['job b did not run']],
    ['a job that must not run', { jobs: { a: 'skipped' } }, {}, ['job W/a: success']],
    ['no job at all', {}, { log: { text: 'x\nbad file', jobs: [] } }, ['no job ran: bad file']],
    ['no token', {}, { tokens: [] }, ['IMS was asked for no token']],
    ['more tokens', { tokens: 2 }, {}, ['tokens: 1, expected 2']],
    ['no revocation', { revoked: 1 }, {}, ['revoked tokens: 0, expected 1']],
    ['words', { log: ['minted'] }, {}, ['the log does not say "minted"']],
    ['no words', { absent: ['well'] }, {}, ['the log says "well"']],
    ['calls of gh', { gh: ['view'] }, {}, ['call 1 of gh: none, expected view']],
    ['no call of gh', {}, { gh: ['api x'] }, ['gh was called: api x']],
    [
      'a stranger',
      {},
      { refused: ['a.test:443'] },
      ["asks a.test:443, which is neither Adobe's nor the registry's"],
    ],
    ['a piece of the token', {}, say(token.slice(4, 24)), ['the log holds token 1 (raw)']],
    [
      'a secret',
      {},
      say(Buffer.from(`{${good.hidden}`).toString('hex')),
      ['the log holds secret 1 (hex)'],
    ],
  ];
  test.each(cases)('%s', (_what, expected, changes, problems) => {
    expect(judge(expected, { ...good, ...changes })).toEqual(problems);
  });
});

test('each secret that a workflow names gets a value, and client IDs may be seen', () => {
  const text = 'secrets.A_ID secrets.A_SECRET secrets.B vars.C_ID';
  const { secrets, vars, hidden } = giveValues(text, { secrets: { B: '' } });
  expect(Object.keys(secrets)).toEqual(['GITHUB_TOKEN', 'A_ID', 'A_SECRET']);
  expect(Object.keys(vars)).toEqual(['C_ID']);
  expect(hidden).toEqual([secrets['GITHUB_TOKEN'], secrets['A_SECRET']]);
});

test('of credentials in JSON only the secret is hidden', () => {
  const { secrets, hidden } = giveValues('secrets.ADOBE_CREDENTIALS', {});
  const { CLIENT_SECRETS } = JSON.parse(secrets['ADOBE_CREDENTIALS'] ?? '');
  expect(hidden).toEqual([secrets['GITHUB_TOKEN'], ...CLIENT_SECRETS]);
});

test('placeholders are filled in wherever they stand', () => {
  const value = { a: ['$sha', 1, null], b: { c: 'x$sha' } };
  expect(fillPlan(value, { sha: 'abc' })).toEqual({ a: ['abc', 1, null], b: { c: 'xabc' } });
});

test('the stub of gh answers by its rules, and writes down what it is told', async () => {
  const store = makeFolder();
  writeFileSync(join(store, 'gh.json'), JSON.stringify([{ match: 'view', output: '7', code: 3 }]));
  writeFileSync(join(store, 'body.md'), 'two\nlines');
  const gh = (...words: string[]) =>
    runScript(join(root, 'dev/workflows/stubs/gh.ts'), words, {
      cwd: store,
      env: { STUBS: store },
    });
  expect(await gh('issue', 'view', '1')).toEqual({ code: 3, stdout: '7', stderr: '' });
  expect(await gh('issue', 'create', '--body-file', 'body.md')).toMatchObject({ code: 0 });
  expect(readFileSync(join(store, 'gh.log'), 'utf8')).toBe(
    'issue view 1\nissue create --body-file body.md < two\\nlines\n',
  );
});
