// What stays of a secret in text that a server sends back or that a person typed: nothing.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { findLeaks } from '../../dev/runner/leaks.ts';
import { createRedactor, holdsPiece, type Redact } from '../../src/secrets/redact.ts';
import { Secret } from '../../src/secrets/secret.ts';
import { redactor } from '../support/redactor.ts';

const secret = 'p8e-Q7&z+K/m?X2>w~R9=v';
/** Made anew each time, as the step does for each that it asks. */
const redact: Redact = (...given) => redactor([new Secret(secret)])(...given);
const encodeForm = (text: string) => new URLSearchParams({ '': text }).toString().slice(1);
const percentEncode = (text: string) => Buffer.from(text).toString('hex').replace(/../g, '%$&');
const piecesOf = (text: string) =>
  Array.from({ length: text.length - 7 }, (_, at) => text.slice(at, at + 8));

test.each([
  ['its first eight characters', `x${secret.slice(0, 8)}`, true],
  ['its last eight', `${secret.slice(-8)}x`, true],
  ['eight in other letters', secret.slice(3, 11).toUpperCase(), true],
  ['seven of them', secret.slice(0, 7), false],
  ['nothing of it', 'openid', false],
])('a text with %s holds a piece of it or not', (_what, text, held) => {
  expect(holdsPiece(text, new Secret(secret))).toBe(held);
});

describe('a secret', () => {
  test.each([
    ['whole', `bad ${secret}!`, 'bad ***!'],
    ['alone', secret, '***'],
    ['twice', `${secret} ${secret}`, '*** ***'],
    ['twice without a gap', secret + secret, '******'],
    ['as its first eight characters', `"${secret.slice(0, 8)}"`, '"***"'],
    ['as its last eight characters', `"${secret.slice(-8)}"`, '"***"'],
    ['as eight from its middle', `"${secret.slice(7, 15)}"`, '"***"'],
    ['as two pieces', `${secret.slice(0, 9)}, ${secret.slice(3, 12)}`, '***, ***'],
    ['as two pieces that overlap', secret.slice(0, 9) + secret.slice(2, 10), '******'],
    ['with a space of no width after each character', [...secret].join('\u200b'), '***'],
    ['URL-encoded', `"${encodeURIComponent(secret)}"`, '"***"'],
    ['form-encoded', `"${encodeForm(secret)}"`, '"***"'],
    ['in base64', `"${Buffer.from(secret).toString('base64')}"`, '"***=="'],
    ['in hexadecimal', `"${Buffer.from(secret).toString('hex')}"`, '"***"'],
    ['in hexadecimal capitals', `"${Buffer.from(secret).toString('hex').toUpperCase()}"`, '"***"'],
    ['in percent-encoding, byte by byte', `"${percentEncode(secret)}"`, '"***"'],
    ['in lower case', secret.toLowerCase(), '***'],
    ['in capitals', secret.toUpperCase(), '***'],
    ['in base64url', `"${Buffer.from(secret).toString('base64url')}"`, '"***"'],
  ])('is hidden %s', (_how, text, shown) => {
    expect(redact(text)).toBe(shown);
  });

  test.each(['base64', 'base64url'] as const)('is hidden in %s, wherever it begins', (encoding) => {
    for (const before of ['', 'i', 'id', 'id:', 'id::']) {
      const text = Buffer.from(`${before}${secret}, and more`).toString(encoding);
      expect(redact(text)).toMatch(/^[^*]{0,8}\*\*\*[^*]{12,17}$/);
    }
  });

  test('is hidden where the end of what is shown would cut it', () => {
    expect(redact(`${'a'.repeat(195)}${secret}`)).toBe(`${'a'.repeat(195)}***`);
    expect(redact(`abc${secret}`, 5)).toBe('abc**…');
  });

  test('is shown in pieces of seven characters: they could be anything', () => {
    expect(redact(secret.slice(0, 7))).toBe(secret.slice(0, 7));
    expect(redact(`${secret.slice(0, 7)} ${secret.slice(8, 15)}`)).toBe(
      `${secret.slice(0, 7)} ${secret.slice(8, 15)}`,
    );
  });

  test('is hidden beside another one', () => {
    const both = redactor([new Secret('first-of-them'), new Secret('second-of-them')]);
    expect(both('first-of-them, second-of-them')).toBe('***, ***');
  });

  test('of which half a character is left breaks nothing', () => {
    expect(() => redactor([new Secret('p8e-half\ud800')])('text')).not.toThrow();
  });
});

