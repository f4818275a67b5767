/** The answers of Adobe IMS and of services, read and checked. No I/O. */

import { ResponseError, VerificationError } from '../errors.ts';
import type { HttpResponse } from '../http/response.ts';
import { hideTokens, type Redact } from '../secrets/redact.ts';
import { type Masked, PLACEHOLDER, Secret } from '../secrets/secret.ts';
import { readJson } from '../values.ts';
import {
  findMarkup,
  isOAuthError,
  markupError,
  readAnswer,
  readError,
  refusal,
  requestIds,
  verificationRefusal,
} from './refusals.ts';
import { readScopes } from './scope.ts';
import { type AccessToken, isBearerToken, readClaims, readLifetimeMs } from './token.ts';

/** The longest token that is taken, in characters. IMS's own have about 1,500. */
const MAX_TOKEN_LENGTH = 16 * 1024;

/** Shorter ones could not be told from chance in a log, and would be guessed. */
const MIN_TOKEN_LENGTH = 16;

/** Below this what stands in the place of a token is a word, such as `none`, and its mask would hide other text. */
const MIN_MASKED_LENGTH = 8;

/** An answer holds one token: masking and saving thousands would take longer than the step has. */
const MAX_TOKENS = 5;

/** Less than what `expires-in` can count. */
const MIN_LIFETIME_MS = 1000;

/** What reading an answer to a request for a token needs to know and to do. */
export interface TokenReading {
  /** Hides a token from the log, before anything else is done with it; called for each that the answer holds. */
  readonly mask: (token: Secret) => Masked;
  readonly redact: Redact;
  /** The scopes that were requested. */
  readonly scopes: readonly string[];
}

/**
 * The token in IMS's answer. What looks like one is masked before anything else is looked at, whatever
 * else is wrong with the answer.
 * @throws {OAuthError | HttpError} for anything but a 200, and for an OAuth error in a 200.
 * @throws {ResponseError} for a 200 that is not a token of type bearer with time left.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.1
 */
export function readTokenResponse(response: HttpResponse, reading: TokenReading): AccessToken {
  const { body } = response;
  const answer = readAnswer(body);
  const text = answer?.['access_token'];
  const masked = findTokens(text, body).map((found) => reading.mask(new Secret(found)));
  const redact: Redact = (foreign, maxLength) =>
    reading.redact(hideTokens(foreign, reading.scopes), maxLength);
  if (response.status !== 200 || isOAuthError(body)) throw refusal(response, redact);
  if (!answer) throw notAnObject(response);
  if (typeof text !== 'string' || text === '') {
    throw readError(body).error === ''
      ? malformed('it has no access_token')
      : refusal(response, redact);
  }
  if (answer['error']) throw malformed('it has an error beside its access_token');
  const value = masked.find((token) => token.reveal() === text);
  const fault = findTokenFault(text);
  if (fault || !value) throw malformed(`its access_token ${fault}`);
  const type = answer['token_type'];
  if (typeof type !== 'string' || type.toLowerCase() !== 'bearer') {
    throw malformed('its token_type is not bearer');
  }
  const claims = readClaims(text);
  const lifetimeMs = readLifetimeMs(answer['expires_in'], claims);
  if (lifetimeMs === undefined)
    throw malformed('neither its expires_in nor the token says how long the token lives');
  if (lifetimeMs < MIN_LIFETIME_MS) throw malformed('its token has no time left');
  const scopes = claims.scopes ?? readScopes(answer['scope']) ?? reading.scopes;
  return {
    value,
    scopes: redactScopes(scopes, reading),
    lifetimeMs,
    expiresAtMs: response.receivedAtMs + lifetimeMs,
  };
}

/**
 * Reads IMS's answer on a token's validity. Only `"valid": true` passes: not `"true"`, not 1.
 * @throws {VerificationError} where it does not.
 */
export function readValidateResponse(response: HttpResponse, redact: Redact): void {
  if (!isSuccess(response)) throw verificationRefusal(response, redact, 'ims');
  const markup = findMarkup(response);
  if (markup) throw markupError(response, markup);
  const answer = readAnswer(response.body);
  if (answer?.['valid'] === true) return;
  const tokenRefused = answer?.['valid'] === false;
  if (!tokenRefused && isOAuthError(response.body)) {
    throw verificationRefusal(response, redact, 'ims');
  }
  const reason = answer?.['reason'];
  const said = typeof reason === 'string' ? `, "${redact(reason)}"` : '';
  const what = tokenRefused
    ? 'the token is not valid'
    : 'the answer does not say that the token is valid';
  throw new VerificationError(
    `HTTP ${response.status}, but ${what}${said}${requestIds(response, redact)}`,
    {
      topic: 'token-not-valid',
      hint: 'Check that `ims-url` is where the credential belongs, and that nothing has revoked the token since',
      tokenRefused,
    },
  );
}

