/** Carries a token from one job or run to the next: encrypted under the client secret, as a compact JWE. */

import { hkdfSync, randomBytes } from 'node:crypto';
import { compactDecrypt } from 'jose/jwe/compact/decrypt';
import { CompactEncrypt } from 'jose/jwe/compact/encrypt';
import { isBearerToken } from '../adobe/requests.ts';
import { readScopes } from '../adobe/token.ts';
import { Secret } from './secret.ts';

/** What a token is good for: what it was minted with must cover what is wanted now. */
export interface SealContext {
  readonly clientId: string;
  readonly imsUrl: string;
  readonly orgId: string | undefined;
  /** The scopes that are asked for. */
  readonly scopes: readonly string[];
}

/** What a seal holds of a token. */
export interface SealedToken {
  readonly value: Secret;
  /** The scopes that were asked for when it was minted. */
  readonly asked: readonly string[];
  readonly granted: readonly string[];
  readonly orgId: string | undefined;
  readonly lifetimeMs: number;
  /** When it expires, as milliseconds since the epoch. */
  readonly expiresAtMs: number;
}

export type Opened = { readonly token: SealedToken } | { readonly refused: string };

const VERSION = 1;
const SALT_BYTES = 32;
const LABEL = 'adobe-ims-token-action sealed token';

/** A job output may hold 1 MiB, but an environment variable or a command line far less. */
export const MAX_SEAL_LENGTH = 24 * 1024;

/**
 * Seals a token under a client secret, for this client ID and IMS alone.
 * @see https://www.rfc-editor.org/rfc/rfc7516#section-3.1
 */
export async function sealToken(
  token: SealedToken,
  context: SealContext,
  clientSecret: Secret,
): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const payload = {
    token: token.value.reveal(),
    token_type: 'bearer',
    asked: token.asked.join(' '),
    granted: token.granted.join(' '),
    org_id: token.orgId ?? null,
    lifetime_ms: token.lifetimeMs,
    expires_at_ms: token.expiresAtMs,
  };
  return new CompactEncrypt(Buffer.from(JSON.stringify(payload)))
    .setProtectedHeader({
      alg: 'dir',
      enc: 'A256GCM',
      v: VERSION,
      salt: salt.toString('base64url'),
    })
    .encrypt(deriveKey(clientSecret, salt, context));
}

/**
 * Opens a seal with whichever of the client secrets made it. Whatever the text is, this never throws.
 * `refused` ends the sentence "The sealed token is not used: it …", and tells no more than may be told.
 */
export async function openSeal(
  text: string,
  context: SealContext,
  clientSecrets: readonly Secret[],
): Promise<Opened> {
  const salt = readSalt(text);
  if (!Buffer.isBuffer(salt)) return salt;
  for (const clientSecret of clientSecrets) {
    const payload = await decrypt(text, deriveKey(clientSecret, salt, context));
    if (payload) return readPayload(payload);
  }
  return {
    refused: 'was made with another client secret, client ID or ims-url, or was altered',
  };
}

/** Why a token that was sealed does not serve now, as the end of the same sentence; undefined where it does. */
export function unfitBecause(
  token: SealedToken,
  context: SealContext,
  { nowMs, minValidityMs }: { readonly nowMs: number; readonly minValidityMs: number },
): string | undefined {
  if (token.orgId !== context.orgId) return 'was made for another org-id';
  const lacking = context.scopes.filter((scope) => !token.asked.includes(scope));
  if (lacking.length > 0) return `was made for other scopes, without ${lacking.join(', ')}`;
  const leftMs = token.expiresAtMs - nowMs;
  if (leftMs <= 0) return 'has expired';
  if (leftMs < minValidityMs) {
    return `expires in ${Math.floor(leftMs / 1000)} s, and min-validity is ${minValidityMs / 1000} s`;
  }
  return undefined;
}

/**
 * HKDF-SHA-256 over the secret; what else the seal is bound to stands in `info`, each with its length.
 * @see https://www.rfc-editor.org/rfc/rfc5869
 */
function deriveKey(clientSecret: Secret, salt: Buffer, { clientId, imsUrl }: SealContext) {
  const info = Buffer.concat(
    [LABEL, clientId, imsUrl].flatMap((part) => {
      const bytes = Buffer.from(part);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );
  return new Uint8Array(hkdfSync('sha256', clientSecret.reveal(), salt, info, 32));
}

/** The salt in the header, once the outside of the seal is found right. */
function readSalt(text: string): Buffer | { readonly refused: string } {
  const parts = text.split('.');
  const [header = '', key] = parts;
  if (
    text.length > MAX_SEAL_LENGTH ||
    parts.length !== 5 ||
    key !== '' ||
    !parts.every(isCanonical)
  ) {
    return { refused: 'is not a sealed token, or was truncated' };
  }
  const { v, salt } = parseJson(Buffer.from(header, 'base64url'));
  if (typeof v === 'number' && v !== VERSION)
    return { refused: 'was made by another version of this action' };
  const bytes = Buffer.from(typeof salt === 'string' && isCanonical(salt) ? salt : '', 'base64url');
  return v === VERSION && bytes.length === SALT_BYTES
    ? bytes
    : { refused: 'is not a sealed token of this action' };
}

/** One text for one value: base64url without padding and without stray bits at its end. */
function isCanonical(text: string): boolean {
  return Buffer.from(text, 'base64url').toString('base64url') === text;
}

async function decrypt(text: string, key: Uint8Array): Promise<Uint8Array | undefined> {
  try {
    const { plaintext } = await compactDecrypt(text, key, {
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    return plaintext;
  } catch {
    return undefined;
  }
}

function readPayload(payload: Uint8Array): Opened {
  const { token, token_type, asked, granted, org_id, lifetime_ms, expires_at_ms } =
    parseJson(payload);
  const askedScopes = readScopes(asked);
  const grantedScopes = readScopes(granted);
  if (
    typeof token !== 'string' ||
    !isBearerToken(token) ||
    token_type !== 'bearer' ||
    !askedScopes ||
    !grantedScopes ||
    !(org_id === null || typeof org_id === 'string') ||
    typeof lifetime_ms !== 'number' ||
    typeof expires_at_ms !== 'number'
  ) {
    return { refused: 'holds no token' };
  }
  return {
    token: {
      value: new Secret(token),
      asked: askedScopes,
      granted: grantedScopes,
      orgId: org_id ?? undefined,
      lifetimeMs: lifetime_ms,
      expiresAtMs: expires_at_ms,
    },
  };
}

function parseJson(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    // A copy: null and numbers leave it empty, and a text or a list has no entry by its name.
    return { ...JSON.parse(Buffer.from(bytes).toString('utf8')) };
  } catch {
    return {};
  }
}
