// A token sealed and opened again: by whom it can be, and when it still serves.
import { hkdfSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { compactDecrypt } from 'jose/jwe/compact/decrypt';
import { CompactEncrypt } from 'jose/jwe/compact/encrypt';
import {
  MAX_SEAL_LENGTH,
  openSeal,
  type SealContext,
  type SealedToken,
  sealToken,
  unfitBecause,
} from '../src/seal.ts';
import { Secret } from '../src/secret.ts';
import { START_MS } from './support/clock.ts';

const secret = new Secret('p8e-first-secret-of-the-client');
const other = new Secret('p8e-other-secret-of-the-client');
const context = {
  clientId: 'the-client',
  imsUrl: 'https://ims-na1.adobelogin.com',
  orgId: undefined,
  scopes: ['openid', 'ff_apis'],
};
const token: SealedToken = {
  value: new Secret('opaque-token-of-this-run'),
  asked: ['openid', 'AdobeID', 'ff_apis'],
  granted: ['openid', 'ff_apis'],
  orgId: undefined,
  lifetimeMs: 86_400_000,
  expiresAtMs: START_MS + 86_400_000,
};

const CHANGED = 'was made with another client secret, client ID or ims-url, or was altered';
const CUT = 'is not a sealed token, or was truncated';
const FOREIGN = 'is not a sealed token of this action';

describe('a seal', () => {
  test('opens to what it was made of', async () => {
    const opened = await openSeal(await sealToken(token, context, secret), context, [secret]);
    expect(opened).toEqual({ token });
    expect('token' in opened && opened.token.value.reveal()).toBe('opaque-token-of-this-run');
  });

  test('remembers the organization', async () => {
    const owned = { ...token, orgId: 'ORG@AdobeOrg' };
    const sealed = await sealToken(owned, context, secret);
    expect(await openSeal(sealed, context, [secret])).toEqual({ token: owned });
  });

  test('opens with any of the secrets', async () => {
    const sealed = await sealToken(token, context, secret);
    expect(await openSeal(sealed, context, [other, secret])).toEqual({ token });
  });

  test('opens whatever scopes and organization are wanted now: they are compared later', async () => {
    const sealed = await sealToken(token, context, secret);
    const wanted = { ...context, scopes: ['x'], orgId: 'ORG@AdobeOrg' };
    expect(await openSeal(sealed, wanted, [secret])).toEqual({ token });
  });

  test.each([
    ['another secret', context, [other]],
    ['no secret', context, []],
    ['another client ID', { ...context, clientId: 'the-clienT' }, [secret]],
    ['another IMS', { ...context, imsUrl: 'https://ims-na1-stg1.adobelogin.com' }, [secret]],
    [
      'parts of client ID and IMS exchanged',
      { ...context, clientId: 'the-clienth', imsUrl: 'ttps://ims-na1.adobelogin.com' },
      [secret],
    ],
  ])('does not open with %s', async (_name, wanted, secrets) => {
    const sealed = await sealToken(token, context, secret);
    expect(await openSeal(sealed, wanted, secrets)).toEqual({ refused: CHANGED });
  });

  test('is another each time', async () => {
    const seals = await Promise.all([1, 2].map(() => sealToken(token, context, secret)));
    const parts = seals.map((seal) => seal.split('.'));
    for (const part of [0, 2, 3, 4]) expect(parts[0]?.[part]).not.toBe(parts[1]?.[part]);
  });
});

describe('the format of a seal', () => {
  /** The key as the contract words it, worked out a second time. */
  function deriveKey(salt: string): Uint8Array {
    const part = (text: string) => {
      const length = Buffer.from([0, 0, 0, text.length]);
      return Buffer.concat([length, Buffer.from(text)]);
    };
    const info = ['adobe-ims-token-action sealed token', context.clientId, context.imsUrl];
    const salted = Buffer.from(salt, 'base64url');
    const bytes = hkdfSync('sha256', secret.reveal(), salted, Buffer.concat(info.map(part)), 32);
    return new Uint8Array(bytes);
  }
  const header = {
    alg: 'dir',
    enc: 'A256GCM',
    v: 1,
    salt: Buffer.alloc(32, 7).toString('base64url'),
  };
  const payload = {
    token: 'opaque-token-of-this-run',
    token_type: 'bearer',
    asked: 'openid AdobeID ff_apis',
    granted: 'openid ff_apis',
    org_id: null as unknown,
    lifetime_ms: 86_400_000,
    expires_at_ms: START_MS + 86_400_000,
  };
  const craft = (plain: unknown, changes: Readonly<Record<string, unknown>> = {}) =>
    new CompactEncrypt(Buffer.from(typeof plain === 'string' ? plain : JSON.stringify(plain)))
      .setProtectedHeader({ ...header, ...changes })
      .encrypt(deriveKey(header.salt));
  const open = (text: string) => openSeal(text, context, [secret]);

  test('is a compact JWE that anybody with the secret can read', async () => {
    const sealed = await sealToken(token, context, secret);
    const [head = ''] = sealed.split('.');
    const { salt, ...rest } = JSON.parse(Buffer.from(head, 'base64url').toString());
    expect(rest).toEqual({ alg: 'dir', enc: 'A256GCM', v: 1 });
    expect(Buffer.from(salt, 'base64url')).toHaveLength(32);
    const { plaintext } = await compactDecrypt(sealed, deriveKey(salt));
    expect(JSON.parse(Buffer.from(plaintext).toString())).toEqual(payload);
  });

  test('is one that anybody with the secret can make', async () => {
    expect(await open(await craft(payload))).toEqual({ token });
  });

  test.each([
    ['another version', { v: 2 }, 'was made by another version of this action'],
    ['version 0', { v: 0 }, 'was made by another version of this action'],
    ['a version in quotes', { v: '1' }, FOREIGN],
    ['no version', { v: undefined }, FOREIGN],
    ['no salt', { salt: undefined }, FOREIGN],
    ['a salt that is no text', { salt: [header.salt] }, FOREIGN],
    ['a shorter salt', { salt: Buffer.alloc(31).toString('base64url') }, FOREIGN],
    ['a longer salt', { salt: Buffer.alloc(33).toString('base64url') }, FOREIGN],
    ['a salt in another spelling', { salt: `${header.salt}=` }, FOREIGN],
    ['a cipher that is not ours', { enc: 'A128CBC-HS256' }, CHANGED],
    ['a key of its own', { alg: 'A256KW' }, CUT],
  ])('with %s is refused', async (_name, changes, refused) => {
    expect(await open(await craft(payload, changes))).toEqual({ refused });
  });

  test.each([
    ['no JSON', 'token'],
    ['null', 'null'],
    ['a list', [payload]],
    ['no token', { ...payload, token: undefined }],
    ['a number for a token', { ...payload, token: 12_345_678 }],
    ['a token with a blank', { ...payload, token: 'a b' }],
    ['another type', { ...payload, token_type: 'mac' }],
    ['no scopes asked for', { ...payload, asked: '' }],
    ['scopes asked for that are none', { ...payload, asked: 'openid "' }],
    ['no scopes granted', { ...payload, granted: null }],
    ['no word of an organization', { ...payload, org_id: undefined }],
    ['a number for an organization', { ...payload, org_id: 7 }],
    ['a lifetime in quotes', { ...payload, lifetime_ms: '1' }],
    ['an expiry in quotes', { ...payload, expires_at_ms: '1' }],
  ])('around %s is refused', async (_name, plain) => {
    expect(await open(await craft(plain))).toEqual({ refused: 'holds no token' });
  });

  /** Five parts that are no seal, so many characters long in all. */
  const shape = (length: number) => `AA...${'A'.repeat(length - 6)}.`;

  test.each([
    ['nothing', ''],
    ['a word', 'sealed'],
    ['four parts', 'e30...'],
    ['six parts', 'e30.....'],
    ['a key in its second part', 'e30.AAAA...'],
    ['padding', 'e30=....'],
    ['stray bits', 'e31....'],
    ['base64 that is not base64url', 'e30...+/+/.'],
    ['a line break', 'e30....\n'],
    ['a blank', ' e30....'],
    ['more than 24 KiB', shape(MAX_SEAL_LENGTH + 1)],
  ])('is not that of a text with %s', async (_name, text) => {
    expect(await open(text)).toEqual({ refused: CUT });
  });

  test.each([
    ['is empty', '{}'],
    ['is no JSON', '{'],
    ['is null', 'null'],
    ['is a list', '[1]'],
  ])('is not that of a text whose header %s', async (_name, head) => {
    const text = `${Buffer.from(head).toString('base64url')}....`;
    expect(await open(text)).toEqual({ refused: FOREIGN });
  });

  test('may have 24 KiB', async () => {
    expect(MAX_SEAL_LENGTH).toBe(24_576);
    expect(await open(shape(24_576))).toEqual({ refused: FOREIGN });
  });
});

describe('a sealed token', () => {
  const minute = { nowMs: START_MS, minValidityMs: 60_000 };
  const unfit = (changes: Partial<SealedToken>, wanted: Partial<SealContext> = {}) =>
    unfitBecause({ ...token, ...changes }, { ...context, ...wanted }, minute);

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
    [60_000, undefined],
  ])('that lives for %i ms more serves or does not', (leftMs, reason) => {
    expect(unfit({ expiresAtMs: START_MS + leftMs })).toBe(reason);
  });

  test('that has expired does not serve even where no validity is asked for', () => {
    const now = { nowMs: token.expiresAtMs, minValidityMs: 0 };
    expect(unfitBecause(token, context, now)).toBe('has expired');
  });
});
