// What is taken of an answer to a request for a token.
import { describe, expect, test } from '@jest/globals';
import { START_MS } from '../support/clock.ts';
import { SECRET } from '../support/credentials.ts';
import { tokenReader } from '../support/token-reading.ts';
import { encodeJwt } from '../support/tokens.ts';

const OPAQUE = 'opaque-token-of-IMS';
const good = { access_token: OPAQUE, token_type: 'bearer', expires_in: 86_399 };

const readBody = (body: unknown, headers = {}) => tokenReader().read(body, 200, headers);

describe('the answer to a token request', () => {
  test('is a token, masked, with what is known of it', () => {
    const { masks, read } = tokenReader();
    const { value, ...rest } = read(good);
    expect(value.reveal()).toBe(OPAQUE);
    expect(masks).toEqual([OPAQUE]);
    expect(rest).toEqual({
      scopes: ['requested', 'for'],
      lifetimeMs: 86_399_000,
      expiresAtMs: START_MS + 86_399_000,
    });
  });

  test.each(['bearer', 'Bearer', 'BEARER'])('may be of the type %s', (token_type) => {
    expect(readBody({ ...good, token_type }).lifetimeMs).toBe(86_399_000);
  });

  test.each([16, 16_384])('may hold a token of %d characters', (length) => {
    const access_token = 'x'.repeat(length);
    expect(readBody({ ...good, access_token }).value.reveal()).toBe(access_token);
  });

  test('that is JSON is read, though it be called a page', () => {
    expect(readBody(good, { 'content-type': 'text/html' }).lifetimeMs).toBe(86_399_000);
  });

  test('with a byte order mark is read', () => {
    expect(readBody(`\ufeff${JSON.stringify(good)}`).value.reveal()).toBe(OPAQUE);
  });

  test.each([
    ['an empty body', '', 'it is empty'],
    ['no JSON', '{"access_token":,}', 'it is not a JSON object'],
    ['blanks', ' ', 'it is not a JSON object'],
    ['a list', [good], 'it is not a JSON object'],
    ['null', 'null', 'it is not a JSON object'],
    ['no token', { ...good, access_token: undefined }, 'it has no access_token'],
    ['an empty token', { ...good, access_token: '' }, 'it has no access_token'],
    ['a number for a token', { ...good, access_token: 12_345_678 }, 'it has no access_token'],
    ['a message for a token', { message: 'ok' }, 'it has no access_token'],
    [
      'a token with a line break',
      { ...good, access_token: 'opaque-token\nof-this-run' },
      'its access_token has characters that no token may have',
    ],
    [
      'a token with a blank',
      { ...good, access_token: 'opaque-token of-this-run' },
      'its access_token has characters that no token may have',
    ],
    [
      'a token of more than 16 KiB',
      { ...good, access_token: 'x'.repeat(16_385) },
      'its access_token is longer than 16 KiB',
    ],
    [
      'a token of 15 characters',
      { ...good, access_token: 'x'.repeat(15) },
      'its access_token is shorter than 16 characters',
    ],
    [
      'a token of 3 characters',
      { ...good, access_token: 'abc' },
      'its access_token is shorter than 16 characters',
    ],
    ['another type', { ...good, token_type: 'mac' }, 'its token_type is not bearer'],
    ['no type', { ...good, token_type: undefined }, 'its token_type is not bearer'],
    ['a type in a list', { ...good, token_type: ['bearer'] }, 'its token_type is not bearer'],
    ['a list of types', { ...good, token_type: ['bearer', 'mac'] }, 'its token_type is not bearer'],
    [
      'no lifetime, and no claims',
      { ...good, expires_in: undefined },
      'neither its expires_in nor the token says how long the token lives',
    ],
    [
      'a lifetime in words, and no claims',
      { ...good, expires_in: 'tomorrow' },
      'neither its expires_in nor the token says how long the token lives',
    ],
    ['a lifetime of 0', { ...good, expires_in: 0 }, 'its token has no time left'],
    ['a lifetime below 0', { ...good, expires_in: -1 }, 'its token has no time left'],
    // It would be given out with `expires-in: 0`.
    ['a lifetime below a second', { ...good, expires_in: 0.999 }, 'its token has no time left'],
    [
      'claims without time left',
      { ...good, access_token: encodeJwt({ expires_in: '0' }) },
      'its token has no time left',
    ],
  ])('that is %s is refused', (_name, body, what) => {
    expect(() => readBody(body)).toThrow(
      expect.objectContaining({
        name: 'ResponseError',
        message: `HTTP 200, but the answer is not a token: ${what}`,
        topic: 'malformed-answer',
        hint: 'Check that `ims-url`, if it is set, is Adobe IMS, and whether a proxy or gateway answered instead of it',
      }),
    );
  });

  test.each([
    ['<html>Sign in</html>', 'an HTML page'],
    ['<Error/>', 'an XML document'],
  ])('that is %s is told as %s', (body, what) => {
    expect(() => readBody(body)).toThrow(`HTTP 200, but the answer is ${what}`);
  });
});

