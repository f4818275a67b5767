/** The protocol of Adobe IMS: requests built, answers read. No I/O. */

import { ResponseError } from '../errors.ts';
import type { HttpRequest, HttpResponse } from '../http/exchange.ts';
import { redactor } from '../secrets/redact.ts';
import { type Masked, Secret } from '../secrets/secret.ts';
import { htmlAnswer, isHtml, parseObject, type RefusalReading, refusal } from './refusals.ts';
import { type AccessToken, readClaims, readLifetimeMs, readScopes } from './token.ts';

/** The longest token that is taken, in characters. IMS's own have about 1,500. */
const MAX_TOKEN_LENGTH = 16 * 1024;

export interface TokenQuery {
  readonly imsUrl: string;
  readonly clientId: string;
  readonly secret: Secret;
  readonly scopes: readonly string[];
  readonly orgId: string | undefined;
}

/** What reading an answer needs to know and to do. */
export interface Reading extends RefusalReading {
  /** Hides a token from the log, before anything else is done with it. */
  readonly mask: (token: Secret) => Masked;
  /** The scopes that were asked for. */
  readonly scopes: readonly string[];
}

/**
 * The request for an access token by client credentials.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.4.2
 * @see https://developer.adobe.com/developer-console/docs/guides/authentication/ServerToServerAuthentication/implementation
 */
export function tokenRequest({ imsUrl, clientId, secret, scopes, orgId }: TokenQuery): HttpRequest {
  return formRequest(`${imsUrl}/ims/token/v3`, {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: secret.reveal(),
    scope: scopes.join(','),
    ...(orgId ? { org_id: orgId } : {}),
  });
}

/**
 * The token in IMS's answer. It is masked before anything else is looked at.
 * @throws {OAuthError | HttpError} for anything but a 200.
 * @throws {ResponseError} for a 200 that is not a token of type bearer with a lifetime.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.1
 */
export function readTokenResponse(response: HttpResponse, reading: Reading): AccessToken {
  if (response.status !== 200) throw refusal(response, reading);
  const answer = parseObject(response.body);
  if (!answer) {
    if (isHtml(response)) throw htmlAnswer(response);
    throw malformed(response.body === '' ? 'it is empty' : 'it is not a JSON object');
  }
  const text = answer['access_token'];
  if (typeof text !== 'string' || text === '') throw malformed('it has no access_token');
  const value = reading.mask(new Secret(text));
  if (text.length > MAX_TOKEN_LENGTH) {
    throw malformed(`its access_token is longer than ${MAX_TOKEN_LENGTH / 1024} KiB`);
  }
  if (!isBearerToken(text))
    throw malformed('its access_token has characters that no token may have');
  const type = answer['token_type'];
  if (typeof type !== 'string' || type.toLowerCase() !== 'bearer') {
    throw malformed('its token_type is not bearer');
  }
  const claims = readClaims(text);
  const lifetimeMs = readLifetimeMs(answer['expires_in'], claims);
  if (lifetimeMs === undefined)
    throw malformed('its expires_in is not a positive number of seconds');
  const scopes = claims.scopes ?? readScopes(answer['scope']) ?? reading.scopes;
  const redact = redactor([value]);
  return {
    value,
    // What nobody asked for is foreign text, and could be a piece of the secret or of the token.
    scopes: scopes.map((scope) =>
      reading.scopes.includes(scope) ? scope : reading.redact(redact(scope)),
    ),
    lifetimeMs,
    expiresAtMs: reading.nowMs + lifetimeMs,
  };
}

/** The request that asks IMS whether a token is valid. */
export function validateRequest(imsUrl: string, clientId: string, token: Masked): HttpRequest {
  const request = formRequest(`${imsUrl}/ims/validate_token/v1`, {
    type: 'access_token',
    client_id: clientId,
    token: token.reveal(),
  });
  const headers = { authorization: `Bearer ${token.reveal()}`, 'x-ims-clientid': clientId };
  return { ...request, headers: { ...request.headers, ...headers } };
}

/** The request that ends a token. It never says `cascading`, which would end other tokens too. */
export function invalidateRequest(
  imsUrl: string,
  clientId: string,
  secret: Secret,
  token: Secret,
): HttpRequest {
  return formRequest(`${imsUrl}/ims/invalidate_token/v2`, {
    token_type: 'access_token',
    token: token.reveal(),
    client_id: clientId,
    client_secret: secret.reveal(),
  });
}

/** @see https://www.rfc-editor.org/rfc/rfc6750#section-2.1 */
export function isBearerToken(text: string): boolean {
  return /^[A-Za-z0-9\-._~+/]+=*$/.test(text);
}

/** A POST with a form body: every value encoded, none in the query, where it would be logged. */
function formRequest(url: string, form: Readonly<Record<string, string>>): HttpRequest {
  return {
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams(form).toString(),
  };
}

function malformed(what: string): ResponseError {
  return new ResponseError(`HTTP 200, but the answer is not a token: ${what}`, {
    topic: 'malformed-answer',
    hint: 'Check that `ims-url`, if it is set, is Adobe IMS, and whether a proxy or gateway answered instead of it',
  });
}
