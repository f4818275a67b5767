// Access tokens: one that tells nothing, JWTs with any claims, one as IMS makes it, and what a run knows of one, sealed or not.
import { type Grant, issueToken } from '../../dev/stand-in/grants.ts';
import type { AccessToken } from '../../src/adobe/token.ts';
import { type Masked, Secret } from '../../src/secrets/secret.ts';
import { SERVICES } from '../../src/services.ts';
import type { JsonObject } from '../../src/values.ts';
import { START_MS } from './clock.ts';
import { CLIENT_ID } from './credentials.ts';

/** The token of a test that does not care which. It has no claims. */
export const OPAQUE_TOKEN = 'opaque-token-of-this-run';

const DAY_MS = 86_400_000;

/** A JWT with these claims, and with no signature that anybody could check. */
export function encodeJwt(claims: unknown): string {
  return `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`;
}

/** The claims of a JWT. */
export function decodeJwt(token: string): Record<string, string> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}

/** A token as IMS makes them, which no server knows. */
export function forgeToken(changes: Partial<Grant> = {}): string {
  const ledger = { tokens: [], revoked: [], claims: new Map() };
  return issueToken(ledger, { clientId: CLIENT_ID, scope: 'openid', ...changes }).access_token;
}

/** A token of 24 hours that has just arrived. */
export function giveToken(
  changes: Partial<Omit<AccessToken, 'value'>> & { value?: string } = {},
): AccessToken {
  const { value = OPAQUE_TOKEN, ...others } = changes;
  return {
    value: new Secret(value) as Masked,
    scopes: SERVICES.firefly.scopes,
    lifetimeMs: DAY_MS,
    expiresAtMs: START_MS + DAY_MS,
    ...others,
  };
}

/** What a seal holds of such a token: one that was requested with more scopes than it was granted. */
export function giveSealedPayload(changes: JsonObject = {}): JsonObject {
  return {
    token: OPAQUE_TOKEN,
    token_type: 'bearer',
    requested: 'openid AdobeID ff_apis',
    granted: 'openid ff_apis',
    org_id: null,
    minted_at_ms: START_MS,
    expires_at_ms: START_MS + DAY_MS,
    ...changes,
  };
}

/** What such a seal is bound to. */
export const BINDING = [CLIENT_ID, 'https://ims-na1.adobelogin.com'];
