/** What a server says when it refuses, as an error. No I/O. */

import {
  type ActionError,
  HttpError,
  isTransient,
  isTransientStatus,
  NOT_ADOBE_HINT,
  OAuthError,
  ResponseError,
  VerificationError,
} from '../errors.ts';
import { type HttpResponse, isCompressed, readHeader } from '../http/response.ts';
import { readRetryAfterMs } from '../http/retry-after.ts';
import { presentUrl } from '../messages.ts';
import type { Redact } from '../secrets/redact.ts';
import { isObject, type JsonObject, readJsonObject } from '../values.ts';
import {
  findGatewayHint,
  findImsHint,
  NOT_CONFIRMED_BY_IMS,
  UNKNOWN_REFUSAL,
  unknownImsHint,
} from './hints.ts';

/** Who answered: 429 and the like mean something else for each. */
export type Server = 'ims' | 'service';

const WAYS_ROUND =
  '`verify: token` asks IMS instead, and `verify-url` sets another address to check the token with';

/** The error in an answer that is not a success. */
export function refusal(
  response: HttpResponse,
  redact: Redact,
  server: Server = 'ims',
): OAuthError | HttpError {
  const { status } = response;
  if (status >= 300 && status < 400) return redirect(response, redact);
  const { error, description } = readError(response.body);
  const said = [error && redact(error, 60), description && `"${redact(description)}"`];
  const body = isCompressed(response) ? 'a compressed answer' : describeMarkup(response);
  const what = said.filter((part) => part).join(' ') || body;
  const message = `HTTP ${status}${what && `, ${what}`}${requestIds(response, redact)}`;
  if (error === '' || isTransientStatus(status)) return httpError(message, response, server);
  const row = findImsHint(error, description);
  const { topic, hint } = row ?? unknownImsHint(status);
  const secretRefused = row?.refusesSecret === true && [200, 400, 401].includes(status);
  return new OAuthError(message, { topic, hint, secretRefused });
}

/**
 * The error for an answer other than a success to a token's verification: a `VerificationError`, unless
 * a later request may succeed or the answer is a redirect.
 */
export function verificationRefusal(
  response: HttpResponse,
  redact: Redact,
  server: Server,
): ActionError {
  const general = refusal(response, redact, server);
  if (isTransient(general) || response.status < 400) return general;
  const tokenRefused = response.status === 401 || response.status === 403;
  if (server === 'ims') {
    return new VerificationError(general.message, { ...NOT_CONFIRMED_BY_IMS, tokenRefused });
  }
  const accessError = readHeader(response, 'x-access-error');
  const { error } = readError(response.body);
  const { topic, hint } = findGatewayHint(accessError, error, response.status) ?? UNKNOWN_REFUSAL;
  const said = accessError && `, x-access-error ${redact(accessError, 60)}`;
  const message = `${general.message}${said}`;
  return new VerificationError(message, { topic, hint: `${hint}; ${WAYS_ROUND}`, tokenRefused });
}

/** ` (x-debug-id …)`: what Adobe's support asks for, where the answer has it. */
export function requestIds(response: HttpResponse, redact: Redact): string {
  const ids = ['x-debug-id', 'x-request-id'].flatMap((name) => {
    const value = readHeader(response, name);
    return value === '' ? [] : [`${name} ${redact(value, 80)}`];
  });
  return ids.length > 0 ? ` (${ids.join(', ')})` : '';
}

/** The error's name and its explanation, each empty where the body has none, in the shapes that IMS and Adobe's gateways use. */
export function readError(body: string): { readonly error: string; readonly description: string } {
  const answer = readAnswer(body) ?? {};
  const nested = answer['error'];
  const inner = isObject(nested) ? nested : answer;
  const first = (...names: readonly string[]) =>
    names
      .map((name) => inner[name])
      .map((value) => (typeof value === 'number' ? String(value) : value))
      .find((value) => typeof value === 'string' && value !== '');
  return {
    error: String(first('error', 'error_code', 'code') ?? ''),
    description: String(first('error_description', 'message', 'description') ?? ''),
  };
}

/** A body's JSON object, with or without a byte order mark before it, or undefined where it is anything else. */
export function readAnswer(body: string): JsonObject | undefined {
  return readJsonObject(body.replace(/^\ufeff/, ''));
}

/** The error for a page in the place of a success, or undefined where there is none. */
export function findMarkup(response: HttpResponse): ResponseError | undefined {
  const markup = describeMarkup(response);
  if (markup === '') return undefined;
  return new ResponseError(`HTTP ${response.status}, but the answer is ${markup}`, {
    topic: 'html-answer',
    hint: NOT_ADOBE_HINT,
  });
}

/** A page for people, a proxy's, a gateway's or a captive portal's, or a document for other programs. */
function describeMarkup(response: HttpResponse): string {
  const type = readHeader(response, 'content-type');
  if (/^(text\/html|application\/xhtml\+xml)\b/i.test(type)) return 'an HTML page';
  if (!/^[\s\ufeff]*</.test(response.body)) return '';
  const isXml = /^(text|application)\/([\w.-]+\+)?xml\b/i.test(type);
  return isXml || /^[\s\ufeff]*<\?xml/.test(response.body) ? 'an XML document' : 'an HTML page';
}

function redirect(response: HttpResponse, redact: Redact): HttpError {
  const location = redact(presentUrl(readHeader(response, 'location')), 100);
  const where = location === '' ? 'nowhere' : location;
  return new HttpError(
    `HTTP ${response.status}, a redirect to ${where}, which is not followed${requestIds(response, redact)}`,
    {
      status: response.status,
      retryAfterMs: 0,
      topic: 'redirect',
      hint: 'Adobe does not redirect here: check `ims-url` and `verify-url` if they are set, and whether a proxy or gateway answered instead',
    },
  );
}

const THROTTLED: Readonly<Record<Server, string>> = {
  ims: 'Adobe throttles this credential: wait some minutes and re-run the job; if it happens often, let the jobs of a run share one token through `seal` and `sealed-token`',
  service:
    'The service throttles this credential: wait some minutes and re-run the job, or use `verify: token`, which asks IMS instead',
};

function httpError(message: string, response: HttpResponse, server: Server): HttpError {
  const { status } = response;
  const advice = { status, retryAfterMs: readRetryAfterMs(response) };
  if (status === 429) {
    return new HttpError(message, { ...advice, topic: 'throttled', hint: THROTTLED[server] });
  }
  if (isTransientStatus(status)) {
    return new HttpError(message, {
      ...advice,
      topic: 'server-error',
      hint: 'Re-run the job later; status.adobe.com lists outages',
    });
  }
  return new HttpError(message, {
    ...advice,
    topic: 'unexpected-status',
    hint:
      describeMarkup(response) === ''
        ? 'Check `ims-url` and `verify-url` if they are set, and whether a proxy or gateway answered instead of Adobe'
        : NOT_ADOBE_HINT,
  });
}
