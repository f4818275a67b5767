// What a service's gateway means when it refuses a token, and what is advised.
import { describe, expect, test } from '@jest/globals';
import { verificationRefusal } from '../../src/adobe/refusals.ts';
import { VerificationError } from '../../src/errors.ts';
import { Secret } from '../../src/secrets/secret.ts';
import { SECRET } from '../support/credentials.ts';
import { redactor } from '../support/redactor.ts';
import { answer } from '../support/scripted-exchange.ts';

const redact = redactor([new Secret(SECRET)]);
const refuse = (...args: Parameters<typeof answer>) =>
  verificationRefusal(answer(...args), redact, 'service');
const refuseByIms = (...args: Parameters<typeof answer>) =>
  verificationRefusal(answer(...args), redact, 'ims');

const ROUND =
  '`verify: token` asks IMS instead, and `verify-url` sets another address to check the token with';
const REFUSED = `The service does not accept this token: check that \`ims-url\` and the service belong to the same environment, and that the credential is an OAuth Server-to-Server one; ${ROUND}`;
const NOT_ADDED = `The service does not know this client ID: add its API to the project in the Adobe Developer Console, and check that \`service\` names the right one; ${ROUND}`;
const NOT_ENTITLED = `The credential has no product profile that includes this service: have the organization's administrator add one in the Adobe Developer Console; ${ROUND}`;
const QUOTA = `The organization's quota for this service is used up: buy more or wait for the next period; ${ROUND}`;
const SCOPE = `The token lacks a scope that the service requires: correct \`scope\`, or leave it out to request what \`service\` needs; ${ROUND}`;

describe('a gateway', () => {
  test.each([
    [401, '401013', 'token-refused', REFUSED],
    [403, '403010', 'token-refused', REFUSED],
    [403, '403000', 'api-not-added', NOT_ADDED],
    [403, '403003', 'api-not-added', NOT_ADDED],
    [403, '403025', 'not-entitled', NOT_ENTITLED],
  ])('that says %i %s is understood', (status, error_code, topic, hint) => {
    const refused = refuse(status, { error_code, message: 'No' }, { 'x-request-id': 'id' });
    expect(refused).toBeInstanceOf(VerificationError);
    expect(refused).toMatchObject({
      message: `HTTP ${status}, ${error_code} "No" (x-request-id id)`,
      topic,
      hint,
    });
  });

  test.each([
    ['user_profile_denied', 'not-entitled', NOT_ENTITLED],
    ['user_non_entitled', 'not-entitled', NOT_ENTITLED],
    ['quota_exhausted', 'quota-exhausted', QUOTA],
    ['invalid_ims_scope', 'wrong-scope', SCOPE],
  ])('whose x-access-error is %s is understood', (reason, topic, hint) => {
    expect(refuse(403, { message: 'Forbidden' }, { 'x-access-error': reason })).toMatchObject({
      name: 'VerificationError',
      message: `HTTP 403, "Forbidden", x-access-error ${reason}`,
      topic,
      hint,
    });
  });

  test('is believed in its header before its body', () => {
    const headers = { 'x-access-error': 'quota_exhausted' };
    expect(refuse(403, { error_code: '403003' }, headers).topic).toBe('quota-exhausted');
  });

  test('is believed in its body where its header says nothing known', () => {
    const headers = { 'x-access-error': 'lunar_phase' };
    expect(refuse(403, { error_code: '403003' }, headers)).toMatchObject({
      message: 'HTTP 403, 403003, x-access-error lunar_phase',
      topic: 'api-not-added',
    });
  });

  test('that says 401 and nothing known refuses the token', () => {
    expect(refuse(401, 'no')).toMatchObject({ topic: 'token-refused', hint: REFUSED });
  });

  test.each([
    [400, { error: 'invalid_client' }],
    [403, {}],
    [404, { message: 'Not found' }],
    [403, { error: 'toString' }],
  ])('that says %i %j is not understood, and the ways round it are named', (status, body) => {
    expect(refuse(status, body)).toMatchObject({
      name: 'VerificationError',
      topic: 'verification-refused',
      hint: `The service refuses this token, or has no such address; ${ROUND}`,
    });
  });

  test('with several x-access-errors is taken at none of them', () => {
    const headers = { 'x-access-error': ['quota_exhausted', 'x'] as unknown as string };
    expect(refuse(403, '', headers)).toMatchObject({
      message: 'HTTP 403',
      topic: 'verification-refused',
    });
  });

  test('is quoted without the secret, without commands and briefly', () => {
    const headers = { 'x-access-error': `${SECRET} ::x ${'y'.repeat(60)}` };
    const { message } = refuse(403, '', headers);
    expect(message).toBe(`HTTP 403, x-access-error *** : :x ${'y'.repeat(51)}…`);
  });

  test.each([408, 429, 500, 503])('that says %i may take the token later', (status) => {
    expect(refuse(status, { error_code: '401013' })).toMatchObject({
      name: 'HttpError',
      advice: { status },
    });
  });

  test.each([302, 399])('that redirects with %i says nothing of the token', (status) => {
    expect(refuse(status)).toMatchObject({
      name: 'HttpError',
      topic: 'redirect',
      advice: { status },
    });
  });
});

describe('a token itself is refused, so that another one may pass,', () => {
  test.each([
    [401, true],
    [403, true],
    [400, false],
    [404, false],
  ])('with status %i: %s', (status, tokenRefused) => {
    for (const refused of [refuse(status), refuseByIms(status)]) {
      expect(refused).toMatchObject({ name: 'VerificationError', advice: { tokenRefused } });
    }
  });
});

test('a service that throttles is not to be asked for fewer tokens', () => {
  expect(refuse(429).hint).toBe(
    'The service throttles this credential: wait some minutes and re-run the job, or use `verify: token`, which asks IMS instead',
  );
});

describe('IMS', () => {
  test.each([
    [400, { error: 'invalid_client' }],
    [401, {}],
    [403, { error_code: '403003' }],
    [404, ''],
  ])('that says %i %j does not answer for the token: no service is to blame', (status, body) => {
    expect(refuseByIms(status, body)).toMatchObject({
      name: 'VerificationError',
      message: expect.stringMatching(`^HTTP ${status}`),
      topic: 'token-not-valid',
      hint: 'IMS did not confirm this token: check that `ims-url` is the environment of the credential, and that `/ims/validate_token/v1` exists there',
    });
  });

  test('that is down may answer later', () => {
    expect(refuseByIms(503)).toMatchObject({ name: 'HttpError', topic: 'server-error' });
  });
});
