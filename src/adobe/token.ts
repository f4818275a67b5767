/** An access token: what it carries and how long it lives. */

import { isScope } from '../inputs/parsers.ts';
import type { Masked } from '../secrets/secret.ts';

export interface AccessToken {
  readonly value: Masked;
  /** The scopes that the token carries, as far as its claims tell, else those asked for. */
  readonly scopes: readonly string[];
  /** How long the token lives from its arrival, in milliseconds. */
  readonly lifetimeMs: number;
  /** When it expires, as milliseconds since the epoch by this machine's clock. */
  readonly expiresAtMs: number;
}

/** What a token's claims say, each absent where they cannot be read. Hints, never proof: nobody checked the signature. */
export interface Claims {
  readonly clientId?: string;
  readonly scopes?: readonly string[];
  readonly lifetimeMs?: number;
}

/** Above this many seconds, an `expires_in` is taken for milliseconds. */
const MAX_LIFETIME_S = 172_800;

/** Beyond this no lifetime makes sense, and dates overflow: ten years. */
const MAX_LIFETIME_MS = 10 * 365 * 86_400_000;

/** Reads the claims of a JWT as IMS issues them; an opaque token has none. */
export function readClaims(token: string): Claims {
  const claims = decodePayload(token);
  const clientId = claims['client_id'];
  const scopes = readScopes(claims['scope']);
  const lifetimeMs = readPositive(claims['expires_in']);
  return {
    ...(typeof clientId === 'string' ? { clientId } : {}),
    ...(scopes ? { scopes } : {}),
    ...(lifetimeMs ? { lifetimeMs } : {}),
  };
}

/**
 * A token's lifetime in milliseconds: the shorter of what the answer and the claims say, or undefined
 * where the answer's `expires_in` is no positive number.
 */
export function readLifetimeMs(expiresIn: unknown, claims: Claims): number | undefined {
  const value = readPositive(expiresIn);
  if (value === undefined) return undefined;
  const lifetimeMs = Math.min(
    value > MAX_LIFETIME_S ? value : value * 1000,
    claims.lifetimeMs ?? Number.POSITIVE_INFINITY,
  );
  return lifetimeMs <= MAX_LIFETIME_MS ? lifetimeMs : undefined;
}

/** Scopes out of a server's text, commas or spaces between them, or undefined where it holds anything else. */
export function readScopes(value: unknown): readonly string[] | undefined {
  if (typeof value !== 'string') return undefined;
  const scopes = value.split(/[ ,]/).filter((scope) => scope !== '');
  return scopes.length > 0 && scopes.every(isScope) ? [...new Set(scopes)] : undefined;
}

/** The requested scopes that a token lacks. */
export function missingScopes(
  wanted: readonly string[],
  { scopes }: AccessToken,
): readonly string[] {
  return wanted.filter((scope) => !scopes.includes(scope));
}

/** Whole seconds until the moment, never below 0. */
export function secondsUntil(momentMs: number, nowMs: number): number {
  return Math.max(0, Math.floor((momentMs - nowMs) / 1000));
}

/** ISO 8601 in UTC, with seconds: `2026-11-21T22:44:39Z`. */
export function isoSeconds(momentMs: number): string {
  return new Date(momentMs).toISOString().replace(/\.\d+/, '');
}

function decodePayload(token: string): Record<string, unknown> {
  try {
    const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
    // A copy: null and numbers leave it empty, and a text or a list has no claim by its name.
    return { ...JSON.parse(payload) };
  } catch {
    return {};
  }
}

function readPositive(value: unknown): number | undefined {
  const isDecimal = typeof value === 'string' && /^\d{1,15}(\.\d{1,9})?$/.test(value);
  const number = isDecimal || typeof value === 'number' ? Number(value) : 0;
  return number > 0 && Number.isFinite(number) ? number : undefined;
}
