/** Everything that can go wrong, one class per kind, each with what to do about it. */

import { troubleshootingUrl } from './about.ts';
import { count } from './secrets/redact.ts';

/** What was being done when an error ended it: set once, by whoever gave up. */
export interface Trail {
  /** What was tried: `Could not get an access token from …`. */
  readonly task: string;
  readonly attempts: number;
  /** Why there was no further attempt, where that is not plain. */
  readonly gaveUp?: string | undefined;
}

interface Advice {
  /** The anchor of the README's troubleshooting section. */
  readonly topic: string;
  /** What to do next: a sentence without its full stop. */
  readonly hint: string;
  readonly cause?: unknown;
}

/** The hint for an answer that Adobe does not give. */
export const NOT_ADOBE_HINT =
  'A proxy, gateway or sign-in page probably answered instead of Adobe: check `https_proxy`, and `ims-url` and `verify-url` if they are set';

abstract class BaseError extends Error {
  abstract readonly code: string;
  readonly topic: string;
  readonly hint: string;
  trail: Trail = { task: '', attempts: 1 };

  constructor(message: string, { topic, hint, cause }: Advice) {
    super(message, { cause });
    this.name = new.target.name;
    this.topic = topic;
    this.hint = hint;
  }
}

/** An input or the surroundings of the step are wrong. Nothing was sent. */
export class InputError extends BaseError {
  readonly code = 'INPUT';
}

/** The connection failed before a full response had arrived. */
export class NetworkError extends BaseError {
  readonly code = 'NETWORK';
  /** False where another try cannot end otherwise: a certificate that is not trusted, a proxy's refusal. */
  readonly transient: boolean;

  constructor(message: string, advice: Advice & { readonly transient: boolean }) {
    super(message, advice);
    this.transient = advice.transient;
  }
}

/** The time that an attempt had was over before a full response had arrived. */
export class TimeoutError extends BaseError {
  readonly code = 'TIMEOUT';
}

/** The server answered with a status that is not success, and without an OAuth error. */
export class HttpError extends BaseError {
  readonly code = 'HTTP';
  readonly status: number;
  /** How long the server asks to wait before the next request, in milliseconds. */
  readonly retryAfterMs: number;

  constructor(
    message: string,
    advice: Advice & { readonly status: number; readonly retryAfterMs: number },
  ) {
    super(message, advice);
    this.status = advice.status;
    this.retryAfterMs = advice.retryAfterMs;
  }
}

/**
 * The authorization server refused the request and said why.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2
 */
export class OAuthError extends BaseError {
  readonly code = 'OAUTH';
  /** True where another client secret may succeed. */
  readonly secretRefused: boolean;

  constructor(message: string, advice: Advice & { readonly secretRefused: boolean }) {
    super(message, advice);
    this.secretRefused = advice.secretRefused;
  }
}

/** The server reports success, but its answer is not one. */
export class ResponseError extends BaseError {
  readonly code = 'RESPONSE';
}

/** The token was got, but IMS or the service does not accept it. */
export class VerificationError extends BaseError {
  readonly code = 'VERIFICATION';
}

/** The job was cancelled while the token was on its way. */
export class CancelledError extends BaseError {
  readonly code = 'CANCELLED';
}

export type ActionError =
  | CancelledError
  | InputError
  | NetworkError
  | TimeoutError
  | HttpError
  | OAuthError
  | ResponseError
  | VerificationError;

export function isActionError(error: unknown): error is ActionError {
  return error instanceof BaseError;
}

/** Whether the same request may succeed when it is sent again. */
export function isTransient(error: ActionError): boolean {
  switch (error.code) {
    case 'NETWORK':
      return error.transient;
    case 'TIMEOUT':
      return true;
    case 'HTTP':
      return isTransientStatus(error.status);
    case 'INPUT':
    case 'CANCELLED':
    case 'OAUTH':
    case 'RESPONSE':
    case 'VERIFICATION':
      return false;
  }
}

/** Whether an HTTP status says that the same request may succeed later. */
export function isTransientStatus(status: number): boolean {
  return [408, 425, 429].includes(status) || (status >= 500 && status <= 599);
}

/** The one line that a person reads: what was tried, what came back, what to do, where to read more. */
export function describeError(error: unknown): string {
  if (!isActionError(error))
    return `${unexpected(error)}. ${troubleshootingUrl('unexpected-error')}`;
  const { trail } = error;
  const tried = trail.task && `${trail.task}: `;
  const times = trail.attempts > 1 ? `, after ${count(trail.attempts, 'attempt')}` : '';
  const gaveUp = trail.gaveUp ? `; ${trail.gaveUp}` : '';
  return `${tried}${error.message}${times}${gaveUp}. ${error.hint}. ${troubleshootingUrl(error.topic)}`;
}

/** A defect of this action. Its message could hold anything, so only its kind is told. */
function unexpected(error: unknown): string {
  const kind = error instanceof Error ? error.name : typeof error;
  return `Unexpected ${kind} in this action, which is a bug: re-run the job with debug logging and report what it prints`;
}
