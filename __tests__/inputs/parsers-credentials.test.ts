// Client IDs and client secrets out of raw strings.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  describeShape,
  parseClientId,
  parseSecrets,
  secretCountFault,
  secretFault,
} from '../../src/inputs/parsers.ts';
import { Secret } from '../../src/secrets/secret.ts';

describe('a client ID', () => {
  test.each(['a', '!', '~', 'ab12-cd_34', 'x'.repeat(256)])('may be %s', (raw) => {
    expect(parseClientId(raw)).toEqual({ value: raw });
  });

  test.each(['', 'a b', 'a\n', 'é', 'x'.repeat(257), '\u007f', ' a'])('may not be %j', (raw) => {
    expect(parseClientId(raw)).toEqual({
      fault:
        'is not a client ID: at most 256 printable ASCII characters without spaces are allowed',
    });
  });
});

describe('client secrets', () => {
  const read = (raw: string) =>
    parseSecrets(raw).map(({ line, secret }) => [line, secret.reveal()]);

  test.each([
    ['', []],
    [' \n\t\r\n', []],
    ['one', [[1, 'one']]],
    [
      'one\ntwo',
      [
        [1, 'one'],
        [2, 'two'],
      ],
    ],
    [
      'one\r\ntwo\rthree',
      [
        [1, 'one'],
        [2, 'two'],
        [3, 'three'],
      ],
    ],
    [
      '\n  one \t\n\n two',
      [
        [2, 'one'],
        [4, 'two'],
      ],
    ],
    [
      'one\ntwo\n one',
      [
        [1, 'one'],
        [2, 'two'],
      ],
    ],
    [
      ' ["one", " two ", "", "one",\n"three\\nfour"] ',
      [
        [1, 'one'],
        [2, 'two'],
        [5, 'three'],
        [6, 'four'],
      ],
    ],
    ['["one"', [[1, '["one"']]],
    ['["one", 2]', [[1, '["one", 2]']]],
    ['{"one": 1}', [[1, '{"one": 1}']]],
    [
      'wrong one\nx',
      [
        [1, 'wrong one'],
        [2, 'x'],
      ],
    ],
  ])('of %j are counted by their lines', (raw, secrets) => {
    expect(read(raw)).toEqual(secrets);
  });

  test('are printed and read again as they were', () => {
    const line = fc.string({ minLength: 1 }).filter((text) => /^[!-Z\\^-~][!-~]*$/.test(text));
    fc.assert(
      fc.property(fc.uniqueArray(line), (lines) => {
        const numbered = lines.map((text, index) => [index + 1, text]);
        expect(read(lines.join('\n'))).toEqual(numbered);
        expect(read(` ${lines.join(' \r\n ')} `)).toEqual(numbered);
      }),
    );
  });

  test.each(['12345678', '!~!~!~!~', 'x'.repeat(1000)])('may be %s', (value) => {
    expect(secretFault(new Secret(value))).toBeUndefined();
  });

  test.each([
    ['1234567', 'is shorter than 8 characters: copy the secret again'],
    [
      '1234 5678',
      'has characters other than printable ASCII without spaces: copy the secret again',
    ],
    [
      'é12345678',
      'has characters other than printable ASCII without spaces: copy the secret again',
    ],
    [
      '12345678é',
      'has characters other than printable ASCII without spaces: copy the secret again',
    ],
    ['short é', 'has characters other than printable ASCII without spaces: copy the secret again'],
  ])('may not be "%s"', (value, fault) => {
    expect(secretFault(new Secret(value))).toBe(fault);
  });
});

test('five client secrets are allowed, without those that are repeated', () => {
  const lines = ['one', 'two', 'three', 'four', 'five', 'one'];
  expect(secretCountFault(parseSecrets(lines.join('\n')))).toBeUndefined();
  expect(secretCountFault(parseSecrets([...lines, 'six'].join('\n')))).toBe(
    'holds 6 client secrets: at most 5 are allowed',
  );
});

describe('a refused secret', () => {
  test.each([
    ['"p8e-abcdefgh"', 'has quotes around it'],
    ["'p8e-abcdefgh'", 'has quotes around it'],
    ['`p8e-abcdefgh`', 'has quotes around it'],
    ['$CLIENT_SECRET', 'begins with $, like a variable that was not expanded'],
    [
      '$'.concat('{{secrets.CLIENT_SECRET}}'),
      'begins with $, like a variable that was not expanded',
    ],
    ['secrets.CLIENT_SECRET', 'is the name of a secret instead of its value'],
    ['vars.CLIENT_SECRET', 'is the name of a secret instead of its value'],
    ['CLIENT_SECRET=p8e-abcdefgh', 'has the form NAME=value: give the value alone'],
    [
      '{"client_secret":"abcdefgh"}',
      'looks like JSON: the file of a credential goes into `credentials`',
    ],
    ['["abcdefgh"', 'looks like JSON: the file of a credential goes into `credentials`'],
  ])('%s has the shape of something else', (value, shape) => {
    expect(describeShape(new Secret(value))).toBe(shape);
  });

  test.each([
    'p8e-abcdefgh',
    '"abcdefgh',
    "'",
    'a$bcdefgh',
    'secrets.',
    'abcdefgh==',
    '=abcdefgh',
    'p8e-a=bcdefgh',
    'not secrets.A',
    '"abcd"efgh',
    'secrets.A-b',
    'abcd[efgh]',
  ])('%s looks like one', (value) => {
    expect(describeShape(new Secret(value))).toBeUndefined();
  });
});
