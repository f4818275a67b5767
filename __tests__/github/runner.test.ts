// The runner's side: what is printed, what is written to its files, and what it tells.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import { parseCommands, parsePairs } from '../../dev/runner/commands.ts';
import { openRunner, type Runner } from '../../src/github/runner.ts';
import { troubleshootingUrl } from '../../src/messages.ts';
import { plain, Secret } from '../../src/secrets/secret.ts';
import { giveCommandFiles, isolateEnvironment } from '../support/environment.ts';
import { capturePrinted } from '../support/process-output.ts';

isolateEnvironment();
const printed = capturePrinted();
let folder: string;

beforeEach(() => {
  folder = giveCommandFiles();
});

const readFile = (name: string) => readFileSync(join(folder, name), 'utf8');

describe('a secret', () => {
  test('is masked with the forms in which it travels, and comes back as it was', () => {
    const secret = new Secret('a+b c%d!');
    expect(openRunner().mask(secret)).toBe(secret);
    expect(parseCommands(printed().join('')).map(({ name, message }) => [name, message])).toEqual([
      ['add-mask', 'a+b c%d!'],
      ['add-mask', 'a%2Bb%20c%25d!'],
      ['add-mask', 'a%2Bb+c%25d%21'],
    ]);
  });

  test("in a proxy's address is masked at once, as it stands there and decoded", () => {
    process.env['https_proxy'] = 'http://user:p%40ssword@proxy.example:3128';
    openRunner();
    expect(printed()).toEqual(['::add-mask::p%2540ssword\n', '::add-mask::p@ssword\n']);
  });

  test('is hidden in every line that is printed after it', () => {
    process.env['https_proxy'] = 'http://user:the-password@proxy.example:3128';
    const runner = openRunner();
    runner.mask(new Secret('a secret with::colons'));
    runner.info('a secret with::colons, a%20secret%20with%3A%3Acolons, the-password, the-password');
    expect(printed().at(-1)).toBe('***, ***, ***, ***\n');
  });
});

test('an input is given without blanks around it, unless they are wanted', () => {
  process.env['INPUT_CLIENT-SECRET'] = '\n the-secret \n';
  const { input } = openRunner();
  expect(input('client-secret')).toBe('the-secret');
  expect(input('client-secret', { trimWhitespace: false })).toBe('\n the-secret \n');
});

describe('a line', () => {
  test.each([
    ['info', 'x: :y\n'],
    ['debug', '::debug::x: :y\n'],
    ['warningLine', '::warning title=Adobe IMS Access Token::x: :y\n'],
    ['error', '::error title=Adobe IMS Access Token::x: :y\n'],
  ] as const)('of the kind %s is printed with its commands broken', (kind, shown) => {
    openRunner()[kind]('x::y');
    expect(printed()).toEqual([shown]);
  });

  test.each(['notice', 'warning'] as const)('of the kind %s leads to its paragraph', (kind) => {
    openRunner()[kind]('x::y', 'timeout');
    expect(printed()).toEqual([
      `::${kind} title=Adobe IMS Access Token::x: :y. ${troubleshootingUrl('timeout')}\n`,
    ]);
  });

  test('of an error is given back as it is shown', () => {
    const runner = openRunner();
    runner.mask(new Secret('the-secret'));
    expect(runner.error('with the-secret')).toBe('with ***');
  });

  test.each(['info', 'debug', 'notice', 'warning', 'warningLine', 'error'] as const)(
    'of the kind %s is printed without secrets',
    (kind) => {
      const runner = openRunner();
      runner.mask(new Secret('the-secret'));
      runner[kind]('with the-secret', 'timeout');
      expect(printed().at(-1)).toMatch(/with \*\*\*(\.|\n)/);
    },
  );
});

