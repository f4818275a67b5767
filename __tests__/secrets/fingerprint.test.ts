// What tells one client secret from another.
import { expect, test } from '@jest/globals';
import { fitsFingerprint, makeFingerprint } from '../../src/secrets/fingerprint.ts';
import { Secret } from '../../src/secrets/secret.ts';

const secret = new Secret('p8e-first-secret-of-the-client');

test('a fingerprint fits its secret, and no other', () => {
  const fingerprint = makeFingerprint(secret);
  expect(fitsFingerprint(secret, fingerprint)).toBe(true);
  expect(fitsFingerprint(new Secret('p8e-other-secret-of-the-client'), fingerprint)).toBe(false);
});

test('a fingerprint is salted, and four bytes long: too little to guess a secret from', () => {
  expect(makeFingerprint(secret)).toMatch(/^[\da-f]{32}\.[\da-f]{8}$/);
  expect(makeFingerprint(secret)).not.toBe(makeFingerprint(secret));
});

test.each(['', '.', 'salt', 'salt.', 'salt.00000000'])('%j fits no secret', (text) => {
  expect(fitsFingerprint(secret, text)).toBe(false);
});