/**
 * Reads a service's answer to a call with a token. Nothing is known of it but that 2xx is a success.
 * @throws {ActionError} for anything else, and for an HTML page.
 */
export function readServiceResponse(response: HttpResponse, redact: Redact): void {
  if (!isSuccess(response)) throw verificationRefusal(response, redact, 'service');
  const markup = findMarkup(response);
  if (markup === 'html') throw markupError(response, markup);
}

/**
 * Reads IMS's answer to the revocation of a token: a 200 that is empty or a JSON object without `error`.
 * @throws {ActionError} for anything else: then nothing is known of the token.
 */
export function readInvalidateResponse(response: HttpResponse, redact: Redact): void {
  const { status, body } = response;
  if (!isSuccess(response) || isOAuthError(body)) throw refusal(response, redact);
  const answer = readAnswer(body);
  const isConfirmed = answer ? !Object.hasOwn(answer, 'error') : body.trim() === '';
  if (status === 200 && isConfirmed) return;
  const markup = findMarkup(response);
  if (markup) throw markupError(response, markup);
  throw new ResponseError(`HTTP ${status}, but the answer does not say that the token is revoked`, {
    topic: 'malformed-answer',
    hint: 'Check whether a proxy or gateway answered instead of IMS',
  });
}

function isSuccess({ status }: HttpResponse): boolean {
  return status >= 200 && status <= 299;
}

/** In JSON, cut short or not, and in a form body. */
const TOKEN_FIELD =
  /"access_?token"\s*:\s*"((?:[^"\\]|\\.)+)|\baccess_token=([\w\-.~+/%]{16,}=*)/gi;

/**
 * The access token of an answer, and those that its body holds elsewhere, since an answer that is refused
 * may hold one: nested, in JSON that is cut short, in JSON within JSON, in a form.
 */
function findTokens(own: unknown, body: string): readonly string[] {
  const found = [body, body.replaceAll('\\"', '"')].flatMap((text) =>
    [...text.matchAll(TOKEN_FIELD)].map(([, json = '', form]) =>
      form ? decode(form) : String(readJson(`"${json}"`) ?? json),
    ),
  );
  const others = [...new Set(found)].slice(0, MAX_TOKENS);
  return [...new Set([...others, own])]
    .filter((text) => typeof text === 'string')
    .filter(({ length }) => length >= MIN_MASKED_LENGTH);
}

/** A form's value, or what of it can be read: in half an answer a percent sign may have lost its digits. */
function decode(value: string): string {
  return value.replace(/%([0-9a-f]{2})/gi, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}

function findTokenFault(token: string): string | undefined {
  if (token.length > MAX_TOKEN_LENGTH) return `is longer than ${MAX_TOKEN_LENGTH / 1024} KiB`;
  if (token.length < MIN_TOKEN_LENGTH) return `is shorter than ${MIN_TOKEN_LENGTH} characters`;
  return isBearerToken(token) ? undefined : 'has characters that no token may have';
}

/**
 * Scopes that are fit to be shown. What nobody requested is foreign text, and could be a piece of the
 * secret or of the token, also where it is joined with what stands beside it.
 */
function redactScopes(
  scopes: readonly string[],
  { scopes: requested, redact }: TokenReading,
): readonly string[] {
  const isForeign = (scope: string) => !requested.includes(scope);
  if (!scopes.some(isForeign)) return scopes;
  const isClean = (text: string) => redact(text, text.length) === text;
  const shown = scopes.map((scope) => (isForeign(scope) && !isClean(scope) ? PLACEHOLDER : scope));
  if (isClean(shown.join(','))) return shown;
  return scopes.map((scope) => (isForeign(scope) ? PLACEHOLDER : scope));
}

function notAnObject(response: HttpResponse): ResponseError {
  const markup = findMarkup(response);
  if (markup) return markupError(response, markup);
  return malformed(response.body === '' ? 'it is empty' : 'it is not a JSON object');
}

function malformed(what: string): ResponseError {
  return new ResponseError(`HTTP 200, but the answer is not a token: ${what}`, {
    topic: 'malformed-answer',
    hint: 'Check that `ims-url`, if it is set, is Adobe IMS, and whether a proxy or gateway answered instead of it',
  });
}
