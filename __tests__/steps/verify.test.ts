// What a token must pass at IMS before it is published, and what fails it.
import { describe, expect, test } from '@jest/globals';
import { openExchange } from '../../src/http/exchange.ts';
import { verifyToken } from '../../src/steps/verify.ts';
import { startRun } from '../support/context.ts';
import { SECRET } from '../support/credentials.ts';
import { answer, readForm, type Scripted } from '../support/scripted-exchange.ts';
import { mint, start } from '../support/stand-in.ts';
import { giveToken, OPAQUE_TOKEN } from '../support/tokens.ts';

const withIms = async (...answers: readonly Scripted[]) => {
  const run = startRun({ inputs: { 'max-attempts': '2', verify: 'token' }, answers });
  const { value } = giveToken();
  run.recording.runner.mask(value);
  const outcome = await verifyToken(run.context, giveToken()).catch((error: unknown) => error);
  return { outcome, requests: run.script.requests };
};

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
    const { context } = startRun({ inputs, exchange: openExchange({}) });
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
