// The protocol of IMS: what is asked, and what is taken of its answers.
import { describe, expect, test } from '@jest/globals';
import {
  invalidateRequest,
  isBearerToken,
  readTokenResponse,
  tokenRequest,
  validateRequest,
} from '../../src/adobe/requests.ts';
import { redactor } from '../../src/secrets/redact.ts';
import { type Masked, Secret } from '../../src/secrets/secret.ts';
import { START_MS } from '../support/clock.ts';
import { SECRET } from '../support/credentials.ts';
import { answer, readForm } from '../support/scripted-exchange.ts';
import { encodeJwt } from '../support/tokens.ts';

const IMS = 'https://ims.example/base';
const FORM = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
/** Every character that a form must encode. */
const ODD = 'a+b&c=d%20 é?#/';

describe('the request', () => {
  const query = {
    imsUrl: IMS,
    clientId: 'the-client',
    secret: new Secret(ODD),
    scopes: ['openid', 'AdobeID', 'ff_apis'],
    orgId: undefined,
  };

  test('for a token is a form, with nothing in the query', () => {
    expect(tokenRequest(query)).toEqual({
      method: 'POST',
      url: 'https://ims.example/base/ims/token/v3',
      headers: FORM,
      body: 'grant_type=client_credentials&client_id=the-client&client_secret=a%2Bb%26c%3Dd%2520+%C3%A9%3F%23%2F&scope=openid%2CAdobeID%2Cff_apis',
    });
  });

  test('for a token names the organization where there is one', () => {
    expect(readForm(tokenRequest({ ...query, orgId: 'ORG@AdobeOrg' }))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'the-client',
      client_secret: ODD,
      scope: 'openid,AdobeID,ff_apis',
      org_id: 'ORG@AdobeOrg',
    });
  });

  test('for a token leaves an empty organization out', () => {
    expect(readForm(tokenRequest({ ...query, orgId: '' }))).not.toHaveProperty('org_id');
  });

  test('to validate a token bears it in the form and in the header', () => {
    expect(validateRequest(IMS, 'the&client', new Secret('to+ken') as Masked)).toEqual({
      method: 'POST',
      url: 'https://ims.example/base/ims/validate_token/v1',
      headers: { ...FORM, authorization: 'Bearer to+ken', 'x-ims-clientid': 'the&client' },
      body: 'type=access_token&client_id=the%26client&token=to%2Bken',
    });
  });

  test('to end a token ends no other', () => {
    const secret = new Secret(ODD);
    const request = invalidateRequest(IMS, 'the&client', secret, new Secret('to+ken'));
    expect({ ...request, body: readForm(request) }).toEqual({
      method: 'POST',
      url: 'https://ims.example/base/ims/invalidate_token/v2',
      headers: FORM,
      body: {
        token_type: 'access_token',
        token: 'to+ken',
        client_id: 'the&client',
        client_secret: ODD,
      },
    });
  });
});

describe('the answer to a token request', () => {
  const good = { access_token: 'opaque-token', token_type: 'bearer', expires_in: 86_399 };
  const masks: string[] = [];

  const readBody = (body: unknown, status = 200, headers = {}) => {
    masks.length = 0;
    return readTokenResponse(answer(status, body, headers), {
      redact: redactor([new Secret(SECRET)]),
      mask: (secret) => {
        masks.push(secret.reveal());
        return secret as Masked;
      },
      scopes: ['asked', 'for'],
      nowMs: START_MS,
    });
  };

  test('is a token, masked, with what is known of it', () => {
    const { value, ...rest } = readBody(good);
    expect(value.reveal()).toBe('opaque-token');
    expect(masks).toEqual(['opaque-token']);
    expect(rest).toEqual({
      scopes: ['asked', 'for'],
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
    ['the request, where neither tells any', { scope: '' }, ['asked', 'for']],
  ])('has the scopes of %s', (_name, changes, scopes) => {
    expect(readBody({ ...good, ...changes }).scopes).toEqual(scopes);
  });

  test.each([
    ['of the secret', `for ${SECRET.slice(1)}`, ['for', '***']],
    ['of the token', 'for opaque-toke', ['for', '***']],
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
      nowMs: START_MS,
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
      { ...good, access_token: 'opaque\ntoken' },
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
      'no lifetime',
      { ...good, expires_in: undefined },
      'its expires_in is not a positive number of seconds',
    ],
    [
      'a lifetime of 0',
      { ...good, expires_in: 0 },
      'its expires_in is not a positive number of seconds',
    ],
    [
      'a lifetime in words',
      { ...good, expires_in: 'tomorrow' },
      'its expires_in is not a positive number of seconds',
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

  test('may hold a token of 16 KiB', () => {
    const access_token = 'x'.repeat(16_384);
    expect(readBody({ ...good, access_token }).value.reveal()).toBe(access_token);
  });

  test.each([
    ['is too long', { access_token: 'x'.repeat(16_385) }],
    ['has characters that no token may have', { access_token: 'a b' }],
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

  test.each([199, 201, 204, 400, 503])('with status %i is a refusal', (status) => {
    expect(() => readBody(good, status)).toThrow(`HTTP ${status}`);
    expect(masks).toEqual([]);
  });

  test('that refuses is quoted without the secret', () => {
    const echo = { error: 'invalid_scope', error_description: `not for ${SECRET}` };
    expect(() => readBody(echo, 400)).toThrow('HTTP 400, invalid_scope "not for ***"');
  });

  test('that asks to wait until a moment is understood', () => {
    const headers = { 'retry-after': new Date(START_MS + 5000).toUTCString() };
    expect(() => readBody('', 503, headers)).toThrow(
      expect.objectContaining({ retryAfterMs: 5000 }),
    );
  });
});

test.each(['abc', 'aZ09-._~+/', 'abc=='])('%j may be a token', (text) => {
  expect(isBearerToken(text)).toBe(true);
});

test.each(['', '=', 'a=b', 'a b', 'a\n', '\na', 'a:b', 'é'])('%j may be no token', (text) => {
  expect(isBearerToken(text)).toBe(false);
});
