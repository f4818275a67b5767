/** Everything that can go wrong: one class per failure, each with what to do about it. */

/** The anchors of docs/TROUBLESHOOTING.md: each error, warning and notice leads to one of them. */
export const TOPICS = [
  'access-denied',
  'another-client',
  'api-not-added',
  'cancelled',
  'certificate-refused',
  'connection-lost',
  'connection-refused',
  'file-command-failed',
  'forks-code',
  'host-not-found',
  'host-unreachable',
  'html-answer',
  'malformed-answer',
  'missing-credentials',
  'missing-scopes',
  'not-entitled',
  'not-revoked',
  'organization-not-found',
  'proxy-authentication',
  'proxy-failed',
  'quota-exhausted',
  'redirect',
  'refused',
  'refused-secret-lines',
  'sealed-token-not-used',
  'server-error',
  'several-organizations',
  'skipped',
  'throttled',
  'timeout',
  'tls-failed',
  'token-not-valid',
  'token-refused',
  'unexpected-error',
  'unexpected-status',
  'verification-refused',
  'wrong-client-id',
  'wrong-client-secret',
  'wrong-credential-type',
  'wrong-input',
  'wrong-scope',
] as const;

export type Topic = (typeof TOPICS)[number];

/** What led to an error's final form: added once, where no further attempt follows. */
export interface Trail {
  /** What was tried: `Could not get an access token from …`. */
  readonly task: string;
  readonly attempts: number;
  /** Why there was no further attempt, where that is not plain. */
  readonly gaveUp?: string | undefined;
}

export interface Advice {
  readonly topic: Topic;
  /** What to do next: a sentence without its full stop. */
  readonly hint: string;
  readonly cause?: unknown;
  readonly trail?: Trail;
}

/** The hint for an answer that Adobe does not give. */
export const NOT_ADOBE_HINT =
  'A proxy, gateway or sign-in page probably answered instead of Adobe: check `https_proxy`, and `ims-url` and `verify-url` if they are set';

abstract class BaseError<A extends Advice = Advice> extends Error {
  abstract readonly code: string;
  readonly advice: A;

  constructor(message: string, advice: A) {
    super(message, { cause: advice.cause });
    this.name = new.target.name;
    this.advice = advice;
  }

  get topic(): Topic {
    return this.advice.topic;
  }

  get hint(): string {
    return this.advice.hint;
  }

  get trail(): Trail | undefined {
    return this.advice.trail;
  }

  /** The same error in the form in which it is given up: with what was tried, or with better advice. */
  giveUp(final: Partial<Advice>): this {
    const Kind = this.constructor as new (message: string, advice: A) => this;
    return new Kind(this.message, { ...this.advice, ...final });
  }
}

/** An input or the surroundings of the step are wrong. Nothing was sent. */
export class InputError extends BaseError {
  readonly code = 'INPUT';
}

/** False where another attempt cannot end otherwise: a certificate that is not trusted, a proxy's refusal. */
interface Transience {
  readonly transient: boolean;
}

/** The connection failed before a full response had arrived. */
export class NetworkError extends BaseError<Advice & Transience> {
  readonly code = 'NETWORK';
}

/** The time that an attempt had was over before a full response had arrived. */
export class TimeoutError extends BaseError {
  readonly code = 'TIMEOUT';
}

interface HttpAdvice extends Advice {
  readonly status: number;
  /** How long the server asks to wait before the next request, in milliseconds. */
  readonly retryAfterMs: number;
}

/** The server answered with a status that is not success, and without an OAuth error. */
export class HttpError extends BaseError<HttpAdvice> {
  readonly code = 'HTTP';
}

interface OAuthAdvice extends Advice {
  /** True where another client secret may succeed. */
  readonly secretRefused: boolean;
}

/**
 * The authorization server refused the request and said why.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2
 */
export class OAuthError extends BaseError<OAuthAdvice> {
  readonly code = 'OAUTH';
}

/** The server reports success, but its answer is not one. */
export class ResponseError extends BaseError {
  readonly code = 'RESPONSE';
}

interface VerificationAdvice extends Advice {
  /** True where the token itself is refused, so that another one may pass. */
  readonly tokenRefused: boolean;
}

/** The token was issued, but IMS or the service does not accept it. */
export class VerificationError extends BaseError<VerificationAdvice> {
  readonly code = 'VERIFICATION';
}

/** A file by which the runner takes outputs, variables, state or the summary cannot be written. */
export class FileCommandError extends BaseError {
  readonly code = 'FILE_COMMAND';
}

/** The job was cancelled before a token was published or, in the post step, known to be revoked. */
export class CancelledError extends BaseError {
  readonly code = 'CANCELLED';
}

export type ActionError =
  | CancelledError
  | FileCommandError
  | HttpError
  | InputError
  | NetworkError
  | OAuthError
  | ResponseError
  | TimeoutError
  | VerificationError;

/** Whether something thrown is one of this action's errors. */
export function isActionError(error: unknown): error is ActionError {
  return error instanceof BaseError;
}

/** Whether the same request may succeed when it is sent again. */
export function isTransient(error: ActionError): boolean {
  switch (error.code) {
    case 'NETWORK':
      return error.advice.transient;
    case 'TIMEOUT':
      return true;
    case 'HTTP':
      return isTransientStatus(error.advice.status);
    case 'CANCELLED':
    case 'FILE_COMMAND':
    case 'INPUT':
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
