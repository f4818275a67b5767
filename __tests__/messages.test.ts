// The lines and words that a person reads.
import { describe, expect, test } from '@jest/globals';
import { readRepositoryName } from '../dev/support/repository.ts';
import { TimeoutError } from '../src/errors.ts';
import {
  count,
  describeError,
  list,
  presentUrl,
  seconds,
  troubleshootingUrl,
  VERSION,
  withLink,
} from '../src/messages.ts';

test('an error leads to its section in the repository and the version that package.json names', () => {
  const repository = readRepositoryName();
  expect(repository).toMatch(/^[\w-]+\/[\w.-]+$/);
  expect(VERSION).toMatch(/^1\.\d+\.\d+$/);
  expect(troubleshootingUrl('wrong-scope')).toBe(
    `https://github.com/${repository}/blob/v1/docs/TROUBLESHOOTING.md#wrong-scope`,
  );
  expect(withLink('It is so', 'timeout')).toBe(`It is so. ${troubleshootingUrl('timeout')}`);
});

describe('the line that a person reads', () => {
  const advice = { topic: 'timeout', hint: 'Do this' } as const;
  const url = troubleshootingUrl('timeout');
  const task = 'Could not get it';

  test('says what happened, what to do and where to read more', () => {
    const error = new TimeoutError('no answer', advice);
    expect(describeError(error)).toBe(`no answer. Do this. ${url}`);
  });

  test.each([
    ['the task', { task, attempts: 1 }, 'Could not get it: no answer. Do this.'],
    [
      'the task and how often it was tried',
      { task, attempts: 2 },
      'Could not get it: no answer, after 2 attempts. Do this.',
    ],
    [
      'why it was not tried again',
      { task, attempts: 1, gaveUp: 'no time left' },
      'Could not get it: no answer; no time left. Do this.',
    ],
    [
      'all of that',
      { task, attempts: 3, gaveUp: 'no time left' },
      'Could not get it: no answer, after 3 attempts; no time left. Do this.',
    ],
  ])('begins with %s', (_what, trail, line) => {
    const error = new TimeoutError('no answer', { ...advice, trail });
    expect(describeError(error)).toBe(`${line} ${url}`);
  });

  test.each([
    [new TypeError('p8e-the-secret'), 'TypeError'],
    ['p8e-the-secret', 'string'],
    [undefined, 'undefined'],
    [{ message: 'p8e-the-secret' }, 'object'],
  ])('tells nothing but the kind of a defect: %p', (error, kind) => {
    expect(describeError(error)).toBe(
      `Unexpected ${kind} in this action, which is a bug: re-run the job with debug logging and report what it prints. ${troubleshootingUrl('unexpected-error')}`,
    );
  });
});

test.each([
  [0, '0 inputs'],
  [1, '1 input'],
  [2, '2 inputs'],
])('%d is counted as %s', (quantity, words) => {
  expect(count(quantity, 'input')).toBe(words);
});

test.each([
  [[], ''],
  [[1], '1'],
  [[1, 2], '1 and 2'],
  [['a', 'b', 'c'], 'a, b and c'],
])('%j is listed as "%s"', (items, words) => {
  expect(list(items)).toBe(words);
});

test.each([
  [0, '0.00 s'],
  [123, '0.12 s'],
  [994, '0.99 s'],
  [1000, '1.0 s'],
  [3449, '3.4 s'],
  [9900, '9.9 s'],
  [10_000, '10 s'],
  [58_400, '58 s'],
])('%d ms are shown as %s', (ms, shown) => {
  expect(seconds(ms)).toBe(shown);
});

describe('what is shown of an address', () => {
  test.each([
    ['https://adobe.io/path', 'https://adobe.io/path'],
    ['https://adobe.io/path?query=1', 'https://adobe.io/path'],
    ['https://adobe.io/path#part', 'https://adobe.io/path'],
    ['https://adobe.io?a#b?c', 'https://adobe.io'],
    ['https://adobe.io/?a\nb', 'https://adobe.io/'],
    ['https://user:password@adobe.io/', 'https://adobe.io/'],
    ['https://user:p@ss@adobe.io/', 'https://adobe.io/'],
    ['https://user:p\nss@adobe.io/', 'https://adobe.io/'],
    ['//user:password@adobe.io', '//adobe.io'],
    ['https://user:p/ss@adobe.io', 'https://adobe.io'],
    ['is no address', 'is no address'],
    ['', ''],
  ])('%j is %j', (value, shown) => {
    expect(presentUrl(value)).toBe(shown);
  });

  test.each([
    ['https:user:password@adobe.io', 'https:adobe.io'],
    ['https:/user:password@adobe.io', 'https:/adobe.io'],
    ['https:\\\\user:password@adobe.io', 'https:\\\\adobe.io'],
    ['HTTPS://user:password@adobe.io', 'HTTPS://adobe.io'],
    ['a1+.-:user:password@adobe.io', 'a1+.-:adobe.io'],
    ['user:password@adobe.io', 'user:adobe.io'],
    [':password@adobe.io', 'adobe.io'],
    ['https://user:password?more@adobe.io', 'https://adobe.io'],
    ['https://user:password#more@adobe.io?a', 'https://adobe.io'],
    ['https://adobe.io/password@more?a', 'https://adobe.io/…'],
    ['https://user:8080/password@adobe.io', 'https://user:8080/…'],
    ['https://user:/pass?word@adobe.io', 'https://user:/…'],
    ['https://user:p@ss/word@adobe.io', 'https://adobe.io'],
    ['user:pass/word@adobe.io', 'user:adobe.io'],
    ['https:/\n/user:password@adobe.io/@b', 'https:/b'],
  ])('%j is without its password', (value, shown) => {
    expect(presentUrl(value)).toBe(shown);
  });
});

// A password was looked for before the last @, wherever that stood, and another host was named.
describe('the host that is shown of an address is that which is called', () => {
  test.each([
    ['https://evil.example/x@adobe.io/', 'https://evil.example/…'],
    ['https://evil.example\\x@adobe.io/', 'https://evil.example/…'],
    ['https://a.example:81/b?c=d@e', 'https://a.example:81/…'],
    ['https://a.example?b=c@d', 'https://a.example/…'],
    ['https://a.example#b@c', 'https://a.example/…'],
    ['https://user:password@a.example:81/b?c=d', 'https://a.example:81/b'],
    ['HTTP:\\user:password@a.example/b', 'HTTP:\\a.example/b'],
  ])('%s is %s', (value, shown) => {
    expect(presentUrl(value)).toBe(shown);
    expect(shown).toContain(new URL(value).host);
  });
});

test.each(['/', '\\', '@', '?', ':'])(
  'an address of 120 thousand %j is shown in linear time',
  (character) => {
    const started = performance.now();
    presentUrl(`https:${character.repeat(120_000)}x`);
    // It took ten seconds; this only tells linear from quadratic.
    expect(performance.now() - started).toBeLessThan(2000);
  },
);
