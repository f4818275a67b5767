/** A token that an earlier step, job or run sealed: what the seal holds, and whether that serves now. */

import { readScopeList } from '../adobe/scope.ts';
import { type AccessToken, isBearerToken } from '../adobe/token.ts';
import { type ClientSecret, DEFAULT_MIN_VALIDITY_MS } from '../inputs/inputs.ts';
import type { SealFault } from '../secrets/seal.ts';
import { Secret } from '../secrets/secret.ts';
import type { JsonObject } from '../values.ts';
import type { Context } from './context.ts';
import type { Minted } from './mint.ts';

/** How far the clocks of two runners may be apart. */
const MAX_CLOCK_SKEW_MS = 300_000;

/** Less than what `expires-in` can count. */
const MIN_LEFT_MS = 1_000;

/** What a seal holds. */
interface SealedToken {
  readonly value: Secret;
  /** The scopes that were requested when it was minted. */
  readonly requested: readonly string[];
  readonly granted: readonly string[];
  readonly orgId: string | undefined;
  /** When it was minted and when it expires, as milliseconds since the epoch by the clock of then. */
  readonly mintedAtMs: number;
  readonly expiresAtMs: number;
}

/** Each ends the sentence "The sealed token is not used: it …". */
const FAULTS: Readonly<Record<SealFault, string>> = {
  malformed: 'is not a sealed token, or was truncated',
  foreign: 'is not a sealed token of this action',
  'other-version': 'was made by another version of this action',
  refused: 'was made with another client secret, client ID or ims-url, or was altered',
};

/** The token in a seal, masked, or undefined with a notice where it does not serve. */
export async function openSealedToken(
  context: Context,
  sealed: string,
): Promise<AccessToken | undefined> {
  const { inputs, runner, clock } = context;
  // Loaded here, so that a run without seals never pays for jose.
  const { openSeal } = await import('../secrets/seal.ts');
  const secrets = inputs.clientSecrets.map(({ secret }) => secret);
  const opened = await openSeal(sealed, [inputs.clientId, inputs.imsUrl], secrets);
  if ('fault' in opened) return noteUnusable(context, FAULTS[opened.fault]);
  const token = readPayload(opened.value);
  if (!token) return noteUnusable(context, 'holds no token');
  const value = runner.mask(token.value);
  const nowMs = clock.now();
  const fault = findFault(token, context, nowMs);
  if (fault) return noteUnusable(context, fault);
  const lifetimeMs = token.expiresAtMs - token.mintedAtMs;
  // A clock that is slow by a little must not give the token more time than it had.
  const expiresAtMs = Math.min(token.expiresAtMs, nowMs + lifetimeMs);
  return { value, scopes: token.granted, lifetimeMs, expiresAtMs };
}

/** Says why a sealed token is dropped. That never fails the step: a new one is minted. */
export function noteUnusable({ runner }: Context, reason: string): undefined {
  runner.notice(
    `The sealed token is not used: it ${runner.redact(reason, 400)}. Requesting a new one`,
    'sealed-token-not-used',
  );
}

/** The value of the output `sealed-token`, or undefined with a warning where it would be too long. */
export async function sealForOutput(
  context: Context,
  { token, clientSecret }: Minted,
): Promise<string | undefined> {
  const sealed = await sealToken(context, token, clientSecret);
  if (sealed === undefined) {
    context.runner.warning(
      'The output sealed-token is empty: it would be longer than 24 KiB. Later jobs must request tokens of their own',
      'sealed-token-not-used',
    );
  }
  return sealed;
}

/** Seals a token for later, or gives undefined where the seal would be too long to be opened. */
export async function sealToken(
  { inputs, clock }: Context,
  { value, scopes, lifetimeMs, ...token }: AccessToken,
  { secret }: ClientSecret,
): Promise<string | undefined> {
  const { MAX_SEAL_LENGTH, seal } = await import('../secrets/seal.ts');
  const expiresAtMs = token.expiresAtMs + clock.drift();
  const payload = {
    token: value.reveal(),
    token_type: 'bearer',
    requested: inputs.scopes.join(' '),
    granted: scopes.join(' '),
    org_id: inputs.sentOrgId ?? null,
    minted_at_ms: expiresAtMs - lifetimeMs,
    expires_at_ms: expiresAtMs,
  };
  const sealed = await seal(payload, [inputs.clientId, inputs.imsUrl], secret);
  return sealed.length <= MAX_SEAL_LENGTH ? sealed : undefined;
}

/** Why a token does not serve now, as the end of the notice's sentence; undefined where it does. */
function findFault(token: SealedToken, { inputs }: Context, nowMs: number): string | undefined {
  if (token.orgId !== inputs.sentOrgId) return 'was made for another org-id';
  const requested = new Set(token.requested);
  const lacking = inputs.scopes.filter((scope) => !requested.has(scope));
  if (lacking.length > 0) return `was made for other scopes, without ${lacking.join(', ')}`;
  const lifetimeMs = token.expiresAtMs - token.mintedAtMs;
  if (lifetimeMs <= 0) return 'expires before it was made';
  if (token.mintedAtMs > nowMs + MAX_CLOCK_SKEW_MS) {
    return "was made in the future by this runner's clock: one of the two clocks is wrong";
  }
  const leftMs = Math.min(token.expiresAtMs - nowMs, lifetimeMs);
  if (leftMs < MIN_LEFT_MS) return 'has expired';
  const minValidityMs = inputs.minValidityMs ?? Math.min(DEFAULT_MIN_VALIDITY_MS, lifetimeMs / 10);
  if (leftMs < minValidityMs) {
    return `expires in ${Math.floor(leftMs / 1000)} s, and min-validity is ${minValidityMs / 1000} s`;
  }
  return undefined;
}

function readPayload(payload: JsonObject): SealedToken | undefined {
  const { token, token_type, requested, granted, org_id, minted_at_ms, expires_at_ms } = payload;
  // Of any length: a server's list was measured before it was sealed, and `scope` may be longer.
  const requestedScopes = readScopeList(requested);
  const grantedScopes = readScopeList(granted);
  if (
    typeof token !== 'string' ||
    !isBearerToken(token) ||
    token_type !== 'bearer' ||
    !requestedScopes ||
    !grantedScopes ||
    !(org_id === null || typeof org_id === 'string') ||
    !isMoment(minted_at_ms) ||
    !isMoment(expires_at_ms)
  ) {
    return undefined;
  }
  return {
    value: new Secret(token),
    requested: requestedScopes,
    granted: grantedScopes,
    orgId: org_id ?? undefined,
    mintedAtMs: minted_at_ms,
    expiresAtMs: expires_at_ms,
  };
}

function isMoment(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(new Date(value).getTime());
}
