// What a token's claims and an answer say of it, and how its time is counted.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  isBearerToken,
  isoSeconds,
  missingScopes,
  readClaims,
  readLifetimeMs,
  secondsUntil,
} from '../../src/adobe/token.ts';
import { anyText } from '../support/any-text.ts';
import { encodeJwt, forgeToken, giveToken } from '../support/tokens.ts';

const tenYearsMs = 10 * 365 * 24 * 3600 * 1000;
const encode = (text: string) => Buffer.from(text).toString('base64url');

describe('the claims of a token', () => {
  test('are read as IMS writes them', () => {
    expect(readClaims(forgeToken({ scope: 'openid,AdobeID' }))).toEqual({
      clientId: 'the-client',
      scopes: ['openid', 'AdobeID'],
      lifetimeMs: 86_400_000,
    });
  });

  test.each([
    ['the client', { client_id: 'a' }, { clientId: 'a' }],
    ['the scopes', { scope: 'a b' }, { scopes: ['a', 'b'] }],
    ['the lifetime', { expires_in: '1500' }, { lifetimeMs: 1500 }],
    ['the lifetime as a number', { expires_in: 1500 }, { lifetimeMs: 1500 }],
    ['nothing', {}, {}],
    ['a client that is no text', { client_id: 7 }, {}],
    ['scopes that are none', { scope: ['a'] }, {}],
    ['scopes with a wrong one', { scope: 'a,"' }, {}],
    ['a lifetime that is over', { expires_in: '-1' }, { lifetimeMs: -1 }],
    ['a lifetime that is none', { expires_in: 'x' }, {}],
    ['a list', ['a'], {}],
    ['null', null, {}],
    ['a text', 'client_id', {}],
  ])('may say %s', (_what, claims, read) => {
    expect(readClaims(encodeJwt(claims))).toEqual(read);
  });

  test.each([
    '',
    'opaque',
    'a.b',
    'a.b.c',
    '..',
    `x.${encode('{"client_id":')}.y`,
    `x.${encode('{"expires_in":1e999}')}.y`,
    'a.\u0000é.c',
  ])('are none in "%s"', (token) => {
    expect(readClaims(token)).toEqual({});
  });

  test('never break on a token, whatever it is', () => {
    const claims = fc.json().map((text) => `a.${encode(text)}.b`);
    fc.assert(
      fc.property(fc.oneof(anyText, claims), (token) => {
        expect(() => readClaims(token)).not.toThrow();
      }),
    );
  });
});

describe('the lifetime of a token', () => {
  test.each([
    ['seconds', 86_399, 86_399_000],
    ['seconds as text', '86399', 86_399_000],
    ['a fraction of seconds', 1.5, 1500],
    ['a fraction as text', '3599.25', 3_599_250],
    ['a fraction of milliseconds', 1.2345, 1234],
    ['two days, the most that seconds can be', 172_800, 172_800_000],
    ['more, which is milliseconds', 172_801, 172_801],
    ['milliseconds', '86399000', 86_399_000],
    ['ten years, the most that can be', tenYearsMs, tenYearsMs],
    ['fifteen digits, which is too much', '999999999999999', undefined],
    ['more than ten years', tenYearsMs + 1, undefined],
    ['nothing', undefined, undefined],
    ['null', null, undefined],
    ['zero', 0, 0],
    ['zero as text', '0', 0],
    ['less', -1, -1000],
    ['less as text', '-1', -1000],
    ['no number', Number.NaN, undefined],
    ['no end', Number.POSITIVE_INFINITY, undefined],
    ['no text of a number', '86399s', undefined],
    ['a text that begins otherwise', 'x86399', undefined],
    ['an empty text', '', undefined],
    ['a blank before', ' 86399', undefined],
    ['an exponent', '1e3', undefined],
    ['a point without digits', '1.', undefined],
    ['sixteen digits', '0000000000000001', undefined],
    ['fifteen digits', '000000000000001', 1000],
    ['ten decimals', '1.0000000001', undefined],
    ['nine decimals', '1.500000000', 1500],
    ['truth', true, undefined],
    ['a list', [86_399], undefined],
  ])('is read from %s: %j', (_what, expiresIn, lifetimeMs) => {
    expect(readLifetimeMs(expiresIn, {})).toBe(lifetimeMs);
  });

  test('is the shorter of what the answer and the claims say', () => {
    expect(readLifetimeMs(3600, { lifetimeMs: 1_800_000 })).toBe(1_800_000);
    expect(readLifetimeMs(3600, { lifetimeMs: 7_200_000 })).toBe(3_600_000);
    expect(readLifetimeMs(tenYearsMs + 1, { lifetimeMs: 1000 })).toBe(1000);
  });

  test('is that of the claims where the answer has none', () => {
    expect(readLifetimeMs(undefined, { lifetimeMs: 1_800_000 })).toBe(1_800_000);
    expect(readLifetimeMs('tomorrow', { lifetimeMs: 1_800_000 })).toBe(1_800_000);
    expect(readLifetimeMs(undefined, {})).toBeUndefined();
  });

  test.each([
    // Seven days, as Adobe gives to some credentials: more than what could be milliseconds.
    ['seconds that the claims confirm', 604_800, 604_800_000, 604_800_000],
    ['seconds that the claims confirm within a minute', 604_741, 604_800_000, 604_741_000],
    ['seconds that the claims confirm within a whole minute', 604_740, 604_800_000, 604_740_000],
    ['milliseconds, where the claims say otherwise', 604_739, 604_800_000, 604_739],
    ['milliseconds, where there are no claims', 604_800, undefined, 604_800],
  ])('above two days is %s: %d beside %s', (_what, expiresIn, lifetimeMs, read) => {
    expect(readLifetimeMs(expiresIn, lifetimeMs === undefined ? {} : { lifetimeMs })).toBe(read);
  });
});

test('the scopes that a token lacks are those that were wanted and not given', () => {
  const token = giveToken({ scopes: ['a', 'c', 'd'] });
  expect(missingScopes(['b', 'a', 'e', 'c'], token)).toEqual(['b', 'e']);
  expect(missingScopes(['a'], token)).toEqual([]);
});

test.each([
  [10_000, 0, 10],
  [10_999, 0, 10],
  [12_000, 2000, 10],
  [999, 0, 0],
  [0, 0, 0],
  [0, 5000, 0],
])('from %d ms, at %d ms there are %d seconds left', (momentMs, nowMs, left) => {
  expect(secondsUntil(momentMs, nowMs)).toBe(left);
});

test.each([
  [1_795_301_079_000, '2026-11-21T22:44:39Z'],
  [1_795_301_079_999, '2026-11-21T22:44:39Z'],
  [0, '1970-01-01T00:00:00Z'],
])('%d is the moment %s', (momentMs, text) => {
  expect(isoSeconds(momentMs)).toBe(text);
});

test.each(['abc', 'aZ09-._~+/', 'abc=='])('%j may be a token', (text) => {
  expect(isBearerToken(text)).toBe(true);
});

test.each(['', '=', 'a=b', 'a b', 'a\n', '\na', 'a:b', 'é'])('%j may be no token', (text) => {
  expect(isBearerToken(text)).toBe(false);
});