describe('a value', () => {
  test("is written to the runner's files, a masked one as it is", () => {
    const runner = openRunner();
    const token = runner.mask(new Secret('the-token'));
    runner.output('access-token', token);
    runner.output('client-id', plain('the-client'));
    runner.exportVariable('X_ACCESS_TOKEN', token);
    runner.exportVariable('X_CLIENT_ID', plain('the-client'));
    runner.saveState('token', token);
    runner.saveState('client-id', plain('the-client'));
    expect(parsePairs(readFile('GITHUB_OUTPUT'))).toEqual({
      'access-token': 'the-token',
      'client-id': 'the-client',
    });
    expect(parsePairs(readFile('GITHUB_ENV'))).toEqual({
      X_ACCESS_TOKEN: 'the-token',
      X_CLIENT_ID: 'the-client',
    });
    expect(parsePairs(readFile('GITHUB_STATE'))).toEqual({
      token: 'the-token',
      'client-id': 'the-client',
    });
    expect(printed()).toEqual(['::add-mask::the-token\n']);
  });

  test('of the summary is added to what stands there', () => {
    writeFileSync(join(folder, 'GITHUB_STEP_SUMMARY'), 'Earlier\n');
    openRunner().writeSummary('### Token\n');
    expect(readFile('GITHUB_STEP_SUMMARY')).toBe('Earlier\n### Token\n');
  });
});

describe('files that an input names', () => {
  test('lie in the workspace', () => {
    process.env['GITHUB_WORKSPACE'] = folder;
    const runner = openRunner();
    expect(runner.writeFile('kept/token', 'text')).toEqual({ value: true });
    expect(readFile('kept/token')).toBe('text');
    expect(runner.readFile('kept/token', 4)).toEqual({ value: 'text' });
  });

  test('lie in the working directory where there is no workspace', () => {
    delete process.env['GITHUB_WORKSPACE'];
    expect(openRunner().readFile('package.json', 1_000_000)).toEqual({
      value: expect.stringContaining('adobe-ims-token-action'),
    });
  });
});

test.each<[string, (runner: Runner) => void]>([
  ['GITHUB_OUTPUT', (runner) => runner.output('name', plain('1'))],
  ['GITHUB_ENV', (runner) => runner.exportVariable('NAME', plain('1'))],
  ['GITHUB_STATE', (runner) => runner.saveState('name', plain('1'))],
  ['GITHUB_STEP_SUMMARY', (runner) => runner.writeSummary('1')],
])('%s is not waited for where it has become a FIFO', (name, write) => {
  rmSync(join(folder, name));
  execFileSync('mkfifo', [join(folder, name)]);
  const runner = openRunner();
  expect(() => runner.atomically(() => write(runner))).toThrow(
    'Could not write the files of the step (ENXIO)',
  );
});

test('writes are all or nothing', () => {
  const runner = openRunner();
  runner.output('earlier', plain('1'));
  const before = readFile('GITHUB_OUTPUT');
  expect(() =>
    runner.atomically(() => {
      runner.output('later', plain('2'));
      throw new Error('no space');
    }),
  ).toThrow('nothing was published');
  expect(readFile('GITHUB_OUTPUT')).toBe(before);
});

test('a summary for which there is no file is a defect', () => {
  delete process.env['GITHUB_STEP_SUMMARY'];
  expect(() => openRunner().writeSummary('### Token\n')).toThrow('ENOENT');
});

