/** What Adobe's gateways say when they refuse a token, and what to do about it. No I/O. */

import { type ActionError, isTransient, VerificationError } from '../errors.ts';
import type { HttpResponse } from '../http/exchange.ts';
import { type RefusalReading, readError, refusal } from './refusals.ts';

const WAYS_ROUND =
  '`verify: token` asks IMS instead, and `verify-url` sets another address to check the token with';

const SERVICE_REFUSED = 'The service refuses this token, or has no such address';

const IMS_REFUSED =
  'IMS did not confirm this token: check that `ims-url` is the environment of the credential, and that `/ims/validate_token/v1` exists there';

interface Row {
  readonly topic: string;
  readonly hint: string;
}

const TOKEN_REFUSED: Row = {
  topic: 'token-refused',
  hint: 'The service does not accept this token: check that `ims-url` and the service belong to the same environment, and that the credential is an OAuth Server-to-Server one',
};

const API_NOT_ADDED: Row = {
  topic: 'api-not-added',
  hint: 'The service does not know this client ID: add its API to the project in the Adobe Developer Console, and check that `service` names the right one',
};

const NOT_ENTITLED: Row = {
  topic: 'not-entitled',
  hint: "The credential has no product profile that includes this service: have the organization's administrator add one in the Adobe Developer Console",
};

/** By the gateway's error code or by the `x-access-error` header. */
const ROWS: Readonly<Record<string, Row>> = {
  '401013': TOKEN_REFUSED,
  '403010': TOKEN_REFUSED,
  '403000': API_NOT_ADDED,
  '403003': API_NOT_ADDED,
  '403025': NOT_ENTITLED,
  user_profile_denied: NOT_ENTITLED,
  user_non_entitled: NOT_ENTITLED,
  quota_exhausted: {
    topic: 'quota-exhausted',
    hint: "The organization's quota for this service is used up: buy more or wait for the next period",
  },
  invalid_ims_scope: {
    topic: 'wrong-scope',
    hint: 'The token lacks a scope that the service wants: correct `scope`, or leave it out to ask for what `service` needs',
  },
};

/**
 * The error for an answer other than a success to a token's verification: a `VerificationError`, unless
 * a later request may succeed or the answer is a redirect.
 */
export function verificationRefusal(
  response: HttpResponse,
  reading: RefusalReading,
  asked: 'token' | 'service',
): ActionError {
  const general = refusal(response, reading);
  if (isTransient(general) || response.status < 400) return general;
  const header = response.headers['x-access-error'];
  const accessError = typeof header === 'string' ? header : '';
  const { error } = readError(response.body);
  const row =
    find(accessError) ?? find(error) ?? (response.status === 401 ? TOKEN_REFUSED : undefined);
  const said = accessError && `, x-access-error ${reading.redact(accessError, 60)}`;
  return new VerificationError(`${general.message}${said}`, {
    topic: asked === 'token' ? 'token-not-valid' : (row?.topic ?? 'verification-refused'),
    hint: asked === 'token' ? IMS_REFUSED : `${row?.hint ?? SERVICE_REFUSED}; ${WAYS_ROUND}`,
  });
}

function find(name: string): Row | undefined {
  return Object.hasOwn(ROWS, name) ? ROWS[name] : undefined;
}
