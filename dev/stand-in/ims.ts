// The stand-in's IMS endpoints: they hold a request to Adobe's documentation and answer as IMS does.
import { randomUUID } from 'node:crypto';
import {
  type Answer,
  answerJson,
  type RecordedRequest,
  readBearer,
  readField,
} from './exchange.ts';
import { type Ledger, refuseToken } from './grants.ts';

export interface Credentials {
  readonly clientId?: string;
  readonly clientSecrets?: readonly string[];
}

/** What is wrong with a token request, or with its credentials; undefined when it may have a token. */
export function refuseTokenRequest(
  request: RecordedRequest,
  credentials: Credentials,
): Answer | undefined {
  const faults = findFormFaults(
    request,
    ['grant_type', 'client_id', 'client_secret', 'scope'],
    ['org_id'],
  );
  if (request.headers.authorization !== undefined) faults.push('Authorization header sent');
  if (readField(request, 'grant_type') !== 'client_credentials') {
    faults.push('grant_type is not client_credentials');
  }
  if (!/^[^\s,]+(,[^\s,]+)*$/.test(readField(request, 'scope'))) {
    faults.push('scope is not a list separated by commas');
  }
  return refuseFaults(faults) ?? refuseCredentials(request, credentials);
}

/** Whether the token that the request both names and bears is good. */
export function answerValidation(request: RecordedRequest, ledger: Ledger): Answer {
  const faults = findFormFaults(request, ['type', 'client_id', 'token']);
  const token = readField(request, 'token');
  if (readField(request, 'type') !== 'access_token') faults.push('type is not access_token');
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
export function answerRevocation(
  request: RecordedRequest,
  ledger: Ledger,
  credentials: Credentials,
): Answer {
  const faults = findFormFaults(request, ['token_type', 'token', 'client_id', 'client_secret']);
  const token = readField(request, 'token');
  if (readField(request, 'token_type') !== 'access_token') {
    faults.push('token_type is not access_token');
  }
  if (!ledger.claims.has(token)) faults.push('token was not issued here');
  const refused = refuseFaults(faults) ?? refuseCredentials(request, credentials);
  if (refused) return refused;
  ledger.revoked.push(token);
  return { status: 200, headers: { 'x-debug-id': randomUUID() }, body: '' };
}

/** An error as IMS words it. */
export function answerError(status: number, error: string, description?: string): Answer {
  const fields = description === undefined ? { error } : { error, error_description: description };
  return answerJson(status, fields, { 'x-debug-id': randomUUID() });
}

function refuseFaults(faults: readonly string[]): Answer | undefined {
  return faults.length > 0 ? answerError(400, 'invalid_request', faults.join('; ')) : undefined;
}

function refuseCredentials(
  request: RecordedRequest,
  { clientId, clientSecrets }: Credentials,
): Answer | undefined {
  if (clientId !== undefined && readField(request, 'client_id') !== clientId) {
    return answerError(400, 'invalid_client', 'invalid client_id parameter');
  }
  if (clientSecrets?.includes(readField(request, 'client_secret')) === false) {
    return answerError(400, 'invalid_client', 'invalid client_secret parameter');
  }
  return undefined;
}

/** Each of `required` once and not empty, each of `optional` at most once, nothing else, nothing in the query. */
function findFormFaults(
  request: RecordedRequest,
  required: readonly string[],
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
  const names = request.form.map(([name]) => name);
  for (const name of required) {
    if (readField(request, name) === '') faults.push(`${name} missing`);
  }
  for (const name of new Set(names)) {
    if (![...required, ...optional].includes(name)) faults.push(`${name} unexpected`);
    if (names.filter((other) => other === name).length > 1) faults.push(`${name} repeated`);
  }
  return faults;
}