describe('an error in a 200', () => {
  test('of OAuth is that error, and another secret may succeed', () => {
    const error = { error: 'invalid_client', error_description: 'invalid client_secret parameter' };
    expect(() => readBody(error)).toThrow(
      expect.objectContaining({
        name: 'OAuthError',
        message: 'HTTP 200, invalid_client "invalid client_secret parameter"',
        advice: expect.objectContaining({ secretRefused: true }),
      }),
    );
  });

  test.each([
    ['beside a token', { ...good, error: 'invalid_scope' }, 'HTTP 200, invalid_scope'],
    ['nested', { error: { code: 'a', message: 'b' } }, 'HTTP 200, a "b"'],
    ['nested, with a message alone', { error: { message: 'b' } }, 'HTTP 200, "b"'],
    ['of a number', { ...good, error: 7 }, 'HTTP 200, 7'],
    ["with a gateway's name", { error_code: '403003', message: 'b' }, 'HTTP 200, 403003 "b"'],
  ])('is told as it is: %s', (_what, body, message) => {
    expect(() => readBody(body)).toThrow(new Error(message));
  });

  // A token was taken from an answer that revocation would not have taken for a success.
  test.each([true, {}, { reason: 'no' }, ['no']])(
    'that says nothing fails the token beside it: %j',
    (error) => {
      expect(() => readBody({ ...good, error })).toThrow(
        expect.objectContaining({
          name: 'ResponseError',
          message:
            'HTTP 200, but the answer is not a token: it has an error beside its access_token',
        }),
      );
    },
  );

  test.each([
    ['a code of 200', { code: 200, message: 'OK' }],
    ['an error_code of 0', { error_code: '0' }],
    ['an error that is null', { error: null }],
    ['an error that is false', { error: false }],
    ['an error that is empty', { error: '', error_description: '' }],
  ])('is none beside a token: %s', (_what, changes) => {
    expect(readBody({ ...good, ...changes }).value.reveal()).toBe(OPAQUE);
  });
});

describe('the lifetime of a token', () => {
  test('is the shorter of what answer and claims say', () => {
    const access_token = encodeJwt({ expires_in: '60000' });
    expect(readBody({ ...good, access_token })).toMatchObject({
      lifetimeMs: 60_000,
      expiresAtMs: START_MS + 60_000,
    });
  });

  test('is seven days where answer and claims say so', () => {
    const access_token = encodeJwt({ expires_in: '604800000' });
    expect(readBody({ ...good, access_token, expires_in: 604_800 }).lifetimeMs).toBe(604_800_000);
  });

  test('is that of its claims where the answer has no expires_in', () => {
    const access_token = encodeJwt({ expires_in: '3600000' });
    expect(readBody({ access_token, token_type: 'bearer' }).lifetimeMs).toBe(3_600_000);
  });

  test('may be a second', () => {
    expect(readBody({ ...good, expires_in: 1 }).lifetimeMs).toBe(1000);
  });
});

describe('the scopes of a token', () => {
  test.each([
    ["the token's claims", { access_token: encodeJwt({ scope: 'a,b' }), scope: 'c' }, ['a', 'b']],
    [
      'the answer, where the token tells none',
      { access_token: encodeJwt({}), scope: 'c d' },
      ['c', 'd'],
    ],
    ['the request, where neither tells any', { scope: '' }, ['requested', 'for']],
  ])('are those of %s', (_name, changes, scopes) => {
    expect(readBody({ ...good, ...changes }).scopes).toEqual(scopes);
  });

  test.each([
    ['of the secret', `for ${SECRET.slice(1)}`, ['for', '***']],
    ['of the token', `for ${OPAQUE.slice(1)}`, ['for', '***']],
    ['of the claims', encodeJwt({ scope: `a,${SECRET.slice(1)}` }), ['a', '***']],
  ])('show no piece %s', (_name, text, scopes) => {
    const changes = text.includes('.') ? { access_token: text } : { scope: text };
    expect(readBody({ ...good, ...changes }).scopes).toEqual(scopes);
  });

  test('that were requested are shown as they are, even where the secret is like one', () => {
    const { read } = tokenReader({ scopes: ['firefly_api'], secret: 'a-firefly_api-secret' });
    expect(read({ ...good, scope: 'firefly_api' }).scopes).toEqual(['firefly_api']);
  });

  test('that are the secret, cut at its commas, show none of it', () => {
    const { read } = tokenReader({ scopes: ['openid'], secret: 'p8e,with,commas,in,it' });
    const { scopes } = read({ ...good, scope: 'openid p8e with commas in it' });
    expect(scopes).toEqual(['openid', '***', '***', '***', '***', '***']);
  });

  test('that nobody requested, 115 of them beside a token of 16 KB, are read at once', () => {
    const scope = Array.from({ length: 115 }, (_, at) => `scope-${at}-that-nobody-requested`);
    const claims = { scope: scope.join(), filler: 'x'.repeat(5000) };
    const access_token = encodeJwt(claims).padEnd(16_384, 'y');
    const started = performance.now();
    expect(readBody({ ...good, access_token }).scopes).toHaveLength(115);
    // It was 14 s; this only tells linear from quadratic.
    expect(performance.now() - started).toBeLessThan(3000);
  });
});
