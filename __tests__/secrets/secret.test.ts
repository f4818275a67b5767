// Secrets hide themselves, and the forms in which they travel are known.
import { format, inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canSeal, encodedForms, plain, Secret } from '../../src/secrets/secret.ts';
import { anyText } from '../support/any-text.ts';

const secret = new Secret('p8e-the-secret');

describe('a secret', () => {
  test.each([
    ['a template', `${secret}`, '***'],
    ['concatenation', `a ${String(secret)}`, 'a ***'],
    ['JSON', JSON.stringify({ secret }), '{"secret":"***"}'],
    ['inspection', inspect({ deep: [secret] }, { depth: 9, showHidden: true }), '***'],
    ['formatting', format('%s %o %j', secret, secret, secret), '*** *** "***"'],
    ['an error that it caused', inspect(new Error(`${secret}`, { cause: secret })), '[cause]: ***'],
  ])('does not show in %s', (_where, text, shown) => {
    expect(text).toContain(shown);
    expect(text).not.toContain('p8e');
  });

  test('has no property that holds it', () => {
    expect(Reflect.ownKeys(secret)).toEqual([]);
  });

  test('is given to who asks for it', () => {
    expect(secret.reveal()).toBe('p8e-the-secret');
  });
});

test('what is declared to be no secret stays what it is', () => {
  expect(plain('openid')).toBe('openid');
});

describe('the form of a secret in URLs and form bodies', () => {
  test.each([
    ['letters, digits and -_.', 'aZ09-_.', []],
    ['an asterisk, which nothing encodes', 'a*b', []],
    ['characters that both encode alike', 'a+b&c%', ['a%2Bb%26c%25']],
    ['a blank, which they encode differently', 'a b', ['a%20b', 'a+b']],
    ['characters that only forms encode', "a!'()~b", ['a%21%27%28%29%7Eb']],
    ['a letter beyond ASCII', 'é', ['%C3%A9']],
    ['half a character', 'a\ud800', ['a%EF%BF%BD']],
  ])('differs for %s', (_what, value, forms) => {
    expect(encodedForms(new Secret(value)).map((form) => form.reveal())).toEqual(forms);
  });

  test("is what JavaScript's own encoders make of it, whatever it is", () => {
    fc.assert(
      fc.property(anyText, (value) => {
        const component = encodeURIComponent(value.toWellFormed());
        const form = new URLSearchParams({ '': value }).toString().slice(1);
        const forms = encodedForms(new Secret(value)).map((encoded) => encoded.reveal());
        expect(forms).toEqual([...new Set([component, form])].filter((text) => text !== value));
      }),
    );
  });
});

test.each([
  [19, false],
  [20, true],
])('a secret of %d characters seals: %s', (length, seals) => {
  expect(canSeal(new Secret('x'.repeat(length)))).toBe(seals);
});
