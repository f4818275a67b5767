/** The requests to Adobe IMS and to a service. No I/O. */

import type { HttpRequest } from '../http/response.ts';
import type { Masked, Secret } from '../secrets/secret.ts';

export interface TokenQuery {
  readonly imsUrl: string;
  readonly clientId: string;
  readonly secret: Secret;
  readonly scopes: readonly string[];
  readonly orgId: string | undefined;
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

/** The request that calls a service with a token. Several services demand the organization. */
export function serviceRequest(
  url: string,
  clientId: string,
  token: Masked,
  orgId: string | undefined,
): HttpRequest {
  const headers = {
    authorization: `Bearer ${token.reveal()}`,
    'x-api-key': clientId,
    ...(orgId ? { 'x-gw-ims-org-id': orgId } : {}),
  };
  return { method: 'GET', url, headers, readsBeginning: true };
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
