/** Tells one client secret from another, and nothing more. */

import { createHash, randomBytes } from 'node:crypto';
import type { Secret } from './secret.ts';

/** Enough to tell another secret, too little to guess one. */
const BYTES = 4;

/** A salted fingerprint of a secret, as `salt.digest`. */
export function makeFingerprint(secret: Secret): string {
  const salt = randomBytes(16).toString('hex');
  return `${salt}.${digest(secret, salt)}`;
}

/** Whether a fingerprint was made of this secret. */
export function fitsFingerprint(secret: Secret, fingerprint: string): boolean {
  const [salt = '', expected] = fingerprint.split('.');
  return digest(secret, salt) === expected;
}

function digest(secret: Secret, salt: string): string {
  const hash = createHash('sha256').update(`${salt}.${secret.reveal()}`).digest();
  return hash.subarray(0, BYTES).toString('hex');
}
