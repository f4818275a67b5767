// What must be masked of the inputs, before anything else is done with them.
import { describe, expect, test } from '@jest/globals';
import { isSecretGiven, readMaskable, readSecretLines } from '../../src/inputs/secrets.ts';
import * as files from '../support/credential-files.ts';
import { type Given, record } from '../support/recording.ts';

const reveal = (inputs: Given) =>
  readMaskable(record({ inputs }).runner).map((secret) => secret.reveal());

describe('what must be masked', () => {
  test('is every line of client-secret, the wrong ones too', () => {
    expect(reveal({ 'client-secret': 'x\n\nwith a blank\nx' })).toEqual(['x', 'with a blank']);
  });

  test('is a client secret once', () => {
    expect(reveal({ 'client-secret': files.SECRET })).toEqual([files.SECRET]);
  });

  test('is what credentials holds, beside client-secret', () => {
    const credentials = JSON.stringify({ client_id: files.CLIENT_ID, secret: files.SECRET });
    expect(reveal({ credentials, 'client-secret': 'p8e-another' })).toEqual([
      'p8e-another',
      files.SECRET,
    ]);
  });

  test('is what a file holds that was pasted as the secret', () => {
    const file = JSON.stringify({ client_id: files.CLIENT_ID, secret: files.SECRET });
    expect(reveal({ 'client-secret': file })).toContain(files.SECRET);
  });

  test.each(['client-secret', 'credentials'])(
    'is nothing of a value of %s that is too long to be read: it is refused, and never shown',
    (name) => {
      const long = `{"client_secret": "p8e-${'a'.repeat(65_536)}"}`;
      expect(reveal({ [name]: long })).toEqual([]);
    },
  );

  test.each(['client-secret', 'credentials'])('is a value of %s of 64 KiB', (name) => {
    expect(reveal({ [name]: 'a'.repeat(65_536) })).toEqual(['a'.repeat(65_536)]);
  });

  test('is a client secret behind 64 KiB of blank lines, which are not counted', () => {
    expect(reveal({ 'client-secret': '\n'.repeat(70_000) + files.SECRET })).toEqual([files.SECRET]);
  });

  test('is no sealed token: the runner would drop its output', () => {
    expect(reveal({ 'sealed-token': 'a.b.c.d.e' })).toEqual([]);
  });
});

test.each([
  ['x\n\nwith a blank\nx', [[1], [3]]],
  // Also where the first is empty.
  ['\n the-second-secret \n', [[2]]],
])('lines of client-secret are counted as they were given: %j', (raw, lines) => {
  const { runner } = record({ inputs: { 'client-secret': raw } });
  expect(readSecretLines(runner).map(({ line }) => [line])).toEqual(lines);
});

test.each([
  ['a line', 'x', true],
  ['what is too long to be read', 'x'.repeat(65_537), true],
  ['nothing', '', false],
  ['blank lines', ' \n\t\n', false],
  ['a list of empty strings', '["",""]', false],
])('with %s, client-secret counts as given or not', (_what, raw, given) => {
  const { runner } = record({ inputs: { 'client-secret': raw } });
  expect(isSecretGiven(runner)).toBe(given);
});

test('a client secret that is no file is not read as one', () => {
  const secret = `p8e={"secret":"${files.SECRET}"}`;
  expect(reveal({ 'client-secret': secret })).toEqual([secret]);
});