// Tokens of 250 KB in one answer after another took seconds, and in the end more room than a Set has.
test('beyond 1 MiB of secrets in all their forms no foreign text is shown, at once', () => {
  // Of base64, each of the three offsets takes four characters for three; hexadecimal, two and three for one.
  const most = Math.floor((1024 * 1024) / 10);
  expect(redactor([new Secret('x'.repeat(most - 1))])('any text')).toBe('any text');
  expect(redactor([new Secret('x'.repeat(most + 1))])('any text')).toBe('***');
  const many = Array.from({ length: 9 }, (_, at) => new Secret(`${at}`.repeat(15_000)));
  expect(redactor(many)('any text')).toBe('***');
});

test('beside five tokens of 16 KiB foreign text is still shown', () => {
  const tokens = Array.from({ length: 5 }, (_, at) => new Secret(`${at}`.repeat(16 * 1024)));
  expect(redactor(tokens)('any text')).toBe('any text');
});

// Percent signs made them thirty times as long: the step ended 2 s after its time.
test('tokens of 25,000 letters that are not ASCII count as long as they are encoded', () => {
  const tokens = ['\u00e9', '\u044f', '\u0436', '\u05d0', '\u03c9'].map(
    (letter) => new Secret(letter.repeat(25_000)),
  );
  expect(redactor(tokens)('any text')).toBe('***');
});

test('what was cut before stays hidden, and later secrets count on', () => {
  const { hide, redact } = createRedactor();
  hide(new Secret(secret));
  expect(redact(secret)).toBe('***');
  for (const digit of '12345678') {
    hide(new Secret(digit.repeat(12_000)));
    redact('any text');
  }
  expect(redact(`any ${secret}`)).toBe('any ***');
  hide(new Secret('9'.repeat(12_000)));
  expect(redact('any text')).toBe('***');
  expect(redact('any text')).toBe('***');
});

test('without secrets, text is made safe and nothing else', () => {
  expect(redactor([])('a\n::b::')).toBe('a : :b: :');
});

test('text is made safe and cut as any other', () => {
  expect(redact('a\n::b::##[c]\u001b')).toBe('a : :b: :# #[c]');
  expect(redact('a'.repeat(201))).toBe(`${'a'.repeat(200)}…`);
  expect(redact('abcd', 3)).toBe('abc…');
});

describe('whatever the secret and the text around it are', () => {
  const ascii = fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code));
  // The placeholder itself may complete a piece of a secret that has asterisks in it.
  const unit = ascii.filter((character) => character !== '*');
  const secrets = fc.string({ unit, minLength: 8, maxLength: 40 });
  const encode: readonly ((text: string) => string)[] = [
    (text) => text,
    encodeURIComponent,
    encodeForm,
    (text) => Buffer.from(text).toString('base64'),
    (text) => Buffer.from(text).toString('base64url'),
    (text) => Buffer.from(text).toString('hex'),
    percentEncode,
    (text) => text.toUpperCase(),
    (text) => text.toLowerCase(),
  ];

  test('no piece of eight characters is left', () => {
    const text = fc.string({ unit });
    fc.assert(
      fc.property(
        secrets,
        text,
        text,
        fc.nat(40),
        fc.nat(40),
        (value, before, after, from, size) => {
          const shown = redactor([new Secret(value)])(
            before + value.slice(from, from + 8 + size) + after,
          );
          expect(piecesOf(value).filter((piece) => shown.includes(piece))).toEqual([]);
        },
      ),
    );
  });

  test('no encoding of it is left', () => {
    const text = fc.string({ unit, maxLength: 9 });
    fc.assert(
      fc.property(secrets, text, text, fc.constantFrom(...encode), (value, before, after, form) => {
        const shown = redactor([new Secret(value)])(form(before + value + after));
        expect(findLeaks(shown, { secret: [value] })).toEqual([]);
        expect(piecesOf(form(value)).filter((piece) => shown.includes(piece))).toEqual([]);
      }),
    );
  });
});

test('a text of 4 KiB beside secrets of 64 KiB is read in linear time', () => {
  const secrets = Array.from({ length: 4 }, (_, at) => new Secret(`${at}`.repeat(16_384)));
  const show = redactor(secrets);
  const started = performance.now();
  for (let at = 0; at < 100; at += 1) show('x'.repeat(4096), 4096);
  // This took minutes; it only tells linear from quadratic.
  expect(performance.now() - started).toBeLessThan(5000);
});
