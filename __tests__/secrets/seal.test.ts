// A token sealed and opened again: by whom it can be, and when it still serves.
import { describe, expect, test } from '@jest/globals';
import {
  openSeal,
  type SealContext,
  type SealedToken,
  sealToken,
  unfitBecause,
} from '../../src/secrets/seal.ts';
import { Secret } from '../../src/secrets/secret.ts';
import { START_MS } from '../support/clock.ts';
import { giveSealedToken, OPAQUE_TOKEN, SEAL_CONTEXT } from '../support/tokens.ts';

const secret = new Secret('p8e-first-secret-of-the-client');
const other = new Secret('p8e-other-secret-of-the-client');
const token = giveSealedToken();

const CHANGED = 'was made with another client secret, client ID or ims-url, or was altered';

describe('a seal', () => {
  test('opens to what it was made of', async () => {
    const sealed = await sealToken(token, SEAL_CONTEXT, secret);
    const opened = await openSeal(sealed, SEAL_CONTEXT, [secret]);
    expect(opened).toEqual({ token });
    expect('token' in opened && opened.token.value.reveal()).toBe(OPAQUE_TOKEN);
  });

  test('remembers the organization', async () => {
    const owned = { ...token, orgId: 'ORG@AdobeOrg' };
    const sealed = await sealToken(owned, SEAL_CONTEXT, secret);
    expect(await openSeal(sealed, SEAL_CONTEXT, [secret])).toEqual({ token: owned });
  });

  test('opens with any of the secrets', async () => {
    const sealed = await sealToken(token, SEAL_CONTEXT, secret);
    expect(await openSeal(sealed, SEAL_CONTEXT, [other, secret])).toEqual({ token });
  });

  test('opens whatever scopes and organization are wanted now: they are compared later', async () => {
    const sealed = await sealToken(token, SEAL_CONTEXT, secret);
    const wanted = { ...SEAL_CONTEXT, scopes: ['x'], orgId: 'ORG@AdobeOrg' };
    expect(await openSeal(sealed, wanted, [secret])).toEqual({ token });
  });

  test.each([
    ['another secret', SEAL_CONTEXT, [other]],
    ['no secret', SEAL_CONTEXT, []],
    ['another client ID', { ...SEAL_CONTEXT, clientId: 'the-clienT' }, [secret]],
    ['another IMS', { ...SEAL_CONTEXT, imsUrl: 'https://ims-na1-stg1.adobelogin.com' }, [secret]],
    [
      'parts of client ID and IMS exchanged',
      { ...SEAL_CONTEXT, clientId: 'the-clienth', imsUrl: 'ttps://ims-na1.adobelogin.com' },
      [secret],
    ],
  ])('does not open with %s', async (_name, wanted, secrets) => {
    const sealed = await sealToken(token, SEAL_CONTEXT, secret);
    expect(await openSeal(sealed, wanted, secrets)).toEqual({ refused: CHANGED });
  });

  test('is another each time', async () => {
    const seals = await Promise.all([1, 2].map(() => sealToken(token, SEAL_CONTEXT, secret)));
    const parts = seals.map((seal) => seal.split('.'));
    for (const part of [0, 2, 3, 4]) expect(parts[0]?.[part]).not.toBe(parts[1]?.[part]);
  });
});

describe('a sealed token', () => {
  const minute = { nowMs: START_MS, minValidityMs: 60_000 };
  const unfit = (changes: Partial<SealedToken>, wanted: Partial<SealContext> = {}) =>
    unfitBecause({ ...token, ...changes }, { ...SEAL_CONTEXT, ...wanted }, minute);

  test('serves where nothing speaks against it', () => {
    expect(unfit({})).toBeUndefined();
  });

  test('serves where it was asked for with more, though it was granted less', () => {
    expect(unfit({ asked: ['ff_apis', 'openid', 'x'], granted: ['openid'] })).toBeUndefined();
  });

  test.each([
    ['one, and another is wanted', 'A@AdobeOrg', 'B@AdobeOrg'],
    ['one, and none is wanted', 'A@AdobeOrg', undefined],
    ['none, and one is wanted', undefined, 'B@AdobeOrg'],
  ])('does not serve where its organization is %s', (_name, orgId, wanted) => {
    expect(unfit({ orgId }, { orgId: wanted })).toBe('was made for another org-id');
  });

  test('does not serve where more scopes are wanted, and names them', () => {
    expect(unfit({}, { scopes: ['openid', 'x', 'y'] })).toBe(
      'was made for other scopes, without x, y',
    );
  });

  test.each([
    [0, 'has expired'],
    [-1, 'has expired'],
    [1, 'expires in 0 s, and min-validity is 60 s'],
    [59_999, 'expires in 59 s, and min-validity is 60 s'],
  ])('that lives for %i ms more does not serve: it %s', (leftMs, reason) => {
    expect(unfit({ expiresAtMs: START_MS + leftMs })).toBe(reason);
  });

  test('that lives for exactly `min-validity` more serves', () => {
    expect(unfit({ expiresAtMs: START_MS + 60_000 })).toBeUndefined();
  });

  test('that has expired does not serve even where no validity is asked for', () => {
    const now = { nowMs: token.expiresAtMs, minValidityMs: 0 };
    expect(unfitBecause(token, SEAL_CONTEXT, now)).toBe('has expired');
  });
});
