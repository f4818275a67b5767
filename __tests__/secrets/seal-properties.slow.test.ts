// What holds of every seal, and of every text that is taken for one.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { openSeal, sealToken } from '../../src/secrets/seal.ts';
import { Secret } from '../../src/secrets/secret.ts';
import { giveSealedToken, SEAL_CONTEXT } from '../support/tokens.ts';

const ascii = (pattern: RegExp, size: { minLength?: number; maxLength: number }) => {
  const characters = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
  const unit = fc.constantFrom(...characters.filter((character) => pattern.test(character)));
  return fc.string({ unit, minLength: 1, ...size });
};
const anySecret = ascii(/[!-~]/, { minLength: 20, maxLength: 200 }).map((text) => new Secret(text));
/** All that a scope may have, but the comma between two of them. */
const anyScopes = fc.uniqueArray(ascii(/[!#-+\--[\]-~]/, { maxLength: 40 }), {
  minLength: 1,
  maxLength: 12,
});
const anyContext = fc.record({
  clientId: ascii(/[!-~]/, { maxLength: 256 }),
  imsUrl: fc.webUrl(),
  orgId: fc.option(ascii(/[!-~]/, { maxLength: 256 }), { nil: undefined }),
  scopes: anyScopes,
});
const anyToken = fc.record({
  value: fc
    .tuple(ascii(/[\w\-.~+/]/, { maxLength: 2000 }), fc.constantFrom('', '=', '=='))
    .map((parts) => new Secret(parts.join(''))),
  asked: anyScopes,
  granted: anyScopes,
  orgId: fc.option(fc.string(), { nil: undefined }),
  lifetimeMs: fc.double({ min: 1, max: 10 ** 12, noNaN: true }),
  expiresAtMs: fc.double({ min: 0, max: 10 ** 15, noNaN: true }),
});

const secret = new Secret('p8e-first-secret-of-the-client');
const sealed = await sealToken(giveSealedToken(), SEAL_CONTEXT, secret);

test('every token, with its scopes and under every secret, survives its seal', async () => {
  await fc.assert(
    fc.asyncProperty(anyToken, anyContext, anySecret, async (token, bound, key) => {
      const opened = await openSeal(await sealToken(token, bound, key), bound, [key]);
      expect(opened).toEqual({ token });
      expect('token' in opened && opened.token.value.reveal()).toBe(token.value.reveal());
    }),
    { numRuns: 200 },
  );
});

test('no seal opens with a secret, a client ID or an IMS that differs', async () => {
  await fc.assert(
    fc.asyncProperty(anyToken, anyContext, anySecret, async (token, bound, key) => {
      const text = await sealToken(token, bound, key);
      const others = [
        openSeal(text, bound, [new Secret(`${key.reveal()}x`)]),
        openSeal(text, { ...bound, clientId: `${bound.clientId}x` }, [key]),
        openSeal(text, { ...bound, imsUrl: `${bound.imsUrl}x` }, [key]),
      ];
      for (const opened of await Promise.all(others)) expect(opened).toHaveProperty('refused');
    }),
    { numRuns: 50 },
  );
});

describe('of a seal', () => {
  const isRefused = async (text: string) =>
    'refused' in (await openSeal(text, SEAL_CONTEXT, [secret]));
  const anyCharacter = ascii(/[\w\-.=]/, { minLength: 1, maxLength: 1 });

  test('no character can be changed', async () => {
    const characters = fc.sample(anyCharacter, sealed.length);
    for (const [at, sampled] of characters.entries()) {
      const character = sampled === sealed[at] ? '~' : sampled;
      const text = `${sealed.slice(0, at)}${character}${sealed.slice(at + 1)}`;
      expect([at, character, await isRefused(text)]).toEqual([at, character, true]);
    }
  });

  test('no character can be left out or added', async () => {
    for (const at of sealed.split('').keys()) {
      expect([at, await isRefused(sealed.slice(0, at) + sealed.slice(at + 1))]).toEqual([at, true]);
      expect([at, await isRefused(`${sealed.slice(0, at)}A${sealed.slice(at)}`)]).toEqual([
        at,
        true,
      ]);
    }
  });

  test('a hundred thousand mutations and other texts are refused, and none throws', async () => {
    const parts = sealed.split('.');
    const anyText = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      ascii(/[\w-]/, { minLength: 0, maxLength: 60 }),
      ascii(/[\w\-.]/, { minLength: 0, maxLength: 60 }),
      fc.json({ maxDepth: 1 }).map((json) => Buffer.from(json).toString('base64url')),
    );
    /** Mostly what falls to a glance at its outside: opening costs time. */
    const mutations = (text: string, start: number, end: number): readonly string[] => [
      text,
      ...[...parts.keys()].map((part) => ['', '', '', '', ''].with(part, text).join('.')),
      parts.with(0, text).join('.'),
      parts.with(1, text).join('.'),
      text + sealed,
      sealed + text,
      sealed.slice(0, start) + text + sealed.slice(end),
    ];
    const position = fc.nat(sealed.length);
    let tried = 0;
    await fc.assert(
      fc.asyncProperty(anyText, position, position, async (text, start, end) => {
        for (const mutation of mutations(text, start, end)) {
          if (mutation === sealed) continue;
          tried += 1;
          if (!(await isRefused(mutation))) throw new Error(`This opened: ${mutation}`);
        }
      }),
      { numRuns: 9_300 },
    );
    expect(tried).toBeGreaterThan(100_000);
  });
});