describe('what the runner tells', () => {
  test('are inputs, without the blanks around them', () => {
    process.env['INPUT_CLIENT-ID'] = ' the-client\n';
    const runner = openRunner();
    expect(runner.input('client-id')).toBe('the-client');
    expect(runner.input('scope')).toBe('');
  });

  test('is the state that the main step saved', () => {
    process.env['STATE_token'] = 'the-token';
    expect(openRunner().state('token')).toBe('the-token');
    expect(openRunner().state('client-id')).toBe('');
  });

  test('is the environment', () => {
    process.env['SOME_VARIABLE'] = 'some value';
    expect(openRunner().env['SOME_VARIABLE']).toBe('some value');
  });

  const giveEvent = (name: string, text: string) => {
    const path = join(folder, 'event.json');
    writeFileSync(path, text);
    Object.assign(process.env, {
      GITHUB_EVENT_NAME: name,
      GITHUB_ACTOR: 'octocat',
      GITHUB_EVENT_PATH: path,
    });
  };

  test('is who started the run', () => {
    giveEvent('push', '{}');
    expect(openRunner().withheld()).toBeUndefined();
    process.env['GITHUB_ACTOR'] = 'dependabot[bot]';
    expect(openRunner().withheld()).toBe('dependabot');
  });

  test('is what the event says of secrets and of code', () => {
    giveEvent('issue_comment', '{"repository":{"fork":true},"issue":{"pull_request":{}}}');
    const runner = openRunner();
    expect(runner.eventName).toBe('issue_comment');
    expect(runner.withheld()).toBe('fork');
    expect(runner.foreignCode()).toBe('comment');
  });

  // One of 25 MiB took seconds to parse, whatever the deadline.
  test.each([
    [2 * 1024 * 1024, 'fork'],
    [2 * 1024 * 1024 + 1, 'unknown'],
  ])('is the event, as long as it is no longer than 2 MiB: %d bytes', (bytes, withheld) => {
    giveEvent('push', '{"repository":{"fork":true}}'.padEnd(bytes));
    expect(openRunner().withheld()).toBe(withheld);
  });

  test.each([
    ['is not set', undefined],
    ['names no file', '/nowhere/event.json'],
    ['names a folder', import.meta.dirname],
    ['names a file that is not JSON', import.meta.filename],
  ])('is that the event cannot be read where its path %s', (_name, path) => {
    for (const name of ['NAME', 'PATH']) delete process.env[`GITHUB_EVENT_${name}`];
    delete process.env['GITHUB_ACTOR'];
    if (path) process.env['GITHUB_EVENT_PATH'] = path;
    const runner = openRunner();
    expect(runner.eventName).toBe('');
    expect(runner.withheld()).toBe('unknown');
    expect(runner.foreignCode()).toBeUndefined();
  });

  test('is whether a file command can be written', () => {
    expect(openRunner().fileFault('GITHUB_OUTPUT')).toBeUndefined();
    delete process.env['GITHUB_OUTPUT'];
    expect(openRunner().fileFault('GITHUB_OUTPUT')).toMatch(/^GITHUB_OUTPUT is not set/);
  });

  test.each([
    ['1', true],
    ['', false],
  ])('is whether debug logging is on: RUNNER_DEBUG=%s', (value, isDebug) => {
    process.env['RUNNER_DEBUG'] = value;
    expect(openRunner().isDebug).toBe(isDebug);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('is that the job is cancelled, by %s', (signal) => {
    const listener = jest.fn();
    openRunner().onCancel(listener);
    expect(listener).not.toHaveBeenCalled();
    process.emit(signal);
    expect(listener).toHaveBeenCalledTimes(1);
    process.removeListener('SIGINT', listener);
    process.removeListener('SIGTERM', listener);
  });
});

describe('masks', () => {
  test.each(['x', 'abc'])('are not made of %j, which would hide the log', (short) => {
    const runner = openRunner();
    runner.mask(new Secret(short));
    runner.info('an abc of x');
    expect(printed()).toEqual(['an abc of x\n']);
  });

  test('are made of each line on its own, but of no short one: GitHub would take it for a mask', () => {
    openRunner().mask(new Secret('first line\r\n:\n\nabc\nlast line'));
    const masks = printed().filter((line) => !line.includes('%'));
    expect(masks).toEqual(['::add-mask::first line\n', '::add-mask::last line\n']);
  });

  test('are made of four characters, and of all forms up to 16 KiB', () => {
    const runner = openRunner();
    runner.mask(new Secret('abcd'));
    expect(printed()).toHaveLength(1);
    runner.mask(new Secret('%'.repeat(16 * 1024)));
    expect(printed().length).toBeGreaterThan(2);
  });

  test('of a value too long to be a token are its own alone: its forms would fill the log', () => {
    openRunner().mask(new Secret('%'.repeat(16 * 1024 + 1)));
    expect(printed()).toHaveLength(1);
  });
});
