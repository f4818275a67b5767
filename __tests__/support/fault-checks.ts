// What each of the stand-in's failures looks like on the wire when a token is asked for.
import { gunzipSync } from 'node:zlib';
import { expect } from '@jest/globals';
import type { RawAnswer } from './raw-request.ts';
import { decodeJwt } from './tokens.ts';

function readLength({ head }: RawAnswer): number {
  return Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? Number.NaN);
}

type Check = (answer: RawAnswer) => void;

/** A whole answer with this status, and this in its head and body. */
function whole(status: number, body: RegExp | string = '', head: RegExp | string = ''): Check {
  return (answer) => {
    expect(answer.ended).toBe('end');
    expect(answer.head.startsWith(`HTTP/1.1 ${status} `)).toBe(true);
    expect(answer.head).toMatch(head);
    expect(answer.body.toString()).toMatch(body);
    expect(answer.body.length).toBe(readLength(answer));
  };
}

/** A whole answer with these fields. */
function fields(status: number, expected: unknown, head: RegExp | string = ''): Check {
  return (answer) => {
    whole(status, '', head)(answer);
    expect(JSON.parse(answer.body.toString())).toEqual(expected);
  };
}

function ims(status: number, error: string, error_description?: string): Check {
  return fields(status, { error, ...(error_description && { error_description }) }, /x-debug-id: /);
}

function gateway(status: number, error_code: string): Check {
  return fields(status, { error_code, message: expect.any(String) }, /x-request-id: /);
}

const token = expect.stringMatching(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/);
const good = { access_token: token, token_type: 'bearer', expires_in: 86_399 };

