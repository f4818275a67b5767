// The parts of what lints and runs workflows, each by itself: documents, act's log, expectations, values, stubs.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { root } from '../../dev/support/repository.ts';
import { readLog } from '../../dev/workflows/act.ts';
import { judge, type Outcome } from '../../dev/workflows/judge.ts';
import { type Expectation, fillPlan, giveValues } from '../../dev/workflows/plan.ts';
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
    jobs: [{ id: 'b', result: 'failure' }],
  });
});

describe('a run is held to what is expected:', () => {
  const token = 'a-token-that-must-not-be-in-a-log';
  const good: Outcome = {
    log: { text: 'All went well\n', jobs: [{ id: 'a', result: 'success' }] },
    tokens: [token],
    revoked: [],
    calls: ['POST /ims/token/v3'],
    gh: [],
    refused: [],
    hidden: ['p8e-0123456789abcdefghij'],
  };
  const failed = {
    ...good.log,
    jobs: [...good.log.jobs, { id: 'a', result: 'failure' }],
  };
  const say = (text: string) => ({ log: { ...good.log, text } });

  const cases: [string, Expectation, Partial<Outcome>, string[]][] = [
    ['nothing more than usual', {}, {}, []],
    ['a job that fails', {}, { log: failed }, ['job a: failure, expected success']],
    ['a matrix of which one fails', { jobs: { a: 'failure' } }, { log: failed }, []],
    [
      'a job that has to fail',
      { jobs: { a: 'failure' } },
      {},
      ['job a: success, expected failure'],
    ],
    [
      'a job that does not run',
      { jobs: { b: 'success' } },
      {},
      ['job b: skipped, expected success'],
    ],
    [
      'a job that must not run',
      { jobs: { a: 'skipped' } },
      {},
      ['job a: success, expected skipped'],
    ],
    [
      'a machine that is not there',
      {},
      say('Skipping unsupported platform -- Try'),
      ['Skipping unsupported platform -- Try'],
    ],
    ['no job at all', {}, { log: { text: 'x\nbad file', jobs: [] } }, ['no job ran: bad file']],
    ['no token', {}, { tokens: [] }, ['tokens: 0, expected 1']],
    ['more tokens', { tokens: 2 }, {}, ['tokens: 1, expected 2']],
    ['no revocation', { revoked: 1 }, {}, ['revoked tokens: 0, expected 1']],
    ['words', { log: ['minted'] }, {}, ['the log does not say "minted"']],
    ['no words', { absent: ['well'] }, {}, ['the log says "well"']],
    ['calls of gh', { gh: ['view'] }, { gh: ['view 7'] }, []],
    ['another call of gh', { gh: ['view'] }, {}, ['calls of gh: , expected view']],
    ['no call of gh', {}, { gh: ['api x'] }, ['calls of gh: api x, expected ']],
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
  const { secrets, vars, hidden } = giveValues(text, { secrets: { B: 'b' } });
  expect(Object.keys(secrets)).toEqual(['A_ID', 'A_SECRET', 'B', 'GITHUB_TOKEN']);
  expect(Object.keys(vars)).toEqual(['C_ID']);
  expect(hidden).toEqual([secrets['A_SECRET'], 'b', secrets['GITHUB_TOKEN']]);
});

test('of credentials in JSON only the secret is hidden', () => {
  const { secrets, hidden } = giveValues('secrets.ADOBE_CREDENTIALS', {});
  const { CLIENT_SECRETS } = JSON.parse(secrets['ADOBE_CREDENTIALS'] ?? '');
  expect(hidden).toEqual([...CLIENT_SECRETS, secrets['GITHUB_TOKEN']]);
});

test('placeholders are filled in wherever they stand', () => {
  const plan = { files: { a: 'x$sha' }, runs: [{ payload: ['$sha', 1, null] }] };
  expect(fillPlan(plan, { $sha: 'abc' })).toEqual({
    files: { a: 'xabc' },
    runs: [{ payload: ['abc', 1, null] }],
  });
});

test('the stub of gh answers by its rules, and writes down what it is told', async () => {
  const store = makeFolder();
  const write = (name: string, text: string) => writeFileSync(join(store, name), text);
  write('gh.json', JSON.stringify([{ match: 'view', output: '7', code: 3, once: true }]));
  write('body.md', 'two\nlines');
  const gh = (...words: string[]) =>
    runScript(join(root, 'dev/workflows/stubs/gh.ts'), words, {
      cwd: store,
      env: { STUBS: store },
    });
  expect(await gh('issue', 'view', '1')).toEqual({ code: 3, stdout: '7', stderr: '' });
  expect(await gh('issue', 'view', '1')).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(await gh('issue', 'create', '--body-file', 'body.md')).toMatchObject({ code: 0 });
  expect(readFileSync(join(store, 'gh.log'), 'utf8')).toBe(
    'issue view 1\nissue view 1\nissue create --body-file body.md < two\\nlines\n',
  );
});
