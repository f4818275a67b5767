// What is taken of an answer to a request for a token.
import { describe, expect, test } from '@jest/globals';
import { readTokenResponse } from '../../src/adobe/responses.ts';
import { createRedactor } from '../../src/secrets/redact.ts';
import { type Masked, Secret } from '../../src/secrets/secret.ts';
import { START_MS } from '../support/clock.ts';
import { SECRET } from '../support/credentials.ts';
import { redactor } from '../support/redactor.ts';
import { answer } from '../support/scripted-exchange.ts';
import { encodeJwt, forgeToken } from '../support/tokens.ts';

const OPAQUE = 'opaque-token-of-IMS';

describe('the answer to a token request', () => {
  const good = { access_token: OPAQUE, token_type: 'bearer', expires_in: 86_399 };
  const masks: string[] = [];

  const readBody = (body: unknown, status = 200, headers = {}) => {
    masks.length = 0;
    const { hide, redact } = createRedactor();
    hide(new Secret(SECRET));
    return readTokenResponse(answer(status, body, headers), {
      redact,
      mask: (secret) => {
        hide(secret);
        masks.push(secret.reveal());
        return secret as Masked;
      },
      scopes: ['requested', 'for'],
    });
  };

  test('is a token, masked, with what is known of it', () => {
    const { value, ...rest } = readBody(good);
    expect(value.reveal()).toBe(OPAQUE);
    expect(masks).toEqual([OPAQUE]);
    expect(rest).toEqual({
      scopes: ['requested', 'for'],
      lifetimeMs: 86_399_000,
      expiresAtMs: START_MS + 86_399_000,
    });
  });

  test.each([
    ["the token's claims", { access_token: encodeJwt({ scope: 'a,b' }), scope: 'c' }, ['a', 'b']],
    [
      'the answer, where the token tells none',
      { access_token: encodeJwt({}), scope: 'c d' },
      ['c', 'd'],
    ],
    ['the request, where neither tells any', { scope: '' }, ['requested', 'for']],
  ])('has the scopes of %s', (_name, changes, scopes) => {
    expect(readBody({ ...good, ...changes }).scopes).toEqual(scopes);
  });

  test.each([
    ['of the secret', `for ${SECRET.slice(1)}`, ['for', '***']],
    ['of the token', `for ${OPAQUE.slice(1)}`, ['for', '***']],
    ['of the claims', encodeJwt({ scope: `a,${SECRET.slice(1)}` }), ['a', '***']],
  ])('has no piece %s among its scopes', (_name, text, scopes) => {
    const changes = text.includes('.') ? { access_token: text } : { scope: text };
    expect(readBody({ ...good, ...changes }).scopes).toEqual(scopes);
  });

  test('has the scopes that were asked for as they are, even where the secret is like one', () => {
    const scopes = readTokenResponse(answer(200, { ...good, scope: 'firefly_api' }), {
      redact: redactor([new Secret('a-firefly_api-secret')]),
      mask: (secret) => secret as Masked,
      scopes: ['firefly_api'],
    }).scopes;
    expect(scopes).toEqual(['firefly_api']);
  });

  test('lives as long as the shorter of answer and claims', () => {
    const access_token = encodeJwt({ expires_in: '60000' });
    expect(readBody({ ...good, access_token })).toMatchObject({
      lifetimeMs: 60_000,
      expiresAtMs: START_MS + 60_000,
    });
  });

  test.each(['bearer', 'Bearer', 'BEARER'])('may be of the type %s', (token_type) => {
    expect(readBody({ ...good, token_type }).lifetimeMs).toBe(86_399_000);
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
    [
      'a token with a line break',
      { ...good, access_token: 'opaque-token\nof-this-run' },
      'its access_token has characters that no token may have',
    ],
    [
      'a token of more than 16 KiB',
      { ...good, access_token: 'x'.repeat(16_385) },
      'its access_token is longer than 16 KiB',
    ],
    ['another type', { ...good, token_type: 'mac' }, 'its token_type is not bearer'],
    ['no type', { ...good, token_type: undefined }, 'its token_type is not bearer'],
    ['a type in a list', { ...good, token_type: ['bearer'] }, 'its token_type is not bearer'],
    ['a list of types', { ...good, token_type: ['bearer', 'mac'] }, 'its token_type is not bearer'],
    [
      'a token of 15 characters',
      { ...good, access_token: 'x'.repeat(15) },
      'its access_token is shorter than 16 characters',
    ],
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

  test('may hold a token of 16 characters', () => {
    const access_token = 'x'.repeat(16);
    expect(readBody({ ...good, access_token }).value.reveal()).toBe(access_token);
  });

  test('may hold a token of 16 KiB', () => {
    const access_token = 'x'.repeat(16_384);
    expect(readBody({ ...good, access_token }).value.reveal()).toBe(access_token);
  });

  test.each([
    ['is too long', { access_token: 'x'.repeat(16_385) }],
    ['is too short', { access_token: 'x'.repeat(15) }],
    ['has characters that no token may have', { access_token: 'a token of words' }],
    ['is of another type', { token_type: 'mac' }],
    ['has no lifetime', { expires_in: -1 }],
  ])('that is refused has its token masked: the token %s', (_name, changes) => {
    const body = { ...good, ...changes };
    expect(() => readBody(body)).toThrow('HTTP 200');
    expect(masks).toEqual([body.access_token]);
  });

  test('that is a page is told so', () => {
    const page = () => readBody('<html>Sign in</html>');
    expect(page).toThrow('HTTP 200, but the answer is an HTML page');
  });

  test('that is JSON is read, though it be called a page', () => {
    const { lifetimeMs } = readBody(good, 200, { 'content-type': 'text/html' });
    expect(lifetimeMs).toBe(86_399_000);
  });

  test.each([199, 201, 204, 400, 503])(
    'with status %i is a refusal, and a token in it is masked: it may live all the same',
    (status) => {
      expect(() => readBody(good, status)).toThrow(`HTTP ${status}`);
      expect(masks).toEqual([OPAQUE]);
    },
  );

  test.each([
    ['cut short', `{"access_token": "${OPAQUE}", "token_ty`, [OPAQUE]],
    ['cut within the token', `{"access_token": "${OPAQUE.slice(0, -4)}`, [OPAQUE.slice(0, -4)]],
    [
      'with escapes',
      '{"access_token": "opaque\\/token-with-escapes"',
      ['opaque/token-with-escapes'],
    ],
    [
      'with an escape that is cut',
      '{"access_token": "opaque-token-cut\\u00',
      ['opaque-token-cut\\u00'],
    ],
    [
      'with one token nested and another beside it',
      { error: { access_token: 'first-token-of-two' }, access_token: 'second-token-of-two' },
      ['first-token-of-two', 'second-token-of-two'],
    ],
    ['with none', { error: 'access_token' }, []],
  ])('%s has its tokens masked', (_what, body, tokens) => {
    expect(() => readBody(body, 500)).toThrow('HTTP 500');
    expect(masks).toEqual(tokens);
  });

  test.each(['none', 'a', 'null'])(
    'with the word %s for a token has nothing masked: that would black out the log',
    (access_token) => {
      expect(() => readBody({ ...good, access_token }, 400)).toThrow('HTTP 400');
      expect(() => readBody({ ...good, access_token })).toThrow('is shorter than 16 characters');
      expect(masks).toEqual([]);
    },
  );

  test('with thousands of tokens has a few masked, and its own', () => {
    const many = Array.from(
      { length: 9000 },
      (_, at) => `"access_token":"token-number-${at}"`,
    ).join();
    expect(readBody(`{"all":[{${many}}],${JSON.stringify(good).slice(1)}`).value.reveal()).toBe(
      OPAQUE,
    );
    expect(masks).toEqual([...[0, 1, 2, 3, 4].map((at) => `token-number-${at}`), OPAQUE]);
  });

  test('whose names are escaped has its token masked all the same', () => {
    const body = JSON.stringify(good).replace('access_token', 'access\\u005ftoken');
    expect(readBody(body).value.reveal()).toBe(OPAQUE);
    expect(masks).toEqual([OPAQUE]);
  });

  test('with a byte order mark is read', () => {
    expect(readBody(`\ufeff${JSON.stringify(good)}`).value.reveal()).toBe(OPAQUE);
  });

  test('with an OAuth error in a 200 is that error, and another secret may succeed', () => {
    const error = { error: 'invalid_client', error_description: 'invalid client_secret parameter' };
    expect(() => readBody(error)).toThrow(
      expect.objectContaining({
        name: 'OAuthError',
        message: 'HTTP 200, invalid_client "invalid client_secret parameter"',
        advice: expect.objectContaining({ secretRefused: true }),
      }),
    );
  });

  test('that lives seven days by answer and claims lives seven days', () => {
    const access_token = encodeJwt({ expires_in: '604800000' });
    expect(readBody({ ...good, access_token, expires_in: 604_800 }).lifetimeMs).toBe(604_800_000);
  });

  test('without expires_in lives as long as its claims say', () => {
    const access_token = encodeJwt({ expires_in: '3600000' });
    expect(readBody({ access_token, token_type: 'bearer' }).lifetimeMs).toBe(3_600_000);
  });

  test('that refuses does not show a token that the next answer may deliver', () => {
    const next = forgeToken();
    const error_description = `try ${next} or ${'a1'.repeat(20)}-x`;
    expect(() => readBody({ error: 'later', error_description }, 503)).toThrow(
      'HTTP 503, later "try *** or ***"',
    );
  });

  test('that refuses is quoted with what identifies the request and the client', () => {
    const id = '0123456789abcdef0123456789abcdef';
    const uuid = '01234567-89ab-cdef-0123-456789abcdef';
    const body = { error: 'invalid_scope', error_description: `client ${id} in request ${uuid}` };
    expect(() => readBody(body, 400, { 'x-debug-id': uuid })).toThrow(
      `HTTP 400, invalid_scope "client ${id} in request ${uuid}" (x-debug-id ${uuid})`,
    );
  });

  test('whose scopes are the secret, cut at its commas, shows none of it', () => {
    const { hide, redact } = createRedactor();
    hide(new Secret('p8e,with,commas,in,it'));
    const { scopes } = readTokenResponse(
      answer(200, { ...good, scope: 'openid p8e with commas in it' }),
      {
        redact,
        mask: (secret) => secret as Masked,
        scopes: ['openid'],
      },
    );
    expect(scopes).toEqual(['openid', '***', '***', '***', '***', '***']);
  });

  test('with 115 scopes that nobody requested and a token of 16 KB is read at once', () => {
    const access_token = encodeJwt({
      scope: Array.from(
        { length: 115 },
        (_, index) => `scope-${index}-that-nobody-requested`,
      ).join(),
      filler: 'x'.repeat(5000),
    }).padEnd(16_384, 'y');
    const started = performance.now();
    expect(readBody({ ...good, access_token }).scopes).toHaveLength(115);
    // It was 14 s; this only tells linear from quadratic.
    expect(performance.now() - started).toBeLessThan(3000);
  });

  test('that refuses is quoted without the secret', () => {
    const echo = { error: 'invalid_scope', error_description: `not for ${SECRET}` };
    expect(() => readBody(echo, 400)).toThrow('HTTP 400, invalid_scope "not for ***"');
  });

  test('that asks to wait until a moment is understood', () => {
    const headers = { 'retry-after': new Date(START_MS + 5000).toUTCString() };
    expect(() => readBody('', 503, headers)).toThrow(
      expect.objectContaining({ advice: expect.objectContaining({ retryAfterMs: 5000 }) }),
    );
  });
});