function half(answer: RawAnswer): void {
  expect(answer.head).toMatch(/^HTTP\/1.1 200 OK\r\n/);
  expect(answer.body.toString()).toMatch(/^\{"access_token":"eyJ[\w.-]+$/);
  expect(answer.body.length).toBeLessThan(readLength(answer));
}

function claims(answer: RawAnswer): Record<string, string> {
  return decodeJwt(JSON.parse(answer.body.toString()).access_token);
}

const commands =
  /\\n::add-mask::x.*##\[add-path\]\/tmp.*%0A::set-env name=X::y.*\\u001b\[31m.*\\u0000/;
const notEnabled = 'None of the requested scopes is enabled for this client';

export const faultChecks: Readonly<Record<string, Check>> = {
  good: fields(200, good),
  invalid_client: ims(400, 'invalid_client', 'invalid client_secret parameter'),
  invalid_client_401: ims(401, 'invalid_client'),
  invalid_client_id: ims(400, 'invalid_client', 'invalid client_id parameter'),
  missing_client_id: ims(400, 'invalid_client', 'missing client_id parameter'),
  unauthorized_client: ims(
    400,
    'unauthorized_client',
    'client is not authorized to use this grant type.',
  ),
  invalid_scope: ims(400, 'invalid_scope', notEnabled),
  invalid_target_scope: ims(400, 'invalid_target_scope', notEnabled),
  access_denied: ims(
    403,
    'access_denied',
    'Service principal is no longer part of the organization.',
  ),
  not_found: ims(
    404,
    'not_found',
    'Organization with id 0123456789ABCDEF01234567@AdobeOrg cannot be found',
  ),
  duplicate_binding: ims(409, 'duplicate_binding'),
  unknown_error: ims(400, 'lunar_phase', 'The moon is not in the requested phase'),
  nested_error: fields(400, {
    error: { code: 'invalid_request', message: 'The request is malformed' },
  }),

  408: whole(408),
  425: whole(425),
  429: (answer) => {
    whole(429)(answer);
    expect(answer.head).not.toMatch(/retry-after/i);
  },
  '429-1': whole(429, '', /^retry-after: 1\r$/im),
  '429-3600': whole(429, '', /^retry-after: 3600\r$/im),
  '429-date': (answer) => {
    whole(429)(answer);
    const waitMs = Date.parse(/^retry-after: (.*)\r$/im.exec(answer.head)?.[1] ?? '') - Date.now();
    expect(waitMs).toBeGreaterThan(0);
    expect(waitMs).toBeLessThanOrEqual(2000);
  },
  500: whole(500),
  502: whole(502),
  503: whole(503),
  504: whole(504),
  507: whole(507),

  reset: ({ ended }) => expect(ended).toBe('reset'),
  'cut-header': ({ ended, head }) => {
    expect(ended).toBe('end');
    expect(head).toBe('HTTP/1.1 200 OK\r\nContent-Ty');
  },
  cut: (answer) => {
    expect(answer.ended).toBe('end');
    half(answer);
  },
  'close-delimited-cut': (answer) => {
    expect(answer.ended).toBe('end');
    expect(answer.head).not.toMatch(/content-length/i);
    expect(answer.body.toString()).toMatch(/^\{"access_token":"eyJ[\w.-]+$/);
  },
  stall: (answer) => {
    expect(answer.ended).toBe('silence');
    half(answer);
  },
  hang: ({ ended, head, body }) => {
    expect(ended).toBe('silence');
    expect(head + body).toBe('');
  },
  slow: (answer) => {
    expect(answer.ended).toBe('silence');
    expect(answer.body.toString()).toBe('');
    expect(readLength(answer)).toBeGreaterThan(500);
  },

  'too-large': (answer) => {
    expect(JSON.parse(answer.body.toString())).toMatchObject(good);
    expect(answer.body.length).toBeGreaterThan(10 * 1024 * 1024);
  },
  'too-large-503': (answer) => {
    whole(503)(answer);
    expect(answer.body.length).toBe(10 * 1024 * 1024);
  },
  redirect: whole(302, '', /^location: http:\/\/other\.example\/\r$/im),
  'redirect-307': whole(307, '', /^location: http:\/\/other\.example\/\r$/im),
  'invalid-json': (answer) => {
    whole(200)(answer);
    expect(() => JSON.parse(answer.body.toString())).toThrow(SyntaxError);
  },
  html: whole(200, /^<!DOCTYPE html>/, /text\/html/),
  'html-503': whole(503, /^<!DOCTYPE html>/, /text\/html/),
  empty: whole(200, /^$/),
  array: fields(200, [good]),
  null: whole(200, /^null$/),
  'deep-json': whole(200, /^\[{100000}\]{100000}$/),
  'huge-headers': whole(200, '', /x{65536}/),
  'invalid-utf8': (answer) => {
    expect(answer.body.includes(0xff)).toBe(true);
    expect(JSON.parse(answer.body.toString()).access_token).toMatch(/^eyJ[\w.-]+\uFFFD$/);
  },
  gzip: (answer) => {
    expect(answer.head).toMatch(/^content-encoding: gzip\r$/im);
    expect(JSON.parse(gunzipSync(answer.body).toString())).toEqual(good);
  },
  'broken-chunk': (answer) => {
    expect(answer.head).toMatch(/^transfer-encoding: chunked\r?$/im);
    expect(answer.body.toString()).toMatch(/^[\da-f]+\r\n\{.*\}\r\nlots\r\n$/);
  },

  'no-token': fields(200, { token_type: 'bearer', expires_in: 86_399 }),
  'token-number': fields(200, { ...good, access_token: 12_345_678 }),
  'line-break': fields(200, { ...good, access_token: expect.stringMatching(/^eyJ\w{37}\n\w/) }),
  'huge-token': (answer) => {
    fields(200, good)(answer);
    expect(answer.body.length).toBeGreaterThan(100 * 1024);
  },
  mac: fields(200, { ...good, token_type: 'mac' }),
  'no-type': fields(200, { access_token: token, expires_in: 86_399 }),
  strings: fields(200, { ...good, expires_in: '86399' }),
  milliseconds: fields(200, { ...good, expires_in: 86_399_000 }),
  'expires-negative': fields(200, { ...good, expires_in: -1 }),
  'expires-zero': fields(200, { ...good, expires_in: 0 }),
  'expires-text': fields(200, { ...good, expires_in: 'tomorrow' }),
  'no-expires': fields(200, { access_token: token, token_type: 'bearer' }),
  short: (answer) => {
    fields(200, { ...good, expires_in: 3599 })(answer);
    expect(claims(answer)).toMatchObject({ expires_in: '3600000' });
  },
  'fewer-scopes': (answer) => {
    fields(200, good)(answer);
    expect(claims(answer)).toMatchObject({ scope: 'openid' });
  },
  opaque: fields(200, { ...good, access_token: expect.stringMatching(/^[\w-]{512}$/) }),

  echo: (answer) => {
    const echo = expect.stringMatching(/^s\+cret & 100% .*client_secret=s%2Bcret\+%26\+100%25/);
    expect(JSON.parse(answer.body.toString())).toMatchObject({
      error: echo,
      error_description: echo,
    });
    expect(answer.head).toMatch(/^x-debug-id: s\+cret & 100% .*s%2Bcret\+%26\+100%25/im);
  },
  commands: whole(400, commands, /^x-debug-id: .*##\[add-path\].*%0A::set-env name=X::y/im),
  markdown: whole(400, '``` @team'),
  'commands-200': whole(200, commands),
  'commands-scope': (answer) => {
    fields(200, good)(answer);
    expect(claims(answer)['scope']).toContain('\n::add-mask::x');
  },
  'commands-invalid': whole(200, commands),

  201: fields(201, good),
  202: fields(202, good),
  206: fields(206, good),
  'token-503': fields(503, { ...good, error: 'temporarily_unavailable' }),
  'token-400': whole(400, /already issued: eyJ/),
  'error-200': fields(200, {
    error: 'invalid_client',
    error_description: 'invalid client_secret parameter',
  }),
  bom: whole(200, /^\ufeff\{"access_token":"eyJ/),
  identity: fields(200, good, /^content-encoding: IDENTITY\r$/im),
  xml: whole(500, /^<\?xml /, /^content-type: application\/xml\r$/im),
  'text-200': whole(200, 'Please sign in'),
  'no-lifetime': fields(200, {
    access_token: 'an-opaque-token-without-claims',
    token_type: 'bearer',
  }),
  'short-token': fields(200, { ...good, access_token: 'fifteen-letters' }),

  401013: gateway(401, '401013'),
  403000: gateway(403, '403000'),
  403003: gateway(403, '403003'),
  403010: gateway(403, '403010'),
  403025: gateway(403, '403025'),
  quota_exhausted: whole(403, '', /^x-access-error: quota_exhausted\r$/im),
  user_profile_denied: whole(403, '', /^x-access-error: user_profile_denied\r$/im),
  user_non_entitled: whole(403, '', /^x-access-error: user_non_entitled\r$/im),
  invalid_ims_scope: whole(403, '', /^x-access-error: invalid_ims_scope\r$/im),
  invalid: fields(200, { valid: false, reason: 'bad_signature' }),
  'valid-string': fields(200, { valid: 'false' }),
  'valid-string-true': fields(200, { valid: 'true' }),
  'empty-object': fields(200, {}),
};

/** Those that leave the client waiting. */
export const silentFaults: readonly string[] = ['hang', 'stall', 'slow'];
