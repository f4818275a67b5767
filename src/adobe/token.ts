/** An access token: what it carries and how long it lives. */

import type { Masked } from '../secrets/secret.ts';
import { readJsonObject } from '../values.ts';
import { readScopes } from './scope.ts';

export interface AccessToken {
  readonly value: Masked;
  /** The scopes that the token carries, as far as its claims tell, else those that were requested. */
  readonly scopes: readonly string[];
  /** How long the token lives from its arrival, in milliseconds. */
  readonly lifetimeMs: number;
  /** When it expires, as milliseconds since the epoch by the clock that is handed in: see `Clock.now`. */
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

/** How far two statements of one lifetime may be apart. */
const SAME_LIFETIME_MS = 60_000;

/** Beyond this no lifetime makes sense, and dates overflow: ten years. */
const MAX_LIFETIME_MS = 10 * 365 * 86_400_000;

/** @see https://www.rfc-editor.org/rfc/rfc6750#section-2.1 */
export function isBearerToken(text: string): boolean {
  return /^[A-Za-z0-9\-._~+/]+=*$/.test(text);
}

/** Reads the claims of a JWT as IMS issues them; an opaque token has none. */
export function readClaims(token: string): Claims {
  const payload = Buffer.from(token.split('.', 2)[1] ?? '', 'base64url').toString('utf8');
  const claims = readJsonObject(payload) ?? {};
  const clientId = claims['client_id'];
  const scopes = readScopes(claims['scope']);
  const lifetimeMs = readNumber(claims['expires_in']);
  return {
    ...(typeof clientId === 'string' ? { clientId } : {}),
    ...(scopes ? { scopes } : {}),
    ...(lifetimeMs === undefined ? {} : { lifetimeMs }),
  };
}

/**
 * A token's lifetime in whole milliseconds: the shorter of what the answer and the claims say, or what one of
 * them says where the other is silent. Undefined where neither gives a number below ten years; 0 or less
 * for a token without time left.
 */
export function readLifetimeMs(expiresIn: unknown, claims: Claims): number | undefined {
  const stated = [toMilliseconds(readNumber(expiresIn), claims), claims.lifetimeMs];
  const lifetimeMs = Math.min(...stated.filter((value) => value !== undefined));
  return lifetimeMs <= MAX_LIFETIME_MS ? Math.floor(lifetimeMs) : undefined;
}

/** The requested scopes that a token lacks. */
export function missingScopes(
  requested: readonly string[],
  { scopes }: AccessToken,
): readonly string[] {
  return requested.filter((scope) => !scopes.includes(scope));
}

/** Whole seconds until the moment, never below 0. */
export function secondsUntil(momentMs: number, nowMs: number): number {
  return Math.max(0, Math.floor((momentMs - nowMs) / 1000));
}

/** ISO 8601 in UTC, with seconds: `2026-11-21T22:44:39Z`. */
export function isoSeconds(momentMs: number): string {
  return new Date(momentMs).toISOString().replace(/\.\d+/, '');
}

/** `expires_in` is seconds by RFC 6749, and milliseconds on some of Adobe's pages. */
function toMilliseconds(value: number | undefined, claims: Claims): number | undefined {
  if (value === undefined) return undefined;
  const asSecondsMs = value * 1000;
  const claimsAgree =
    claims.lifetimeMs !== undefined &&
    Math.abs(asSecondsMs - claims.lifetimeMs) <= SAME_LIFETIME_MS;
  return value <= MAX_LIFETIME_S || claimsAgree ? asSecondsMs : value;
}

function readNumber(value: unknown): number | undefined {
  const isDecimal = typeof value === 'string' && /^-?\d{1,15}(\.\d{1,9})?$/.test(value);
  const number = isDecimal || typeof value === 'number' ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}
