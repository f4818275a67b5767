// `npm start` as a person runs it: what it shows, what it hides, and how it ends.
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readAction } from '../../dev/runner/action.ts';
import { parseArguments } from '../../dev/start/arguments.ts';
import { root } from '../../dev/support/repository.ts';
import { runScript } from '../support/script-run.ts';

function start(words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const options = { env: { PATH: process.env['PATH'] ?? '', ...env } };
  return runScript(join(root, 'dev/start.ts'), words, options);
}

describe('npm start', () => {
  test('mints from a stand-in and hides the token', async () => {
    const { code, stdout, stderr } = await start(['--service', 'photoshop']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^ADOBE_CLIENT_ID and ADOBE_CLIENT_SECRET are not set: .*127\.0\.0\.1/);
    expect(stdout).toMatch(/^ {2}access-token {2}\*\*\*$/m);
    expect(stdout).toMatch(/^ {2}PS_FF_SERVICES_ACCESS_TOKEN {2}\*\*\*$/m);
    expect(stdout).toMatch(/^Exit code 0 after \d+\.\d\d s$/m);
    expect(stdout).not.toMatch(/eyJ/);
  });

  test('shows the error of a failure and ends as the action does', async () => {
    const { code, stdout } = await start(['--fail', 'invalid_scope']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^Error: .*invalid_scope/m);
    expect(stdout).not.toMatch(/^Outputs$/m);
  });

  test.each([
    [
      'a misspelt argument',
      ['--servce', 'x'],
      'Unknown argument --servce: did you mean --service?',
    ],
    ['a failure that does not exist', ['--fail', 'x'], 'No failure is called "x": 408, '],
    ['an argument without its value', ['--scope'], '--scope needs a value'],
  ])('refuses %s', async (_name, words, message) => {
    const { code, stderr } = await start(words);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  test('plays no failure to the real IMS', async () => {
    const env = { ADOBE_CLIENT_ID: 'a', ADOBE_CLIENT_SECRET: 'b' };
    const { code, stderr } = await start(['--fail', '503'], env);
    expect(code).toBe(2);
    expect(stderr).toContain('Failures need the stand-in');
  });

  test('explains itself', async () => {
    const { code, stdout } = await start(['--help']);
    expect(code).toBe(0);
    for (const { name } of readAction().inputs) expect(stdout).toContain(`  --${name} `);
    expect(stdout).toMatch(/\sinvalid_client\s.*\sstall\s/s);
  });
});

describe('arguments', () => {
  const parse = (...words: string[]) => parseArguments(words, readAction());

  test('are inputs, failures and flags', () => {
    const words = ['--service=photoshop', '--scope', '--a', '--fail-verify', '401013', '--debug'];
    expect(parse(...words)).toEqual({
      inputs: { service: 'photoshop', scope: '--a' },
      failures: { fail: [], failVerify: ['401013*'], failRevoke: [] },
      debug: true,
      help: false,
    });
  });

  test.each([
    ['503', ['503*']],
    ['503, 429', ['503', '429*']],
    ['503,good', ['503', 'good']],
    ['503*', ['503*']],
  ])('make the last failure of %s repeat, unless it ends well', (text, fail) => {
    expect(parse('--fail', text).failures.fail).toEqual(fail);
  });

  test.each(['service', '-x', '--debug=1', '--'])('are not %s', (word) => {
    expect(() => parse(word)).toThrow(`Unknown argument ${word}: `);
  });
});
