// The stand-in's IMS endpoints: they hold a request to Adobe's documentation and answer as IMS does.
import { randomUUID } from 'node:crypto';
import type { State } from './endpoints.ts';
import { type Answer, answerJson, type RecordedRequest, readField } from './exchange.ts';
import { grantToken, refuseToken } from './grants.ts';

const present = /./;
const accessToken = /^access_token$/;
const credentials = { client_id: present, client_secret: present };

/** Grants a token; the secret counts as used from then on. */
export function answerTokenRequest(request: RecordedRequest, state: State): Answer {
  const fields = {
    ...credentials,
    grant_type: /^client_credentials$/,
    scope: /^[^\s,]+(,[^\s,]+)*$/,
    ...(readField(request, 'org_id') && { org_id: present }),
  };
  const authorized = request.headers.authorization !== undefined && 'Authorization header sent';
  const refused = refuseForm(request, fields, authorized) ?? refuseSecret(request, state);
  if (refused) return refused;
  const used = state.secrets?.find(({ value }) => value === readField(request, 'client_secret'));
  if (used) used.usedAtMs = request.atMs;
  return answerJson(200, grantToken(request, state), { 'x-debug-id': randomUUID() });
}

/** Whether the token that the request both names and bears is good. */
export function answerValidation(request: RecordedRequest, { ledger }: State): Answer {
  const { headers } = request;
  const [id, token] = [readField(request, 'client_id'), readField(request, 'token')];
  const refused = refuseForm(
    request,
    { type: accessToken, client_id: present, token: present },
    headers.authorization !== `Bearer ${token}` && 'Authorization does not bear the token',
    headers['x-ims-clientid'] !== id && 'X-IMS-ClientId is not the client_id',
  );
  if (refused) return refused;
  const reason = refuseToken(ledger, token);
  const verdict = reason
    ? { valid: false, reason }
    : { valid: true, token: ledger.claims.get(token) };
  return answerJson(200, verdict, { 'x-debug-id': randomUUID() });
}

/** Revokes a token that was issued here; `cascading`, which would end other tokens, is refused. */
export function answerRevocation(request: RecordedRequest, state: State): Answer {
  const fields = { ...credentials, token_type: accessToken, token: present };
  const token = readField(request, 'token');
  const foreign = !state.ledger.claims.has(token) && 'token was not issued here';
  const refused = refuseForm(request, fields, foreign) ?? refuseSecret(request, state);
  if (refused) return refused;
  state.ledger.revoked.push(token);
  return { status: 200, headers: { 'x-debug-id': randomUUID() }, body: '' };
}

/** An error as IMS words it. */
export function answerError(status: number, error: string, description: string): Answer {
  const fields = { error, ...(description && { error_description: description }) };
  return answerJson(status, fields, { 'x-debug-id': randomUUID() });
}

/** Whether it is none of the credential's, where those are known. */
function refuseSecret(request: RecordedRequest, { secrets }: State): Answer | undefined {
  const given = readField(request, 'client_secret');
  if (!secrets || secrets.some(({ value }) => value === given)) return undefined;
  return answerError(400, 'invalid_client', 'invalid client_secret parameter');
}

/** Why a request is not as documented: a form, each of `fields` once and as its pattern says, and no more; then `others`. */
function refuseForm(
  request: RecordedRequest,
  fields: Readonly<Record<string, RegExp>>,
  ...others: readonly (string | false)[]
): Answer | undefined {
  const type = request.headers['content-type'] ?? 'none';
  const names = request.form.map(([name]) => name);
  const sent = names.toSorted().join();
  const documented = Object.keys(fields).toSorted().join();
  const faults = [
    !/^application\/x-www-form-urlencoded(;|$)/.test(type) && `Content-Type is ${type}`,
    // A character that form encoding would have escaped shows a value that was pasted in raw.
    !/^[\w.*+%&=~!'()-]*$/.test(request.body) && 'body is not form-encoded',
    request.query !== '' && 'query sent',
    sent !== documented && `fields are ${sent}, not ${documented}`,
    ...Object.entries(fields).map(
      ([name, pattern]) =>
        !pattern.test(readField(request, name)) && `${name} does not match ${pattern}`,
    ),
    ...others,
  ].filter((fault) => fault !== false);
  return faults.length > 0 ? answerError(400, 'invalid_request', faults.join('; ')) : undefined;
}
