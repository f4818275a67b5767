// Answers of another kind than a client hopes for: in their status, their body, their fields.
import { gzipSync } from 'node:zlib';
import { answerJson, readField } from '../exchange.ts';
import { answerError } from '../ims.ts';
import { changeAnswer, changeFields, type Fault, type Faults, regrant, reply } from './spoil.ts';

const json = 'application/json';
const page = '<!DOCTYPE html>\n<html><body><h1>Sign in to the network</h1></body></html>\n';
const deepJson = '['.repeat(100_000) + ']'.repeat(100_000);
const tenMebibytes = 'x'.repeat(10 * 1024 * 1024);

/** Successes of another kind, a token in an error. */
const oddAnswers: Faults = {
  good: changeAnswer('A good answer, between two failures', () => ({})),
  201: changeAnswer('A good answer with 201', () => ({ status: 201 })),
  202: changeAnswer('A good answer with 202', () => ({ status: 202 })),
  206: changeAnswer('A good answer with 206', () => ({ status: 206 })),
  'token-503': changeAnswer('503 that holds a token', (_good, fields) =>
    answerJson(503, { ...fields, error: 'temporarily_unavailable' }),
  ),
  'token-400': changeAnswer('400 that repeats a token in its description', (_good, fields) =>
    answerError(400, 'invalid_request', `already issued: ${fields['access_token']}`),
  ),
  redirect: redirect(302),
  'redirect-307': redirect(307),
};

const oddBodies: Faults = {
  html: reply('The page of a proxy that wants a sign-in', 200, 'text/html', page),
  'html-503': reply('The page of a front end that is down', 503, 'text/html', page),
  xml: reply('An error in XML', 500, 'application/xml', '<?xml version="1.0"?><Error/>'),
  'text-200': reply('A text in a 200', 200, 'text/plain', 'Please sign in'),
  'too-large-503': reply('503 with a body of 10 MiB', 503, 'text/plain', tenMebibytes),
  'invalid-json': reply('JSON with a fault', 200, json, '{"access_token":,}'),
  'deep-json': reply('Arrays in arrays, 100,000 deep', 200, json, deepJson),
  empty: reply('An empty body', 200, json, ''),
  null: reply('The JSON value null', 200, json, 'null'),
  'empty-object': reply('An empty object', 200, json, '{}'),
  invalid: reply('A token is invalid', 200, json, '{"valid":false,"reason":"bad_signature"}'),
  'valid-string': reply('A validation with "false" for false', 200, json, '{"valid":"false"}'),
  'valid-string-true': reply('A validation with "true" for true', 200, json, '{"valid":"true"}'),
  'too-large': changeFields('A good answer of 10 MiB', () => ({ padding: tenMebibytes })),
  array: changeAnswer('A good answer inside an array', ({ body }) => ({ body: `[${body}]` })),
  bom: changeAnswer('A good answer after a byte order mark', ({ body }) => ({
    body: `\ufeff${body}`,
  })),
  'invalid-utf8': changeAnswer('A token with a byte that is not UTF-8', ({ body }) => ({
    body: Buffer.from(body.toString().replace('",', '\xff",'), 'latin1'),
  })),
  'huge-headers': changeAnswer('A good answer with a header of 64 KiB', () => ({
    headers: { 'x-filler': 'x'.repeat(64 * 1024) },
  })),
  gzip: changeAnswer('A good answer, compressed though nobody requested that', ({ body }) => ({
    headers: { 'Content-Encoding': 'gzip' },
    body: gzipSync(body),
  })),
  identity: changeAnswer('A good answer that says it is not encoded, in capitals', () => ({
    headers: { 'Content-Encoding': 'IDENTITY' },
  })),
};

const oddFields: Faults = {
  'no-token': changeFields('No token', () => ({ access_token: undefined })),
  'token-number': changeFields('A number for a token', () => ({ access_token: 12_345_678 })),
  'short-token': changeFields('A short token', () => ({ access_token: 'fifteen-letters' })),
  'line-break': changeFields('A token with a line break', ({ access_token }) => ({
    access_token: String(access_token).replace(/^.{40}/, '$&\n'),
  })),
  'huge-token': regrant('A token of 100 KiB', () => ({ bytes: 100 * 1024 })),
  opaque: regrant('A good answer with a token that is no JWT', () => ({ opaque: true })),
  'fewer-scopes': regrant('A good answer, but the token carries only one scope', (request) => ({
    scope: readField(request, 'scope').replace(/,.*/, ''),
  })),
  mac: changeFields('A token of the type mac', () => ({ token_type: 'mac' })),
  'no-type': changeFields('No token_type', () => ({ token_type: undefined })),
  strings: changeFields('A good answer with strings for numbers', ({ expires_in }) => ({
    expires_in: String(expires_in),
  })),
  milliseconds: changeFields('A good answer that counts in milliseconds', ({ expires_in }) => ({
    expires_in: Number(expires_in) * 1000,
  })),
  short: regrant('A good answer for 3599 seconds', () => ({ lifetimeS: 3599 })),
  'expires-negative': changeFields('expires_in: -1', () => ({ expires_in: -1 })),
  'expires-zero': changeFields('expires_in: 0', () => ({ expires_in: 0 })),
  'expires-text': changeFields('expires_in: tomorrow', () => ({ expires_in: 'tomorrow' })),
  'no-expires': changeFields('No expires_in', () => ({ expires_in: undefined })),
  'no-lifetime': changeFields('No expires_in, and a token that is no JWT', () => ({
    access_token: 'an-opaque-token-without-claims',
    expires_in: undefined,
  })),
};

export const answerFaults: Faults = { ...oddAnswers, ...oddBodies, ...oddFields };

function redirect(status: number): Fault {
  return {
    about: `${status} to another host`,
    make: (_request, { redirectTo }) => ({ status, headers: { Location: redirectTo }, body: '' }),
  };
}
