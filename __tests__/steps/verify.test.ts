// What a token must pass before it is published, and what fails it.
import { describe, expect, test } from '@jest/globals';
import { exchange } from '../../src/http/exchange.ts';
import { verifyToken } from '../../src/steps/verify.ts';
import { START_MS } from '../support/clock.ts';
import { startRun } from '../support/context.ts';
import { SECRET } from '../support/credentials.ts';
import type { Given } from '../support/recording.ts';
import { answer, readForm, type Scripted } from '../support/scripted-exchange.ts';
import { mint, start } from '../support/stand-in.ts';
import { giveToken, OPAQUE_TOKEN } from '../support/tokens.ts';

const verify = async (inputs: Given, ...answers: readonly Scripted[]) => {
  const run = startRun({ inputs: { 'max-attempts': '2', ...inputs }, answers });
  const { value } = giveToken();
  run.recording.runner.mask(value);
  const outcome = await verifyToken(run.context, giveToken()).catch((error: unknown) => error);
  return { outcome, requests: run.script.requests, debug: run.recording.lines('debug') };
};
const withIms = (...answers: readonly Scripted[]) => verify({ verify: 'token' }, ...answers);
const withService = (...answers: readonly Scripted[]) => verify({ verify: 'service' }, ...answers);

describe('verify: token', () => {
  test('asks IMS whether the token is valid', async () => {
    const { outcome, requests } = await withIms(answer(200, { valid: true, token: {} }));
    expect(outcome).toBe('token');
    expect(requests).toEqual([
      expect.objectContaining({
        method: 'POST',
        url: 'https://ims-na1.adobelogin.com/ims/validate_token/v1',
        headers: expect.objectContaining({
          authorization: `Bearer ${OPAQUE_TOKEN}`,
          'x-ims-clientid': 'the-client',
        }),
      }),
    ]);
    expect(requests.map(readForm)).toEqual([
      { type: 'access_token', client_id: 'the-client', token: OPAQUE_TOKEN },
    ]);
  });

  test('passes a token that a server like IMS has issued, and fails one that it has not', async () => {
    const standIn = await start();
    const { token } = await mint(standIn);
    const inputs = { verify: 'token', 'ims-url': standIn.url };
    const { context } = startRun({ inputs, exchange });
    await expect(verifyToken(context, giveToken({ value: token }))).resolves.toBe('token');
    await expect(verifyToken(context, giveToken({ value: 'other' }))).rejects.toThrow(
      /^HTTP 200, but the token is not valid, "bad_signature" \(x-debug-id [\w-]{36}\)$/,
    );
  });

  test.each([
    ['false', { valid: false }, 'the token is not valid'],
    [
      'false, and why',
      { valid: false, reason: 'bad_signature' },
      'the token is not valid, "bad_signature"',
    ],
    [
      'false, and why with the token in it',
      { valid: false, reason: `${OPAQUE_TOKEN} ${SECRET} ::x` },
      'the token is not valid, "*** *** : :x"',
    ],
    ['false, and why in no text', { valid: false, reason: 7 }, 'the token is not valid'],
    ['"true"', { valid: 'true' }, 'the answer does not say that the token is valid'],
    ['"false"', { valid: 'false' }, 'the answer does not say that the token is valid'],
    ['1', { valid: 1 }, 'the answer does not say that the token is valid'],
    [
      'nothing, and why',
      { reason: 'unknown' },
      'the answer does not say that the token is valid, "unknown"',
    ],
    ['true in a list', [{ valid: true }], 'the answer does not say that the token is valid'],
    ['null', 'null', 'the answer does not say that the token is valid'],
    ['an empty body', '', 'the answer does not say that the token is valid'],
  ])('fails an answer of %s', async (_name, body, what) => {
    const { outcome, requests } = await withIms(answer(200, body, { 'x-debug-id': 'id' }));
    expect(outcome).toMatchObject({
      name: 'VerificationError',
      message: `HTTP 200, but ${what} (x-debug-id id)`,
      topic: 'token-not-valid',
      hint: 'Check that `ims-url` is where the credential belongs, and that nothing has revoked the token since',
      trail: {
        task: 'Could not verify the access token with ims-na1.adobelogin.com',
        attempts: 1,
      },
    });
    expect(requests).toHaveLength(1);
  });

  test('fails a page, even one that says true', async () => {
    const page = answer(200, { valid: true }, { 'content-type': 'text/html' });
    expect((await withIms(page)).outcome).toMatchObject({ topic: 'html-answer' });
  });

  test.each([
    [199, 'HttpError'],
    [302, 'HttpError'],
    [400, 'VerificationError'],
    [401, 'VerificationError'],
  ])('fails a status of %i, whatever the body says', async (status, name) => {
    const { outcome } = await withIms(answer(status, { valid: true }));
    expect(outcome).toMatchObject({ name, message: expect.stringMatching(`^HTTP ${status}`) });
  });

  test('blames no service where IMS refuses', async () => {
    const { outcome } = await withIms(answer(401, { error_code: '401013' }));
    expect(outcome).toMatchObject({ topic: 'token-not-valid' });
  });
});

