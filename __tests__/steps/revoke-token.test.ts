// How the post step ends the token that the main step minted, and what it does when it cannot.
import { describe, expect, test } from '@jest/globals';
import { exchange } from '../../src/http/exchange.ts';
import { Secret } from '../../src/secrets/secret.ts';
import { revokeToken, saveForRevocation } from '../../src/steps/revoke-token.ts';
import { fakeClock, START_MS } from '../support/clock.ts';
import { STATE, startRun } from '../support/context.ts';
import { CREDENTIALS, SECRET } from '../support/credentials.ts';
import { type Given, record } from '../support/recording.ts';
import { answer, readForm, type Scene, script } from '../support/scripted-exchange.ts';
import { mint, start } from '../support/stand-in.ts';
import { giveToken, OPAQUE_TOKEN } from '../support/tokens.ts';

const NOT_CONFIRMED = {
  topic: 'not-revoked',
  hint: 'Treat the token as valid until it expires',
};

interface Post {
  readonly inputs?: Given;
  readonly state?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly scenes?: readonly Scene[];
}

async function revoke({ inputs = {}, state = {}, env = {}, scenes = [answer(200)] }: Post = {}) {
  const recording = record({
    inputs: { ...CREDENTIALS, ...inputs },
    state: { ...STATE, ...state },
    env,
  });
  const played = script(...scenes);
  const clock = fakeClock();
  const error = await revokeToken(recording.runner, clock, played.exchange).catch(
    (caught: unknown) => caught,
  );
  return { error, recording, clock, ...played };
}

describe('the main step', () => {
  test('saves all that the post step needs but the secret, and has it run', () => {
    const { context, recording } = startRun({ inputs: { 'ims-url': 'https://a.adobe.io/ims/' } });
    saveForRevocation(context, {
      token: giveToken(),
      attempts: 1,
      clientSecret: { line: 2, secret: new Secret(SECRET) },
      refusedLines: [1],
    });
    expect(recording.calls).toEqual([
      ['state', 'token', OPAQUE_TOKEN],
      ['state', 'client-id', 'the-client'],
      ['state', 'ims-url', 'https://a.adobe.io/ims'],
      ['state', 'secret-line', '2'],
      ['variable', 'ADOBE_IMS_TOKEN_REVOKE', 'true'],
    ]);
  });
});

