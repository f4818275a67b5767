// Tokens as IMS makes them, and the stand-in's memory of those it issued and revoked.
import { randomBytes, randomUUID } from 'node:crypto';
import type { State } from './endpoints.ts';
import { type RecordedRequest, readField } from './exchange.ts';

export interface Grant {
  readonly clientId: string;
  /** As the token carries them, joined by commas. */
  readonly scope: string;
  /** What `expires_in` says; 86399 by default. */
  readonly lifetimeS?: number;
  /** Not a JWT, but a string that tells nothing. */
  readonly opaque?: boolean;
  /** The length of an opaque token, or how much a JWT is longer than it has to be, at least. */
  readonly bytes?: number;
}

type Claims = Readonly<Record<string, string>>;

export interface Ledger {
  readonly tokens: string[];
  readonly revoked: string[];
  readonly claims: Map<string, Claims>;
}

/** The fields of a token answer to `request`, its token issued and recorded. */
export function grantToken(
  request: RecordedRequest,
  { options, ledger }: State,
  changes: Partial<Grant> = {},
) {
  const [clientId, scope] = [readField(request, 'client_id'), readField(request, 'scope')];
  return issueToken(ledger, { clientId, scope, ...options.grant, ...changes });
}

/** Issues a token and writes it down; gives the fields of the answer that brings it. */
export function issueToken(ledger: Ledger, grant: Grant) {
  const { clientId, scope, lifetimeS = 86_399, opaque = false, bytes = 0 } = grant;
  const claims = {
    id: `${Date.now()}_${randomUUID()}_uw2`,
    type: 'access_token',
    client_id: clientId,
    user_id: `${randomBytes(12).toString('hex').toUpperCase()}@techacct.adobe.com`,
    as: 'ims-na1',
    scope,
    created_at: String(Date.now()),
    // IMS's answer counts one second less than the token does.
    expires_in: String((lifetimeS + 1) * 1000),
    ...(bytes > 0 && { padding: randomText(bytes) }),
  };
  const token = opaque ? randomText(bytes || 512) : encodeToken(claims);
  ledger.tokens.push(token);
  ledger.claims.set(token, claims);
  return { access_token: token, token_type: 'bearer', expires_in: lifetimeS };
}

/** Why `token` is no longer, or never was, good; undefined when it is. */
export function refuseToken(ledger: Ledger, token: string): string | undefined {
  const claims = ledger.claims.get(token);
  if (!claims) return 'bad_signature';
  if (ledger.revoked.includes(token)) return 'revoked';
  const expiresAtMs = Number(claims['created_at']) + Number(claims['expires_in']);
  return Date.now() < expiresAtMs ? undefined : 'expired';
}

function encodeToken(claims: Claims): string {
  const header = { alg: 'RS256', x5u: 'ims_na1-key-at-1.cer', kid: 'ims_na1-key-at-1', itt: 'at' };
  const parts = [header, claims].map((part) => Buffer.from(JSON.stringify(part)));
  // Nothing can check the signature, but random bytes make it worth looking for in a log.
  return [...parts, randomBytes(256)].map((part) => part.toString('base64url')).join('.');
}

function randomText(length: number): string {
  return randomBytes(length).toString('base64url').slice(0, length);
}
