// What is shown of foreign text, and the words of messages.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseCommands } from '../../dev/runner/commands.ts';
import { count, defuse, list, redactor, seconds } from '../../src/secrets/redact.ts';
import { Secret } from '../../src/secrets/secret.ts';
import { anyText } from '../support/any-text.ts';

/** Without a secret to hide. */
const clean = redactor([]);

describe('foreign text', () => {
  test.each([
    ['is left as it is where it is plain', 'HTTP 400: invalid “client_id”, ключ 鍵 🔑', undefined],
    ['has its line ends turned into spaces', 'a\nb\rc\r\nd\u2028e\u2029f\u0085g', 'a b c d e f g'],
    ['has its blanks drawn together', 'a \t\u00a0\u3000 b', 'a b'],
    ['has no blanks around it', ' \n\ta\v\f ', 'a'],
    ['has no control characters', 'a\u0000b\u0007c\u001b[31md\u007fe\u009bf', 'a b c [31md e f'],
    [
      'has no characters that hide or turn text',
      'a\u200bb\u202ec\u2066d\ufeffe\u00adf',
      'a b c d e f',
    ],
    ['has no characters that Unicode does not define', 'a\ue000b\u0378c\ufdd0d', 'a b c d'],
    ['has no letters that nobody sees', 'a\u3164b\u115fc\ufe0fd', 'a b c d'],
    ['has no half characters', 'a\ud83db\udd11c', 'a b c'],
    ['is empty where nothing of it can be shown', '\u0000\n\u200b', ''],
  ])('%s', (_behaviour, text, shown) => {
    expect(clean(text)).toBe(shown ?? text);
  });

  test.each([
    ['::add-mask::x', ': :add-mask: :x'],
    ['text ::error file=a::x', 'text : :error file=a: :x'],
    [':::', ': : :'],
    ['##[add-path]/tmp', '# #[add-path]/tmp'],
    ['###[x]##[y]', '## #[x]# #[y]'],
    ['a: b, c:d, # #[e], ##, #[f]', 'a: b, c:d, # #[e], ##, #[f]'],
  ])('holds no command: %s', (text, shown) => {
    expect(clean(text)).toBe(shown);
    expect(defuse(text)).toBe(shown);
  });

  test('is cut after 200 characters, and the cut is shown', () => {
    expect(clean('a'.repeat(200))).toBe('a'.repeat(200));
    expect(clean('a'.repeat(201))).toBe(`${'a'.repeat(200)}…`);
  });

  test('is cut where the caller says', () => {
    expect(clean('abc', 3)).toBe('abc');
    expect(clean('abcd', 3)).toBe('abc…');
  });

  test('is not read further than 2000 characters', () => {
    expect(clean(`${'\0'.repeat(1999)}ab`)).toBe('a');
    expect(clean('a'.repeat(2001), 3000)).toBe('a'.repeat(2000));
  });

  test('is not cut in the middle of a character', () => {
    expect(clean('ab🔑c', 3)).toBe('ab…');
    expect(clean('ab🔑c', 4)).toBe('ab🔑…');
    expect(clean('🔑b🔑c', 3)).toBe('🔑b…');
  });

  test('has neither control characters nor line ends, whatever it was', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(clean(text, 20)).not.toMatch(/[\p{C}\p{DI}\p{Zl}\p{Zp}]|^\s|\s$|\s\s/u);
      }),
    );
  });

  test('holds nothing that the runner takes for a command, whatever it was', () => {
    const unit = fc.constantFrom(
      ':',
      '#',
      '[',
      ']',
      'a',
      ' ',
      '\n',
      '\r',
      '\u0085',
      '\u200b',
      '\0',
    );
    const secret = fc.string({ unit: fc.constantFrom(':', '#', 'a'), minLength: 8, maxLength: 9 });
    fc.assert(
      fc.property(fc.string({ unit }), secret, fc.nat(20), (text, secretText, cut) => {
        const redact = redactor([new Secret(secretText)]);
        for (const shown of [
          clean(text),
          clean(text, cut),
          redact(text),
          redact(secretText + text),
        ]) {
          expect(parseCommands(`${shown}::]`)).toEqual([]);
        }
      }),
      { numRuns: 300 },
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
