// `npm start` as a person runs it: what it shows, what it hides, and how it ends.
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readAction } from '../../dev/runner/action.ts';
import { renderSummary } from '../../dev/start/report.ts';
import { chooseSettings, readFailures } from '../../dev/start/settings.ts';
import { root } from '../../dev/support/repository.ts';
import { makeFolder } from '../support/folder.ts';
import { runScript } from '../support/script-run.ts';

function start(words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const options = { env: { PATH: process.env['PATH'] ?? '', ...env } };
  return runScript(join(root, 'dev/start.mjs'), words, options);
}

describe('npm start', () => {
  test('mints from a stand-in and hides the token', async () => {
    const { code, stdout, stderr } = await start(['--service', 'photoshop']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Calling a stand-in for IMS on http:\/\/127\.0\.0\.1/);
    expect(stdout).toMatch(/^ {2}access-token {2}\*\*\*$/m);
    expect(stdout).toMatch(/^ {2}PS_FF_SERVICES_ACCESS_TOKEN {2}\*\*\*$/m);
    expect(stdout).toMatch(/^Exit code 0 after \d+\.\d\d s$/m);
    expect(stdout).not.toMatch(/eyJ/);
  });

  test('shows the error of a failure and ends as the action does', async () => {
    const { code, stdout } = await start(['--fail', 'invalid_scope']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^Error: .*invalid_scope/m);
    expect(stdout).not.toMatch(/^ {2}access-token/m);
  });

  test.each([
    [
      'a misspelt argument',
      ['--servce', 'x'],
      "Unknown option '--servce': did you mean --service?",
    ],
    ['a failure that does not exist', ['--fail', 'x'], 'No failure is called "x": 201, '],
    ['an argument without its value', ['--scope'], "Option '--scope <value>' argument missing: "],
    ['a word without an option', ['firefly'], "Unexpected argument 'firefly': "],
    [
      'a file that is not there',
      ['--credentials', '~/x.json'],
      "no such file or directory, open '~/x.json'",
    ],
    ['a failure of no verification', ['--fail-verify', '503'], '--fail-verify needs --verify'],
    ['a failure of no revocation', ['--fail-revoke', '503'], '--fail-revoke needs --revoke true'],
    [
      'services that it cannot verify',
      ['--service', 'express, firefly', '--verify', 'service'],
      'The stand-in takes calls of one service: ',
    ],
    ['a value for a flag', ['--debug=1'], "Option '--debug' does not take an argument: "],
  ])('refuses %s', async (_name, words, message) => {
    const { code, stderr } = await start(words);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^.+\n$/);
  });

  test('shows the summary as text, and the post step', async () => {
    const { stdout } = await start(['--summary', 'true', '--revoke', 'true']);
    expect(stdout).toMatch(/^Post step\n\nRevoked the access token /m);
    expect(stdout).toMatch(/^ {2}Scopes: openid, /m);
    expect(stdout).not.toMatch(/<\/?t[dhr]/);
  });

  test('says what to do where nothing is installed, on any Node', async () => {
    const folder = makeFolder();
    cpSync(join(root, 'dev/start.mjs'), join(folder, 'dev/start.mjs'));
    expect(await runScript(join(folder, 'dev/start.mjs'))).toEqual({
      code: 2,
      stdout: '',
      stderr: 'Nothing is installed yet: run npm ci first\n',
    });
  });

  test('imitates no failure before the real IMS', async () => {
    const env = { ADOBE_CLIENT_ID: 'a', ADOBE_CLIENT_SECRET: 'b' };
    const { code, stderr } = await start(['--fail', '503'], env);
    expect(code).toBe(2);
    expect(stderr).toContain('Failures need the stand-in');
  });

  test.each(['--help', '-h'])('explains itself with %s', async (word) => {
    const { code, stdout } = await start([word]);
    expect(code).toBe(0);
    for (const { name } of readAction().inputs) expect(stdout).toContain(`  --${name} `);
  });

  test('names the failures with --list', async () => {
    const { code, stdout } = await start(['--list']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^invalid_client +HTTP 400, .*^stall +The answer stops for ever/ms);
  });
});

test.each([
  ['503', ['503*']],
  ['503, 429', ['503', '429*']],
  ['503,good', ['503', 'good']],
  ['503*', ['503*']],
  [undefined, []],
])('the last failure of %s repeats, unless it ends well', (text, names) => {
  expect(readFailures(text)).toEqual(names);
});

test('a file of credentials is read, and then no others are made up', async () => {
  const file = join(makeFolder(), 'credentials.json');
  writeFileSync(file, '{}');
  const { code, stdout } = await start(['--credentials', file], {
    ADOBE_CLIENT_ID: 'a',
    ADOBE_CLIENT_SECRET: 'b',
  });
  expect({ code, stdout }).toEqual({
    code: 1,
    stdout: expect.stringContaining('Calling a stand-in for IMS'),
  });
  const { inputs, standIn } = await chooseSettings({ credentials: file });
  await standIn?.close();
  expect(inputs).toEqual({ credentials: '{}', 'ims-url': standIn?.url });
});

test('a summary is shown as its table, row by row', () => {
  const rows = '<tr><th align="left">A</th><td>1 &#60;b&#62;</td></tr><tr><th>Long</th>';
  const html = `### Title\n\n<table>${rows}<td><code>x</code><br><del>y</del></td></tr></table>\n\n`;
  expect(renderSummary(html)).toBe('Title\nA: 1 <b>\nLong: x, y');
});
