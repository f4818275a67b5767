// An exchange that follows a script: answers and failures in turn, each request written down.
import type { Exchange, HttpAnswer, HttpRequest, HttpResponse } from '../../src/http/response.ts';
import { START_MS } from './clock.ts';
import { OPAQUE_TOKEN } from './tokens.ts';

/** One answer, the failure of an exchange, or what makes either. */
export type Scripted = HttpAnswer | Error | ((limitMs: number) => HttpAnswer | Promise<HttpAnswer>);

export interface Script {
  readonly exchange: Exchange;
  readonly requests: readonly HttpRequest[];
  /** What each request was given to finish, in milliseconds. */
  readonly limitsMs: readonly number[];
}

export function script(...answers: readonly Scripted[]): Script {
  const requests: HttpRequest[] = [];
  const limitsMs: number[] = [];
  return {
    requests,
    limitsMs,
    exchange: async (request, limitMs) => {
      const scripted = answers[requests.length];
      requests.push(request);
      limitsMs.push(limitMs);
      if (scripted === undefined) throw new Error(`The script has no answer ${requests.length}`);
      if (scripted instanceof Error) throw scripted;
      return typeof scripted === 'function' ? scripted(limitMs) : scripted;
    },
  };
}

/** An answer with a JSON body, or with a text, which arrives as the clock of tests starts. */
export function answer(
  status: number,
  body: unknown = '',
  headers: HttpResponse['headers'] = {},
): HttpResponse {
  return {
    status,
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    receivedAtMs: START_MS,
  };
}

/** The fields of a form body. */
export function readForm({ body = '' }: HttpRequest): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(body));
}

/** What IMS usually answers: a token, or that the secret is wrong, in either of its ways. */
export const minted = answer(200, {
  access_token: OPAQUE_TOKEN,
  token_type: 'bearer',
  expires_in: 86_399,
});
export const refused = answer(400, {
  error: 'invalid_client',
  error_description: 'invalid client_secret parameter',
});
export const unauthorized = answer(401, { error: 'invalid_client' });

/** What IMS answers to the question whether a token is valid. */
export const valid = answer(200, { valid: true });
export const invalid = answer(200, { valid: false });
