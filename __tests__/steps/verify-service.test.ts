// What a token must pass at Adobe's services before it is published, and what fails it.
import { describe, expect, test } from '@jest/globals';
import { verifyToken } from '../../src/steps/verify.ts';
import { START_MS } from '../support/clock.ts';
import { startRun } from '../support/context.ts';
import { SECRET } from '../support/credentials.ts';
import type { Given } from '../support/recording.ts';
import { answer, type Scripted } from '../support/scripted-exchange.ts';
import { giveToken, OPAQUE_TOKEN } from '../support/tokens.ts';

const verify = async (inputs: Given, ...answers: readonly Scripted[]) => {
  const run = startRun({ inputs: { 'max-attempts': '2', ...inputs }, answers });
  const { value } = giveToken();
  run.recording.runner.mask(value);
  const outcome = await verifyToken(run.context, giveToken()).catch((error: unknown) => error);
  return { outcome, requests: run.script.requests, debug: run.recording.lines('debug') };
};
const withService = (...answers: readonly Scripted[]) => verify({ verify: 'service' }, ...answers);

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

  test('sends the organization where it is known', async () => {
    const inputs: Given = { verify: 'service', 'org-id': '12@AdobeOrg' };
    const { requests } = await verify(inputs, answer(200));
    expect(requests).toMatchObject([{ headers: { 'x-gw-ims-org-id': '12@AdobeOrg' } }]);
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
    // What it demands, and three quarters of a second's ceiling on top.
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

  test('is told without scopes where the token lacks none', async () => {
    const { outcome } = await withService(answer(403));
    expect(outcome).toMatchObject({ hint: expect.not.stringMatching(/lacks scopes/) });
  });

  test('is not blamed for scopes where it is down', async () => {
    const { context } = startRun({
      inputs: { verify: 'service', 'max-attempts': '1' },
      answers: [answer(503)],
    });
    await expect(verifyToken(context, giveToken({ scopes: [] }))).rejects.toMatchObject({
      name: 'HttpError',
      hint: expect.not.stringMatching(/lacks scopes/),
    });
  });

  test('without a service of the table is told as it is', async () => {
    const { outcome } = await verify(
      { verify: 'service', scope: 'openid', 'verify-url': 'https://a.adobe.io/' },
      answer(403),
    );
    expect(outcome).toMatchObject({ hint: expect.not.stringMatching(/lacks scopes/) });
  });
});
