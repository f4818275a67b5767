// Tokens as IMS makes them, and the stand-in's memory of those it issued and revoked.
import { randomBytes, randomUUID } from 'node:crypto';

export interface Grant {
  readonly clientId: string;
  /** As the token carries them, joined by commas. */
  readonly scope: string;
  readonly lifetimeS: number;
  /** Not a JWT, but a string that tells nothing. */
  readonly opaque: boolean;
  /** The length of an opaque token, or how much a JWT is longer than it has to be, at least. */
  readonly bytes: number;
}

export type Claims = Readonly<Record<string, string>>;

export interface Ledger {
  readonly tokens: string[];
  readonly revoked: string[];
  readonly claims: Map<string, Claims>;
}

/** Issues a token and writes it down. */
export function issueToken(ledger: Ledger, grant: Grant): string {
  const claims = buildClaims(grant);
  const token = grant.opaque ? randomText(grant.bytes || 512) : encodeToken(claims, grant.bytes);
  ledger.tokens.push(token);
  ledger.claims.set(token, claims);
  return token;
}

/** Why `token` is no longer, or never was, good; undefined when it is. */
export function refuseToken(ledger: Ledger, token: string): string | undefined {
  const claims = ledger.claims.get(token);
  if (!claims) return 'bad_signature';
  if (ledger.revoked.includes(token)) return 'revoked';
  const expiresAtMs = Number(claims['created_at']) + Number(claims['expires_in']);
  return Date.now() < expiresAtMs ? undefined : 'expired';
}

function buildClaims({ clientId, scope, lifetimeS }: Grant): Claims {
  return {
    id: `${Date.now()}_${randomUUID()}_uw2`,
    type: 'access_token',
    client_id: clientId,
    user_id: `${randomBytes(12).toString('hex').toUpperCase()}@techacct.adobe.com`,
    as: 'ims-na1',
    scope,
    created_at: String(Date.now()),
    // IMS's answer counts one second less than the token does.
    expires_in: String((lifetimeS + 1) * 1000),
  };
}

function encodeToken(claims: Claims, paddingBytes: number): string {
  const header = { alg: 'RS256', x5u: 'ims_na1-key-at-1.cer', kid: 'ims_na1-key-at-1', itt: 'at' };
  const padding = paddingBytes > 0 ? { padding: randomText(paddingBytes) } : {};
  // Nothing can check the signature, but random bytes make it worth looking for in a log.
  const signature = randomBytes(256).toString('base64url');
  const parts = [header, { ...claims, ...padding }].map((part) => JSON.stringify(part));
  return [...parts.map((part) => Buffer.from(part).toString('base64url')), signature].join('.');
}

function randomText(length: number): string {
  return randomBytes(length).toString('base64url').slice(0, length);
}
