// The stand-in's IMS endpoints: they hold a request to Adobe's documentation and answer as IMS does.
import { randomUUID } from 'node:crypto';
import type { State } from './endpoints.ts';
import {
  type Answer,
  answerJson,
  type RecordedRequest,
  readBearer,
  readField,
} from './exchange.ts';
import { refuseToken } from './grants.ts';

const present = /./;
const accessToken = /^access_token$/;
const credentials = { client_id: present, client_secret: present };

/** What is wrong with a token request, or with its credentials; undefined when it may have a token. */
export function refuseTokenRequest(request: RecordedRequest, state: State): Answer | undefined {
  const required = {
    grant_type: /^client_credentials$/,
    scope: /^[^\s,]+(,[^\s,]+)*$/,
    ...credentials,
  };
  const faults = findFormFaults(request, required, ['org_id']);
  if (request.headers.authorization !== undefined) faults.push('Authorization header sent');
  return refuseFaults(faults) ?? refuseSecret(request, state);
}

/** Whether the token that the request both names and bears is good. */
export function answerValidation(request: RecordedRequest, { ledger }: State): Answer {
  const required = { type: accessToken, client_id: present, token: present };
  const faults = findFormFaults(request, required);
  const token = readField(request, 'token');
  if (readBearer(request) !== token) faults.push('Authorization does not bear the token');
  if (request.headers['x-ims-clientid'] !== readField(request, 'client_id')) {
    faults.push('X-IMS-ClientId is not the client_id');
  }
  const refused = refuseFaults(faults);
  if (refused) return refused;
  const reason = refuseToken(ledger, token);
  const verdict = reason
    ? { valid: false, reason }
    : { valid: true, token: ledger.claims.get(token) };
  return answerJson(200, verdict, { 'x-debug-id': randomUUID() });
}

/** Revokes a token that was issued here; `cascading`, which would end other tokens, is refused. */
export function answerRevocation(request: RecordedRequest, state: State): Answer {
  const required = { token_type: accessToken, token: present, ...credentials };
  const faults = findFormFaults(request, required);
  const token = readField(request, 'token');
  if (!state.ledger.claims.has(token)) faults.push('token was not issued here');
  const refused = refuseFaults(faults) ?? refuseSecret(request, state);
  if (refused) return refused;
  state.ledger.revoked.push(token);
  return { status: 200, headers: { 'x-debug-id': randomUUID() }, body: '' };
}

/** An error as IMS words it. */
export function answerError(status: number, error: string, description: string): Answer {
  const fields = { error, ...(description && { error_description: description }) };
  return answerJson(status, fields, { 'x-debug-id': randomUUID() });
}

function refuseFaults(faults: readonly string[]): Answer | undefined {
  return faults.length > 0 ? answerError(400, 'invalid_request', faults.join('; ')) : undefined;
}

/** Whether it is none of the credential's, where those are known. */
function refuseSecret(request: RecordedRequest, { secrets }: State): Answer | undefined {
  const given = readField(request, 'client_secret');
  if (!secrets || secrets.some(({ value }) => value === given)) return undefined;
  return answerError(400, 'invalid_client', 'invalid client_secret parameter');
}

/** Each of `required` once and as its pattern says, each of `optional` at most once, nothing else, nothing in the query. */
function findFormFaults(
  request: RecordedRequest,
  required: Readonly<Record<string, RegExp>>,
  optional: readonly string[] = [],
): string[] {
  const faults: string[] = [];
  const type = request.headers['content-type'] ?? 'none';
  if (!/^application\/x-www-form-urlencoded(;|$)/.test(type)) {
    faults.push(`Content-Type is ${type}`);
  }
  // A character that form encoding would have escaped shows a value that was pasted in raw.
  if (!/^[\w.*+%&=~!'()-]*$/.test(request.body)) faults.push('body is not form-encoded');
  if (request.query !== '') faults.push('query sent');
  for (const [name, pattern] of Object.entries(required)) {
    const value = readField(request, name);
    if (value === '') faults.push(`${name} missing`);
    else if (!pattern.test(value)) faults.push(`${name} does not match ${pattern}`);
  }
  const names = request.form.map(([name]) => name);
  for (const name of new Set(names)) {
    if (!Object.hasOwn(required, name) && !optional.includes(name))
      faults.push(`${name} unexpected`);
    if (names.filter((other) => other === name).length > 1) faults.push(`${name} repeated`);
  }
  return faults;
}
