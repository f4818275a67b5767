// What holds of every seal, and of every text that is taken for one.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MAX_SEAL_LENGTH, openSeal, seal } from '../../src/secrets/seal.ts';
import { Secret } from '../../src/secrets/secret.ts';

const ascii = (pattern: RegExp, size: { minLength?: number; maxLength: number }) => {
  const characters = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
  const unit = fc.constantFrom(...characters.filter((character) => pattern.test(character)));
  return fc.string({ unit, minLength: 1, ...size });
};
const anySecret = ascii(/[!-~]/, { minLength: 20, maxLength: 200 }).map((text) => new Secret(text));
const anyBinding = fc.array(fc.string(), { maxLength: 4 });
/** As JSON keeps it: without undefined, without -0. */
const anyPayload = fc
  .dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }))
  .map((payload) => JSON.parse(JSON.stringify(payload)));

const secret = new Secret('p8e-first-secret-of-the-client');
const BINDING = ['the-client', 'https://ims-na1.adobelogin.com'];
const sealed = await seal({ token: 'a-token', lifetime_ms: 86_400_000 }, BINDING, secret);

test('every payload survives its seal, under every secret', async () => {
  await fc.assert(
    fc.asyncProperty(anyPayload, anyBinding, anySecret, async (payload, bound, key) => {
      const text = await seal(payload, bound, key);
      // A seal of more than 24 KiB is made, and opened by nobody.
      fc.pre(text.length <= MAX_SEAL_LENGTH);
      expect(await openSeal(text, bound, [key])).toEqual({ value: payload });
    }),
    { numRuns: 200 },
  );
});

test('no seal opens with a secret or a text that differs', async () => {
  await fc.assert(
    fc.asyncProperty(anyPayload, anyBinding, anySecret, async (payload, bound, key) => {
      const text = await seal(payload, bound, key);
      const others = [
        openSeal(text, bound, [new Secret(`${key.reveal()}x`)]),
        openSeal(text, [...bound, 'x'], [key]),
        ...bound.map((part, at) => openSeal(text, bound.with(at, `${part}x`), [key])),
      ];
      for (const opened of await Promise.all(others)) expect(opened).toHaveProperty('fault');
    }),
    { numRuns: 50 },
  );
});

describe('of a seal', () => {
  const isRefused = async (text: string) => 'fault' in (await openSeal(text, BINDING, [secret]));
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