describe('verify: service', () => {
  test('calls the service with the token and the client ID', async () => {
    const { outcome, requests } = await withService(answer(200, { custom_models: [] }));
    expect(outcome).toBe('service');
    expect(requests).toEqual([
      {
        method: 'GET',
        url: 'https://firefly-api.adobe.io/v3/custom-models',
        headers: { authorization: `Bearer ${OPAQUE_TOKEN}`, 'x-api-key': 'the-client' },
        readsBeginning: true,
      },
    ]);
  });

  test('calls the address that `verify-url` names', async () => {
    const url = 'https://photoshop.adobe.io/v2/status?short=1';
    const inputs: Given = { verify: 'service', 'verify-url': url };
    expect((await verify(inputs, answer(200))).requests).toMatchObject([{ url }]);
  });

  test('asks IMS where the service has no address', async () => {
    const inputs: Given = { verify: 'service', service: 'lightroom', scope: '' };
    const { outcome, requests } = await verify(inputs, answer(200, { valid: true }));
    expect(outcome).toBe('token');
    expect(requests).toMatchObject([
      { url: 'https://ims-na1.adobelogin.com/ims/validate_token/v1' },
    ]);
  });

  test.each([200, 201, 204, 299])('passes on %i, whatever the body says', async (status) => {
    expect((await withService(answer(status, 'Welcome'))).outcome).toBe('service');
  });

  test('fails a page', async () => {
    const { outcome } = await withService(answer(200, '<html>Sign in</html>'));
    expect(outcome).toMatchObject({
      name: 'ResponseError',
      topic: 'html-answer',
      trail: { task: 'Could not verify the access token with firefly-api.adobe.io' },
    });
  });

  test.each([
    [300, 'redirect'],
    [401, 'token-refused'],
    [404, 'verification-refused'],
  ])('fails on %i', async (status, topic) => {
    expect((await withService(answer(status))).outcome).toMatchObject({ topic });
  });

  test('shows neither token nor secret where the service repeats them', async () => {
    const echo = answer(403, { error_code: '403003', message: `${OPAQUE_TOKEN} ${SECRET}` });
    expect((await withService(echo)).outcome).toMatchObject({
      message: 'HTTP 403, 403003 "*** ***"',
    });
  });

  test('passes when a service that was down comes back', async () => {
    const { outcome, debug } = await withService(answer(503), answer(200));
    expect(outcome).toBe('service');
    expect(debug).toHaveLength(2);
  });

  test('waits until the moment that the service names', async () => {
    const { clock, context } = startRun({
      inputs: { verify: 'service' },
      answers: [
        answer(429, '', { 'retry-after': new Date(START_MS + 8000).toUTCString() }),
        answer(200),
      ],
    });
    await verifyToken(context, giveToken());
    // What it asks for, and three quarters of a second's ceiling on top.
    expect(clock.sleeps).toEqual([8750]);
  });
});

describe('several services', () => {
  const inputs: Given = { verify: 'service', service: 'firefly, audio-video' };
  const MODELS = 'https://firefly-api.adobe.io/v3/custom-models';
  const VOICES = 'https://audio-video-api.adobe.io/v1/voices';
  const VALIDATE = 'https://ims-na1.adobelogin.com/ims/validate_token/v1';
  const urls = ({ requests }: { readonly requests: readonly { readonly url: string }[] }) =>
    requests.map(({ url }) => url);

  test('are each called', async () => {
    const verified = await verify(inputs, answer(200), answer(200));
    expect(urls(verified)).toEqual([MODELS, VOICES]);
    expect(verified.outcome).toBe('service');
  });

  test('are verified with IMS as well where one has no address, and that counts as IMS alone', async () => {
    const mixed = { ...inputs, service: 'lightroom, firefly' };
    const verified = await verify(mixed, answer(200), answer(200, { valid: true }));
    expect(urls(verified)).toEqual([MODELS, VALIDATE]);
    expect(verified.outcome).toBe('token');
  });

  test('fail with the first that refuses', async () => {
    const verified = await verify(inputs, answer(403, { error_code: '403003' }));
    expect(urls(verified)).toEqual([MODELS]);
    expect(verified.outcome).toMatchObject({ topic: 'api-not-added' });
  });
});

describe('a service that refuses', () => {
  test('is told with the scopes of its row that the token lacks', async () => {
    const { context } = startRun({
      inputs: { verify: 'service', service: 'firefly', scope: 'openid' },
      answers: [answer(403)],
    });
    const token = giveToken({ scopes: ['openid', 'AdobeID', 'session', 'additional_info'] });
    await expect(verifyToken(context, token)).rejects.toMatchObject({
      hint: expect.stringMatching(
        /\. The token lacks scopes of `service: firefly`: read_organizations, firefly_api, ff_apis$/,
      ),
    });
  });

  test('gets the organization where it is known', async () => {
    const inputs: Given = { verify: 'service', 'org-id': '12@AdobeOrg' };
    const { requests } = await verify(inputs, answer(200));
    expect(requests).toMatchObject([{ headers: { 'x-gw-ims-org-id': '12@AdobeOrg' } }]);
  });

  test('without a service of the table is told as it is', async () => {
    const { outcome } = await verify(
      { verify: 'service', scope: 'openid', 'verify-url': 'https://a.adobe.io/' },
      answer(403),
    );
    expect(outcome).toMatchObject({ hint: expect.not.stringMatching(/lacks scopes/) });
  });
});
