/** The envelope of a sealed token: a compact JWE under a key from a client secret. It knows nothing of tokens. */

import { createHmac, randomBytes } from 'node:crypto';
import { compactDecrypt } from 'jose/jwe/compact/decrypt';
import { CompactEncrypt } from 'jose/jwe/compact/encrypt';
import { type JsonObject, type Result, readJsonObject } from '../values.ts';
import type { Secret } from './secret.ts';

/** What a seal is bound to: it opens for the same texts only. */
export type Binding = readonly string[];

/** Why a seal does not open. */
export type SealFault = 'malformed' | 'foreign' | 'other-version' | 'refused';

const VERSION = 1;
const SALT_BYTES = 32;
const LABEL = 'adobe-ims-token-action sealed token';

/** The longest seal that is opened, in characters. A job output may hold 1 MiB, but a variable far less. */
export const MAX_SEAL_LENGTH = 24 * 1024;

/**
 * Encrypts a payload under a client secret.
 * @see https://www.rfc-editor.org/rfc/rfc7516#section-3.1
 */
export async function seal(
  payload: JsonObject,
  binding: Binding,
  clientSecret: Secret,
): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  return new CompactEncrypt(Buffer.from(JSON.stringify(payload)))
    .setProtectedHeader({
      alg: 'dir',
      enc: 'A256GCM',
      v: VERSION,
      salt: salt.toString('base64url'),
    })
    .encrypt(deriveKey(clientSecret, salt, binding));
}

/** Opens a seal with whichever of the client secrets made it. Whatever the text is, this never throws. */
export async function openSeal(
  text: string,
  binding: Binding,
  clientSecrets: readonly Secret[],
): Promise<Result<JsonObject, SealFault>> {
  const salt = readSalt(text);
  if ('fault' in salt) return salt;
  for (const clientSecret of clientSecrets) {
    const payload = await decrypt(text, deriveKey(clientSecret, salt.value, binding));
    if (payload) return { value: payload };
  }
  return { fault: 'refused' };
}

/**
 * HKDF-SHA-256 over the secret; what else the seal is bound to stands in `info`, each with its length. For
 * a key of one block it is two HMACs: `hkdfSync` takes no `info` above 1,024 bytes, and a URL may be longer.
 * @see https://www.rfc-editor.org/rfc/rfc5869
 */
function deriveKey(clientSecret: Secret, salt: Buffer, binding: Binding): Uint8Array {
  const info = Buffer.concat(
    [LABEL, ...binding].flatMap((part) => {
      const bytes = Buffer.from(part);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );
  const extracted = createHmac('sha256', salt).update(clientSecret.reveal()).digest();
  return new Uint8Array(createHmac('sha256', extracted).update(info).update('\x01').digest());
}

/** The salt in the header, once the outside of the seal is found right. */
function readSalt(text: string): Result<Buffer, SealFault> {
  const parts = text.split('.', 6);
  const [header = '', key] = parts;
  const isCompact = parts.length === 5 && key === '' && parts.every(isCanonical);
  if (text.length > MAX_SEAL_LENGTH || !isCompact) return { fault: 'malformed' };
  const { v, salt } = readJsonObject(decodeBase64Url(header).toString('utf8')) ?? {};
  if (typeof v === 'number' && v !== VERSION) return { fault: 'other-version' };
  const bytes = decodeBase64Url(typeof salt === 'string' && isCanonical(salt) ? salt : '');
  return v === VERSION && bytes.length === SALT_BYTES ? { value: bytes } : { fault: 'foreign' };
}

/** One text for one value: base64url without padding and without stray bits at its end. */
function isCanonical(text: string): boolean {
  return decodeBase64Url(text).toString('base64url') === text;
}

function decodeBase64Url(text: string): Buffer {
  return Buffer.from(text, 'base64url');
}

async function decrypt(text: string, key: Uint8Array): Promise<JsonObject | undefined> {
  try {
    const { plaintext } = await compactDecrypt(text, key, {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    return readJsonObject(Buffer.from(plaintext).toString('utf8')) ?? {};
  } catch {
    return undefined;
  }
}