describe('the post step', () => {
  test('without a token does and says nothing, and masks the secret all the same', async () => {
    const { error, recording, requests } = await revoke({ state: { token: '' } });
    expect(error).toBeUndefined();
    expect(requests).toEqual([]);
    expect(recording.calls).toEqual([['mask', SECRET]]);
  });

  test('revokes the token, with both hidden first', async () => {
    const { error, recording, requests, limitsMs } = await revoke();
    expect(error).toBeUndefined();
    expect(requests).toMatchObject([
      { method: 'POST', url: 'https://ims-na1.adobelogin.com/ims/invalidate_token/v2' },
    ]);
    expect(requests.map(readForm)).toEqual([
      {
        token_type: 'access_token',
        token: OPAQUE_TOKEN,
        client_id: 'the-client',
        client_secret: SECRET,
      },
    ]);
    expect(limitsMs).toEqual([10_000]);
    expect(recording.calls).toEqual([
      ['mask', SECRET],
      ['mask', OPAQUE_TOKEN],
      [
        'debug',
        'POST https://ims-na1.adobelogin.com/ims/invalidate_token/v2: attempt 1 of 4: succeeded (0.00 s)',
      ],
      ['info', 'Revoked the access token of client the-client at ims-na1.adobelogin.com'],
    ]);
  });

  test('revokes a token at a server that answers as IMS does', async () => {
    const standIn = await start({ clientSecrets: [SECRET] });
    const { token } = await mint(standIn, { client_secret: SECRET });
    const state = { ...STATE, token, 'ims-url': standIn.url };
    const { runner } = record({ state });
    await revokeToken(runner, fakeClock(), exchange);
    expect(standIn.revoked).toEqual([token]);
  });

  test('takes the line of the secret that the token was minted with', async () => {
    const { recording, requests } = await revoke({
      inputs: { 'client-secret': `p8e-first-of-two\n${SECRET}` },
      state: { 'secret-line': '2' },
    });
    expect(requests.map((request) => readForm(request)['client_secret'])).toEqual([SECRET]);
    expect(recording.calls.slice(0, 3)).toEqual([
      ['mask', 'p8e-first-of-two'],
      ['mask', SECRET],
      ['mask', OPAQUE_TOKEN],
    ]);
  });

  test.each([
    ['is gone', { 'client-secret': SECRET }, '2'],
    ['was emptied', { 'client-secret': '' }, '1'],
  ])('says so where that line %s', async (_name, inputs, line) => {
    const { error, requests } = await revoke({ inputs, state: { 'secret-line': line } });
    expect(error).toMatchObject({
      name: 'InputError',
      message: `Could not revoke the access token: the client secret that got it (line ${line} of client-secret) is missing in the post step`,
      topic: 'not-revoked',
      hint: 'Nothing was sent, so the token stays valid until it expires',
    });
    expect(requests).toEqual([]);
  });

  test.each([
    ['an address that no secret may go to', { state: { 'ims-url': 'https://evil.example' } }],
    ['surroundings that would lose the secret', { env: { NODE_DEBUG: 'http' } }],
  ])('sends nothing with %s', async (_name, changed) => {
    const { error, requests } = await revoke(changed);
    expect(error).toMatchObject({ name: 'InputError', topic: 'not-revoked' });
    expect(requests).toEqual([]);
  });

  test.each([200, 204, 299])('takes %i for success', async (status) => {
    const { error, recording } = await revoke({ scenes: [answer(status)] });
    expect(error).toBeUndefined();
    expect(recording.lines('info')).toHaveLength(1);
  });

  test.each([
    [199, {}, 'HTTP 199'],
    [302, {}, 'HTTP 302, a redirect to nowhere, which is not followed'],
    [400, { error: 'invalid_client' }, 'HTTP 400, invalid_client'],
    [404, {}, 'HTTP 404'],
  ])('takes %i for a failure, and does not ask again', async (status, body, message) => {
    const { error, recording, requests } = await revoke({ scenes: [answer(status, body)] });
    expect(error).toMatchObject({
      ...NOT_CONFIRMED,
      message,
      trail: {
        task: 'Could not confirm that ims-na1.adobelogin.com revoked the access token',
        attempts: 1,
        gaveUp: undefined,
      },
    });
    expect(requests).toHaveLength(1);
    expect(recording.lines('info')).toEqual([]);
  });

  test('takes a page for a failure', async () => {
    const { error } = await revoke({ scenes: [answer(200, '<html></html>')] });
    expect(error).toMatchObject({ name: 'ResponseError', ...NOT_CONFIRMED });
  });

  test('gives no advice for a defect of its own', async () => {
    const defect = new RangeError('some words');
    const { error } = await revoke({ scenes: [defect] });
    expect(error).toBe(defect);
    expect(error).not.toHaveProperty('hint');
  });

  test('asks again, as often as `max-attempts` says', async () => {
    const scenes = [answer(503), answer(503), answer(200)];
    const { error, requests, clock } = await revoke({ scenes, inputs: { 'max-attempts': '2' } });
    expect(error).toMatchObject({ message: 'HTTP 503', trail: { attempts: 2 } });
    expect(requests).toHaveLength(2);
    expect(clock.sleeps).toEqual([750]);
  });

  test('ends within 20 seconds, whatever `timeout` says', async () => {
    const wait = answer(503, '', { 'retry-after': '20' });
    const { error } = await revoke({ scenes: [wait], inputs: { timeout: '3600' } });
    expect(error).toMatchObject({
      trail: { gaveUp: 'the server asks to wait 20 s, longer than the 19 s that the step can still wait' },
    });
  });

  test('waits until the moment that the server names', async () => {
    const until = new Date(START_MS + 5000).toUTCString();
    const scenes = [answer(503, '', { 'retry-after': until }), answer(200)];
    expect((await revoke({ scenes })).clock.sleeps).toEqual([5750]);
  });

  test('shows neither token nor secrets where the server repeats them', async () => {
    const echo = {
      error: 'invalid_request',
      error_description: `${OPAQUE_TOKEN} ${SECRET} p8e-second`,
    };
    const { error } = await revoke({
      scenes: [answer(400, echo)],
      inputs: { 'client-secret': `${SECRET}\np8e-second` },
    });
    expect(error).toMatchObject({ message: 'HTTP 400, invalid_request "*** *** ***"' });
  });

  test('shows a saved client ID as it may be shown', async () => {
    const { recording } = await revoke({ state: { 'client-id': `::x${'y'.repeat(80)}` } });
    expect(recording.lines('info')).toEqual([
      `Revoked the access token of client : :x${'y'.repeat(76)}… at ims-na1.adobelogin.com`,
    ]);
  });
});
