// What each kind of error is, and whether it is worth another try.
import { describe, expect, test } from '@jest/globals';
import {
  CancelledError,
  FileCommandError,
  HttpError,
  InputError,
  isActionError,
  isTransient,
  isTransientStatus,
  NetworkError,
  NOT_ADOBE_HINT,
  OAuthError,
  ResponseError,
  TimeoutError,
  VerificationError,
} from '../src/errors.ts';

const cause = new Error('ECONNRESET');
const advice = { topic: 'timeout', hint: 'Do this', cause } as const;
const http = (status: number) => new HttpError('HTTP', { ...advice, status, retryAfterMs: 1500 });
const network = (transient: boolean) => new NetworkError('lost', { ...advice, transient });
const oauth = (secretRefused: boolean) => new OAuthError('no', { ...advice, secretRefused });

describe('an error', () => {
  test.each([
    ['InputError', 'INPUT', new InputError('message', advice)],
    ['NetworkError', 'NETWORK', new NetworkError('message', { ...advice, transient: true })],
    ['TimeoutError', 'TIMEOUT', new TimeoutError('message', advice)],
    ['HttpError', 'HTTP', new HttpError('message', { ...advice, status: 418, retryAfterMs: 0 })],
    ['OAuthError', 'OAUTH', new OAuthError('message', { ...advice, secretRefused: true })],
    ['ResponseError', 'RESPONSE', new ResponseError('message', advice)],
    [
      'VerificationError',
      'VERIFICATION',
      new VerificationError('message', { ...advice, tokenRefused: true }),
    ],
    ['FileCommandError', 'FILE_COMMAND', new FileCommandError('message', advice)],
    ['CancelledError', 'CANCELLED', new CancelledError('message', advice)],
  ])('of the kind %s tells its kind, its cause and what to do', (name, code, error) => {
    expect(error).toMatchObject({ name, code, message: 'message', ...advice, trail: undefined });
    expect(isActionError(error)).toBe(true);
    const trail = { task: 'It failed', attempts: 2 };
    const final = error.giveUp({ trail, hint: 'Do that' });
    expect(final).toBeInstanceOf(error.constructor);
    expect(final).toMatchObject({ name, code, message: 'message', cause, trail, hint: 'Do that' });
    expect(final.advice).toEqual({ ...error.advice, trail, hint: 'Do that' });
    expect(error.trail).toBeUndefined();
  });

  test('tells what its kind alone knows', () => {
    expect(http(503).advice).toMatchObject({ status: 503, retryAfterMs: 1500 });
    expect(network(false).advice.transient).toBe(false);
    expect(oauth(true).advice.secretRefused).toBe(true);
    expect(oauth(false).advice.secretRefused).toBe(false);
  });

  test.each([[new Error('x')], ['x'], [undefined], [null], [{ code: 'INPUT' }]])(
    'is not one of ours when it is %p',
    (error) => {
      expect(isActionError(error)).toBe(false);
    },
  );
});

describe('another try', () => {
  test.each([
    ['a lost connection', network(true)],
    ['a time that is over', new TimeoutError('late', advice)],
    ['a status that passes', http(503)],
  ])('is worth it after %s', (_what, error) => {
    expect(isTransient(error)).toBe(true);
  });

  test.each([
    ['a connection that cannot be', network(false)],
    ['a status that stays', http(404)],
    ['a wrong input', new InputError('wrong', advice)],
    ['a cancelled job', new CancelledError('cancelled', advice)],
    ['a refusal', oauth(true)],
    ['an answer that is none', new ResponseError('none', advice)],
    ['a token that does not work', new VerificationError('no', { ...advice, tokenRefused: true })],
    ['a file that cannot be written', new FileCommandError('full', advice)],
  ])('is of no use after %s', (_what, error) => {
    expect(isTransient(error)).toBe(false);
  });

  test.each([408, 425, 429, 500, 502, 503, 504, 599])('is worth it after HTTP %d', (status) => {
    expect(isTransientStatus(status)).toBe(true);
  });

  test.each([200, 204, 301, 400, 401, 403, 407, 409, 424, 426, 428, 430, 499, 600, 999])(
    'is of no use after HTTP %d',
    (status) => {
      expect(isTransientStatus(status)).toBe(false);
    },
  );
});

test('the hint for an answer that Adobe does not give names all that can lead elsewhere', () => {
  for (const name of ['https_proxy', 'ims-url', 'verify-url']) {
    expect(NOT_ADOBE_HINT).toContain(`\`${name}\``);
  }
});
