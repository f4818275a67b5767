// What is taken of the answers on a token: of IMS and of a service.
import { describe, expect, test } from '@jest/globals';
import {
  readInvalidateResponse,
  readServiceResponse,
  readValidateResponse,
} from '../../src/adobe/responses.ts';
import { Secret } from '../../src/secrets/secret.ts';
import { redactor } from '../support/redactor.ts';
import { answer } from '../support/scripted-exchange.ts';

const redact = redactor([new Secret('the-token-in-question')]);
type Given = Parameters<typeof answer>;

describe('a token is revoked', () => {
  const read = (...given: Given) => readInvalidateResponse(answer(...given), redact);

  test.each<[string, Given]>([
    ['an empty body', [200]],
    ['a blank body', [200, ' \n']],
    ['an empty object', [200, {}]],
    ['an object without an error', [200, { status: 'ok' }]],
    ['a code that says so', [200, { code: 200, message: 'revoked' }]],
    ['a byte order mark before it', [200, '\ufeff{}']],
  ])('by a 200 with %s', (_what, given) => {
    expect(() => read(...given)).not.toThrow();
  });

  test.each<[string, Given, string]>([
    ['a 200 with an error', [200, { error: 'invalid_token' }], 'HTTP 200, invalid_token'],
    ['a 200 with a nested error', [200, { error: { message: 'no' } }], 'HTTP 200, "no"'],
    ...[true, {}, { reason: 'no' }, ['no'], 0, '', null].map((error): [string, Given, string] => [
      `a 200 whose error is ${JSON.stringify(error)}`,
      [200, { error }],
      'HTTP 200, but the answer does not say that the token is revoked',
    ]),
    ['a 202', [202], 'HTTP 202, but the answer does not say that the token is revoked'],
    ['a 206', [206, {}], 'HTTP 206, but the answer does not say that the token is revoked'],
    ['a text', [200, 'Please sign in'], 'HTTP 200, but the answer does not say'],
    ['a list', [200, []], 'HTTP 200, but the answer does not say that the token is revoked'],
    ['a page', [200, '<html>Sign in</html>'], 'HTTP 200, but the answer is an HTML page'],
    ['XML', [200, '<ok/>'], 'HTTP 200, but the answer is an XML document'],
    ['a refusal', [400, { error: 'invalid_client' }], 'HTTP 400, invalid_client'],
    ['a redirect', [302], 'HTTP 302, a redirect to nowhere'],
    ['an outage', [503], 'HTTP 503'],
  ])('not by %s', (_what, given, message) => {
    expect(() => read(...given)).toThrow(message);
  });
});

test('an answer that does not say that a token is revoked is told with what to look for', () => {
  expect(() => readInvalidateResponse(answer(202), redact)).toThrow(
    expect.objectContaining({
      topic: 'malformed-answer',
      hint: 'Check whether a proxy or gateway answered instead of IMS',
    }),
  );
});

describe('a token is valid by IMS', () => {
  const read = (...given: Given) => readValidateResponse(answer(...given), redact);

  test('where it says exactly that', () => {
    expect(() => read(200, { valid: true })).not.toThrow();
  });

  test.each<[string, Given, string, boolean]>([
    ['that it is not', [200, { valid: false }], 'but the token is not valid', true],
    [
      'why it is not',
      [200, { valid: false, reason: 'bad the-token-in-question' }],
      'but the token is not valid, "bad ***"',
      true,
    ],
    [
      'why it is not, in no text',
      [200, { valid: false, reason: 7 }],
      'the token is not valid',
      true,
    ],
    ['"true"', [200, { valid: 'true' }], 'does not say that the token is valid', false],
    ['1', [200, { valid: 1 }], 'does not say that the token is valid', false],
    ['nothing', [200], 'does not say that the token is valid', false],
    ['an OAuth error in a 200', [200, { error: 'no', valid: 1 }], 'HTTP 200, no', false],
    ['that it is not, and an error', [200, { error: 'no', valid: false }], 'not valid', true],
    ['401', [401], 'HTTP 401', true],
    ['404', [404], 'HTTP 404', false],
  ])('not where it says %s', (_what, given, message, tokenRefused) => {
    const refused = () => read(...given);
    expect(refused).toThrow(message);
    expect(refused).toThrow(
      expect.objectContaining({
        name: 'VerificationError',
        topic: 'token-not-valid',
        hint: expect.stringMatching(/^(Check that `ims-url` is where|IMS did not confirm)/),
        advice: expect.objectContaining({ tokenRefused }),
      }),
    );
  });

  test('not where a page answers, even one that says so', () => {
    const page = () => read(200, { valid: true }, { 'content-type': 'text/html' });
    expect(page).toThrow('HTTP 200, but the answer is an HTML page');
    expect(() => read(200, '<html>')).toThrow('HTTP 200, but the answer is an HTML page');
  });
});

test('a service that throttles is told as one', () => {
  expect(() => readServiceResponse(answer(429), redact)).toThrow(
    expect.objectContaining({ hint: expect.stringMatching(/^The service throttles/) }),
  );
});

describe('a service accepts a token', () => {
  const read = (...given: Given) => readServiceResponse(answer(...given), redact);

  test.each<Given>([
    [200],
    [204],
    [299, 'anything'],
    [200, {}],
    [200, '<?xml version="1.0"?><programs/>', { 'content-type': 'application/xml' }],
  ])('by %i %j', (...given) => {
    expect(() => read(...given)).not.toThrow();
  });

  test.each<[Given, string]>([
    [[199], 'HTTP 199'],
    [[300], 'HTTP 300'],
    [[403, { error_code: '403003' }], 'HTTP 403, 403003'],
    [[200, '<html>Sign in</html>'], 'HTTP 200, but the answer is an HTML page'],
  ])('not by %j', (given, message) => {
    expect(() => read(...given)).toThrow(message);
  });
});
