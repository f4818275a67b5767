// What is shown of foreign text.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseCommands } from '../../dev/runner/commands.ts';
import { createRedactor, defuse, hideTokens } from '../../src/secrets/redact.ts';
import { Secret } from '../../src/secrets/secret.ts';
import { anyText } from '../support/any-text.ts';
import { redactor } from '../support/redactor.ts';

/** Without a secret to hide. */
const clean = redactor([]);

describe('foreign text', () => {
  test.each([
    ['is left as it is where it is plain', 'HTTP 400: invalid “client_id”, ключ 鍵 🔑', undefined],
    ['has its line ends turned into spaces', 'a\nb\rc\r\nd\u2028e\u2029f\u0085g', 'a b c d e f g'],
    ['has its blanks drawn together', 'a \t\u00a0\u3000 b', 'a b'],
    ['has no blanks around it', ' \n\ta\v\f ', 'a'],
    ['has no control characters', 'a\u0000b\u0007c\u001b[31md\u007fe\u009bf', 'a b c [31md e f'],
    ['has no characters that hide or turn text', 'a\u200bb\u202ec\u2066d\ufeffe\u00adf', 'abcdef'],
    ['has no characters that Unicode does not define', 'a\ue000b\u0378c\ufdd0d', 'a b c d'],
    ['has no letters that nobody sees', 'a\u3164b\u115fc\ufe0fd', 'abcd'],
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
    ['[::add-mask::x]', '[: :add-mask: :x]'],
    ['##[::1]::error::', '# #[::1]: :error: :'],
    ['[::1', '[: :1'],
  ])('holds no command: %s', (text, shown) => {
    expect(clean(text)).toBe(shown);
    expect(defuse(text)).toBe(shown);
  });

  // It became [: :1], which no other program takes.
  test.each(['[::1]:8080 refuses', 'http://[2001:DB8::192.0.2.1]/'])(
    'has its IPv6 addresses in brackets left as they are: %s',
    (text) => {
      expect(clean(text)).toBe(text);
      expect(defuse(text)).toBe(text);
    },
  );

  test('is searched for IPv6 addresses in linear time', () => {
    const started = performance.now();
    defuse('['.repeat(250_000));
    defuse(`[${':'.repeat(250_000)}`);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  test('is cut after 200 characters, and the cut is shown', () => {
    expect(clean('a'.repeat(200))).toBe('a'.repeat(200));
    expect(clean('a'.repeat(201))).toBe(`${'a'.repeat(200)}…`);
  });

  test('is cut where the caller says', () => {
    expect(clean('abc', 3)).toBe('abc');
    expect(clean('abcd', 3)).toBe('abc…');
  });

  test('is not read further than 2000 characters, or twice of what is shown', () => {
    expect(clean(`${'\0'.repeat(1999)}ab`)).toBe('a');
    expect(clean(`${'\0'.repeat(2999)}ab`, 1500)).toBe('a');
    expect(clean('a'.repeat(3001), 3000)).toBe(`${'a'.repeat(3000)}…`);
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

describe('a line of this action', () => {
  test('is left as it is, but for secrets as a whole and commands', () => {
    const { hide, conceal } = createRedactor();
    hide(new Secret('a secret of::words'));
    const line = 'a secret of::words, a%20secret%20of%3A%3Awords, a secret, ::x::\n';
    expect(conceal(line)).toBe('***, ***, a secret, : :x: :\n');
  });

  test('does not lose a word to a secret of three letters, which would hide the log', () => {
    const { hide, conceal, redact } = createRedactor();
    hide(new Secret('run'));
    expect(conceal('the runner runs')).toBe('the runner runs');
    expect(redact('the runner runs')).toBe('the runner runs');
  });

  test('and foreign text lose secrets of four to seven letters as a whole', () => {
    const { hide, conceal, redact } = createRedactor();
    hide(new Secret('word'));
    expect(conceal('a word, a swords')).toBe('a ***, a s***s');
    expect(redact('a word, a swords')).toBe('a ***, a s***s');
  });
});

describe('what looks like a token that nobody knows yet', () => {
  test.each([
    ['a JWT', 'eyJhbGciOiJSUzI1NiJ9.eyJpZCI6IjE3MDAifQ.c2lnbmF0dXJl', '***'],
    ['a run of 24 characters with a digit', `x ${'x'.repeat(23)}1 x`, 'x *** x'],
    ['a run of 40 characters', `x ${'x'.repeat(40)} x`, 'x *** x'],
    ['padding and all', `"${'a1'.repeat(12)}=="`, '"***"'],
    ['65 hexadecimal digits', '0'.repeat(65), '***'],
    ['at the end of a sentence', `It is ${'a1'.repeat(20)}x.`, 'It is ***'],
    ["in a URL's path", `https://a.example/b/${'a1'.repeat(12)}x/c`, 'https://a.example/b/***/c'],
    [
      "in a URL's path, with dots",
      `https://a.example/${'a1b2c3d4.'.repeat(3)}x`,
      'https://a.example/***',
    ],
    ['after a colon, where it is no URL', `token:${'a1'.repeat(12)}x`, 'token:***'],
    ["in a URL's host", `https://${'a1'.repeat(12)}x.example/b`, 'https://***/b'],
    ['with slashes, where it is no URL', `//${'a1/'.repeat(8)}`, '***'],
    ['what is like a word that the caller knows', 'x-substance3d_api.spaces.create', '***'],
  ])('is hidden: %s', (_what, text, shown) => {
    expect(hideTokens(text)).toBe(shown);
  });

  test.each([
    ['words', 'client is not authorized to use this grant type client_credentials'],
    ['a run of 23 characters', `${'x'.repeat(22)}1`],
    ['a run of 39 letters', 'x'.repeat(39)],
    ['a UUID', '01234567-89ab-cdef-0123-456789ABCDEF'],
    ['a client ID', '0123456789abcdef0123456789abcdef'],
    ['a digest of 64 digits', 'abcdef01'.repeat(8)],
    ['an identifier at the end of a sentence', '01234567-89ab-cdef-0123-456789abcdef.'],
    ['an identifier of AWS', '1-5759e988-bd862e3fe1be46a994272793'],
    // Where a redirect led was hidden, and which scope is not enabled.
    ['a URL', 'https://sign-in2.portal.example.com/adfs/ls/oauth2-v2.0-authorize'],
    ['what the caller knows', 'not enabled: substance3d_api.spaces.create.'],
  ])('is not: %s', (_what, text) => {
    expect(hideTokens(text, ['substance3d_api.spaces.create'])).toBe(text);
  });

  test.each(['.', '/', '//', '://', 'a1/', '-'])('is found in linear time among %j', (text) => {
    const started = performance.now();
    hideTokens(`:${text.repeat(250_000 / text.length)}`);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
