// The format of a seal: what anybody with the secret can read and make, and what is taken for none.
import { hkdfSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { compactDecrypt } from 'jose/jwe/compact/decrypt';
import { CompactEncrypt } from 'jose/jwe/compact/encrypt';
import { MAX_SEAL_LENGTH, openSeal, seal } from '../../src/secrets/seal.ts';
import { Secret } from '../../src/secrets/secret.ts';

const secret = new Secret('p8e-first-secret-of-the-client');
const BINDING = ['the-client', 'https://ims-na1.adobelogin.com'];

describe('the format of a seal', () => {
  /** The key as the contract words it, worked out a second time. */
  function deriveKey(salt: string): Uint8Array {
    const part = (text: string) => {
      const length = Buffer.from([0, 0, 0, text.length]);
      return Buffer.concat([length, Buffer.from(text)]);
    };
    const info = ['adobe-ims-token-action sealed token', ...BINDING];
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
  const payload = { token: 'a-token', lifetime_ms: 1 };
  const craft = (plain: unknown, changes: Readonly<Record<string, unknown>> = {}) =>
    new CompactEncrypt(Buffer.from(typeof plain === 'string' ? plain : JSON.stringify(plain)))
      .setProtectedHeader({ ...header, ...changes })
      .encrypt(deriveKey(header.salt));
  const open = (text: string) => openSeal(text, BINDING, [secret]);

  test('is a compact JWE that anybody with the secret can read', async () => {
    const sealed = await seal(payload, BINDING, secret);
    const [head = ''] = sealed.split('.');
    const { salt, ...rest } = JSON.parse(Buffer.from(head, 'base64url').toString());
    expect(rest).toEqual({ alg: 'dir', enc: 'A256GCM', v: 1 });
    expect(Buffer.from(salt, 'base64url')).toHaveLength(32);
    const { plaintext } = await compactDecrypt(sealed, deriveKey(salt));
    expect(JSON.parse(Buffer.from(plaintext).toString())).toEqual(payload);
  });

  test('is one that anybody with the secret can make', async () => {
    expect(await open(await craft(payload))).toEqual({ value: payload });
  });

  test.each([
    ['another version', { v: 2 }, 'other-version'],
    ['version 0', { v: 0 }, 'other-version'],
    ['a version in quotes', { v: '1' }, 'foreign'],
    ['no version', { v: undefined }, 'foreign'],
    ['no salt', { salt: undefined }, 'foreign'],
    ['a salt that is no text', { salt: [header.salt] }, 'foreign'],
    ['a shorter salt', { salt: Buffer.alloc(31).toString('base64url') }, 'foreign'],
    ['a longer salt', { salt: Buffer.alloc(33).toString('base64url') }, 'foreign'],
    ['a salt in another spelling', { salt: `${header.salt}=` }, 'foreign'],
    ['a cipher that is not ours', { enc: 'A128CBC-HS256' }, 'refused'],
    ['a key of its own', { alg: 'A256KW' }, 'malformed'],
  ])('with %s is refused', async (_name, changes, fault) => {
    expect(await open(await craft(payload, changes))).toEqual({ fault });
  });

  test.each([
    ['no JSON', 'token'],
    ['null', 'null'],
    ['a list', [payload]],
  ])('around %s holds nothing', async (_name, plain) => {
    expect(await open(await craft(plain))).toEqual({ value: {} });
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
    expect(await open(text)).toEqual({ fault: 'malformed' });
  });

  test.each([
    ['is empty', '{}'],
    ['is no JSON', '{'],
    ['is null', 'null'],
    ['is a list', '[1]'],
  ])('is not that of a text whose header %s', async (_name, head) => {
    const text = `${Buffer.from(head).toString('base64url')}....`;
    expect(await open(text)).toEqual({ fault: 'foreign' });
  });

  test('may have 24 KiB', async () => {
    expect(MAX_SEAL_LENGTH).toBe(24_576);
    expect(await open(shape(24_576))).toEqual({ fault: 'foreign' });
  });
});
