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
  const what = said.filter((part) => part).join(' ') || describeBody(response);
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
  if (isTransient(general) || (response.status < 400 && !isOAuthError(response.body)))
    return general;
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

/** Whether a body is an OAuth error, whatever its status. The other names that gateways use make none of a success. */
export function isOAuthError(body: string): boolean {
  const { error, description } = readError(body);
  return `${error}${description}` !== '' && Boolean(readAnswer(body)?.['error']);
}

/** A body's JSON object, with or without a byte order mark before it, or undefined where it is anything else. */
export function readAnswer(body: string): JsonObject | undefined {
  return readJsonObject(body.replace(/^\ufeff/, ''));
}

/** What an answer may be that is markup although JSON was requested, in words. */
const MARKUP = { html: 'an HTML page', xml: 'an XML document' } as const;

export type Markup = keyof typeof MARKUP;

/** Elements that begin a page for people, whatever it calls itself. */
const HTML_ELEMENT =
  /^(html|head|body|title|meta|link|style|script|noscript|center|table|form|div|span|font|pre|br|hr|img|h[1-6]|[abp])$/i;

/** What an answer is where it is markup, a proxy's, a gateway's or a captive portal's. */
export function findMarkup(response: HttpResponse): Markup | undefined {
  const type = readHeader(response, 'content-type');
  if (/^(text\/html|application\/xhtml\+xml)\b/i.test(type)) return 'html';
  const beginning = response.body.replace(/^[\s\ufeff]+/, '').slice(0, 1024);
  if (!beginning.startsWith('<')) return undefined;
  const [, name] = /<(?:!doctype\s+)?([a-z][\w:.-]*)/i.exec(beginning) ?? [];
  const isXml = /^[a-z]+\/([\w.-]+\+)?xml\b/i.test(type) || beginning.startsWith('<?xml');
  if (name === undefined) return isXml ? 'xml' : 'html';
  return (isXml ? /^html$/i : HTML_ELEMENT).test(name) ? 'html' : 'xml';
}

function describeBody(response: HttpResponse): string {
  if (isCompressed(response)) return 'a compressed answer';
  const markup = findMarkup(response);
  return markup ? MARKUP[markup] : '';
}

/** The error for markup in the place of a success. */
export function markupError({ status }: HttpResponse, markup: Markup): ResponseError {
  return new ResponseError(`HTTP ${status}, but the answer is ${MARKUP[markup]}`, {
    topic: 'html-answer',
    hint: NOT_ADOBE_HINT,
  });
}

function redirect(response: HttpResponse, redact: Redact): HttpError {
  const location = readHeader(response, 'location');
  const where = redact(location && describeTarget(location), 100) || 'nowhere';
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

/** Stands for the host that answered: a redirect need not name it. */
const SAME_HOST = 'https://same.invalid';

/** Where a redirect leads, with the host that a client would call, without user info, query and fragment. */
function describeTarget(location: string): string {
  const target = URL.parse(location, SAME_HOST);
  if (!target || target.origin === 'null') return presentUrl(location);
  const { origin, pathname } = target;
  return origin === SAME_HOST ? location.replace(/[?#].*/s, '') : origin + pathname;
}

/** Also for a page with a 404: that is what a wrong address gets. */
const CHECK_ADDRESS =
  'Check `ims-url` and `verify-url` if they are set, and whether a proxy or gateway answered instead of Adobe';

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
  const isForeignPage = status !== 404 && findMarkup(response) !== undefined;
  return new HttpError(message, {
    ...advice,
    topic: 'unexpected-status',
    hint: isForeignPage ? NOT_ADOBE_HINT : CHECK_ADDRESS,
  });
}
