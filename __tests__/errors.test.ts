// What each kind of error is, whether it is worth another try, and the line that a person reads.
import { describe, expect, test } from '@jest/globals';
import { troubleshootingUrl } from '../src/about.ts';
import {
  CancelledError,
  describeError,
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
const advice = { topic: 'a-topic', hint: 'Do this', cause };
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
    ['VerificationError', 'VERIFICATION', new VerificationError('message', advice)],
    ['CancelledError', 'CANCELLED', new CancelledError('message', advice)],
  ])('of the kind %s tells its kind, its cause and what to do', (name, code, error) => {
    const trail = { task: '', attempts: 1 };
    expect(error).toMatchObject({ name, code, message: 'message', ...advice, trail });
    expect(isActionError(error)).toBe(true);
  });

  test('tells what its kind alone knows', () => {
    expect(http(503)).toMatchObject({ status: 503, retryAfterMs: 1500 });
    expect(network(false).transient).toBe(false);
    expect(oauth(true).secretRefused).toBe(true);
    expect(oauth(false).secretRefused).toBe(false);
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
    ['a token that does not work', new VerificationError('no', advice)],
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

describe('the line that a person reads', () => {
  const url = troubleshootingUrl('a-topic');
  const task = 'Could not get it';

  test('says what happened, what to do and where to read more', () => {
    const error = new TimeoutError('no answer', advice);
    expect(describeError(error)).toBe(`no answer. Do this. ${url}`);
  });

  test.each([
    ['the task', { task, attempts: 1 }, 'Could not get it: no answer. Do this.'],
    [
      'the task and how often it was tried',
      { task, attempts: 2 },
      'Could not get it: no answer, after 2 attempts. Do this.',
    ],
    [
      'why it was not tried again',
      { task, attempts: 1, gaveUp: 'no time left' },
      'Could not get it: no answer; no time left. Do this.',
    ],
    [
      'all of that',
      { task, attempts: 3, gaveUp: 'no time left' },
      'Could not get it: no answer, after 3 attempts; no time left. Do this.',
    ],
  ])('begins with %s', (_what, trail, line) => {
    const error = new TimeoutError('no answer', advice);
    error.trail = trail;
    expect(describeError(error)).toBe(`${line} ${url}`);
  });

  test.each([
    [new TypeError('p8e-the-secret'), 'TypeError'],
    ['p8e-the-secret', 'string'],
    [undefined, 'undefined'],
    [{ message: 'p8e-the-secret' }, 'object'],
  ])('tells nothing but the kind of a defect: %p', (error, kind) => {
    expect(describeError(error)).toBe(
      `Unexpected ${kind} in this action, which is a bug: re-run the job with debug logging and report what it prints. ${troubleshootingUrl('unexpected-error')}`,
    );
  });
});

test('the hint for an answer that Adobe does not give names all that can lead elsewhere', () => {
  for (const name of ['https_proxy', 'ims-url', 'verify-url']) {
    expect(NOT_ADOBE_HINT).toContain(`\`${name}\``);
  }
});
