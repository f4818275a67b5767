/** What a server says when it refuses, and what to do about it. No I/O. */

import {
  HttpError,
  isTransientStatus,
  NOT_ADOBE_HINT,
  OAuthError,
  ResponseError,
} from '../errors.ts';
import type { HttpResponse } from '../http/exchange.ts';
import { retryAfterMs } from '../http/retry.ts';
import { presentUrl } from '../inputs/urls.ts';
import type { Redact } from '../secrets/redact.ts';

interface Row {
  readonly error: string;
  readonly description?: RegExp;
  readonly topic: string;
  readonly hint: string;
}

const CREDENTIAL = 'the OAuth Server-to-Server credential in the Adobe Developer Console';

/** IMS's errors, the first match decides. */
const ROWS: readonly Row[] = [
  {
    error: 'invalid_client',
    description: /client[_ ]?id|^missing\b(?!.*secret)/i,
    topic: 'wrong-client-id',
    hint: `IMS does not know this client ID: compare \`client-id\` with ${CREDENTIAL}, and check that \`ims-url\` is its environment`,
  },
  {
    error: 'invalid_client',
    topic: 'wrong-client-secret',
    hint: `The client secret is wrong or was deleted: copy it again from ${CREDENTIAL} and update the GitHub secret`,
  },
  {
    error: 'unauthorized_client',
    topic: 'wrong-credential-type',
    hint: 'The credential is of another type: add an OAuth Server-to-Server credential to the project in the Adobe Developer Console and use its client ID and secret',
  },
  ...['invalid_scope', 'invalid_target_scope'].map((error) => ({
    error,
    topic: 'wrong-scope',
    hint: 'Add the API to the project in the Adobe Developer Console, or correct `service` or `scope`: "View scopes per service" there lists what the credential may ask for',
  })),
  {
    error: 'access_denied',
    topic: 'access-denied',
    hint: `The credential's technical account is no longer in the organization: ask an administrator to add it again, or create a new credential`,
  },
  {
    error: 'not_found',
    description: /organi[sz]ation/i,
    topic: 'organization-not-found',
    hint: 'Correct `org-id`: it looks like 1234567890ABCDEF@AdobeOrg, and most credentials need none',
  },
  {
    error: 'duplicate_binding',
    topic: 'several-organizations',
    hint: 'The credential serves several organizations: name one in `org-id`',
  },
];

/** What reading a refusal needs to know. */
export interface RefusalReading {
  readonly redact: Redact;
  /** When the answer had arrived, as milliseconds since the epoch. */
  readonly nowMs: number;
}

/** The error in an answer that is not a success. */
export function refusal(
  response: HttpResponse,
  { redact, nowMs }: RefusalReading,
): OAuthError | HttpError {
  const { status } = response;
  const { error, description } = readError(response.body);
  if (status >= 300 && status < 400) return redirect(response, redact);
  const said = [error && redact(error, 60), description && `"${redact(description)}"`];
  const what = said.filter((part) => part).join(' ') || (isHtml(response) ? 'an HTML page' : '');
  const message = `HTTP ${status}${what && `, ${what}`}${requestIds(response, redact)}`;
  if (error === '' || isTransientStatus(status)) return httpError(message, response, nowMs);
  const row = ROWS.find(
    (candidate) => candidate.error === error && (candidate.description?.test(description) ?? true),
  );
  return new OAuthError(message, {
    topic: row?.topic ?? 'refused',
    hint: row?.hint ?? `IMS refuses the request: check \`client-id\`, \`scope\` and ${CREDENTIAL}`,
    secretRefused: row?.topic === 'wrong-client-secret' && (status === 400 || status === 401),
  });
}

/** ` (x-debug-id …)`: what Adobe's support asks for, where the answer has it. */
export function requestIds({ headers }: HttpResponse, redact: Redact): string {
  const ids = ['x-debug-id', 'x-request-id'].flatMap((name) => {
    const value = headers[name];
    return typeof value === 'string' && value !== '' ? [`${name} ${redact(value, 80)}`] : [];
  });
  return ids.length > 0 ? ` (${ids.join(', ')})` : '';
}

/** The error's name and its explanation, each empty where the body has none, in the shapes that IMS and Adobe's gateways use. */
export function readError(body: string): { readonly error: string; readonly description: string } {
  const answer = parseObject(body) ?? {};
  const nested = answer['error'];
  const inner = typeof nested === 'object' && nested !== null ? { ...nested } : answer;
  const first = (...names: readonly string[]) =>
    names
      .map((name) => (inner as Record<string, unknown>)[name])
      .map((value) => (typeof value === 'number' ? String(value) : value))
      .find((value) => typeof value === 'string' && value !== '');
  return {
    error: String(first('error', 'error_code', 'code') ?? ''),
    description: String(first('error_description', 'message', 'description') ?? ''),
  };
}

/** A body's JSON object, or undefined where it is anything else. */
export function parseObject(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Whether an answer is a page for people: a proxy's, a gateway's, a captive portal's. */
export function isHtml({ headers, body }: HttpResponse): boolean {
  return (
    /^text\/html|^application\/xhtml/i.test(headers['content-type'] ?? '') || /^\s*</.test(body)
  );
}

/** The error for a page in the place of a success. */
export function htmlAnswer({ status }: HttpResponse): ResponseError {
  return new ResponseError(`HTTP ${status}, but the answer is an HTML page`, {
    topic: 'html-answer',
    hint: NOT_ADOBE_HINT,
  });
}

function redirect(response: HttpResponse, redact: Redact): HttpError {
  const location = redact(presentUrl(response.headers.location ?? ''), 100);
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

function httpError(message: string, response: HttpResponse, nowMs: number): HttpError {
  const { status, headers } = response;
  const advice = { status, retryAfterMs: retryAfterMs(headers, nowMs) };
  if (status === 429) {
    return new HttpError(message, {
      ...advice,
      topic: 'throttled',
      hint: 'Adobe throttles this credential: ask for fewer tokens, and let the jobs of a run share one through `seal` and `sealed-token`',
    });
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
    hint: isHtml(response)
      ? NOT_ADOBE_HINT
      : 'Check `ims-url` and `verify-url` if they are set, and whether a proxy or gateway answered instead of Adobe',
  });
}
