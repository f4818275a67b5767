// The gateway before the services: it wants a live token, the key of its client, and what else a service demands.
import { randomUUID } from 'node:crypto';
import type { Endpoint } from './endpoints.ts';
import { type Answer, answerJson, type RecordedRequest, readBearer } from './exchange.ts';
import { type Ledger, refuseToken } from './grants.ts';

export const gatewayErrors: Readonly<Record<string, string>> = {
  401013: 'Oauth token is not valid',
  403000: 'Api Key is required',
  403003: 'Api Key is invalid',
  403010: 'Oauth token is missing.',
  403025: 'Profile is not valid',
};

/** What a service demands beside token and key. */
interface Demands {
  /** One that the token has to carry. */
  readonly scope?: string;
  /** The header `x-gw-ims-org-id`. */
  readonly orgHeader?: true | undefined;
}

/** An endpoint behind the gateway, for calls that meet its demands. */
export function guard(
  answer: Endpoint['answer'],
  { failures, ...demands }: Demands & Pick<Endpoint, 'failures'> = {},
): Endpoint {
  return {
    failures,
    answer: (request, state) => {
      const given = refuseCall(request, state.ledger, demands) ?? answer(request, state);
      return { ...given, headers: { 'x-request-id': randomUUID(), ...given.headers } };
    },
  };
}

/** An error as Adobe's gateways word it: the first three digits of the code are the status. */
export function answerGatewayError(code: string): Answer {
  const fields = { error_code: code, message: gatewayErrors[code] };
  return answerJson(Number(code.slice(0, 3)), fields, { 'x-request-id': randomUUID() });
}

/** A refusal that tells its reason in a header. */
export function denyAccess(reason: string): Answer {
  const headers = { 'x-access-error': reason, 'x-request-id': randomUUID() };
  return answerJson(403, { message: 'Forbidden' }, headers);
}

/** Why the gateway lets no such call through; undefined when it does. */
function refuseCall(
  request: RecordedRequest,
  ledger: Ledger,
  { scope, orgHeader }: Demands,
): Answer | undefined {
  const token = readBearer(request);
  const { 'x-api-key': key, 'x-gw-ims-org-id': organization } = request.headers;
  const claims = ledger.claims.get(token);
  if (!key) return answerGatewayError('403000');
  if (token === '') return answerGatewayError('403010');
  if (!claims || refuseToken(ledger, token)) return answerGatewayError('401013');
  if (claims['client_id'] !== key) return answerGatewayError('403003');
  if (scope && !claims['scope']?.split(',').includes(scope)) return denyAccess('invalid_ims_scope');
  if (!orgHeader || organization) return undefined;
  // Adobe documents that these services demand it, and no one wording for what they say without it.
  return answerJson(400, { message: 'Header x-gw-ims-org-id is missing' });
}
