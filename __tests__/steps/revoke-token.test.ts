// How the post step revokes the tokens that the main step was given, and with which secret.
import { describe, expect, test } from '@jest/globals';
import { openExchange } from '../../src/http/exchange.ts';
import { makeFingerprint } from '../../src/secrets/fingerprint.ts';
import { Secret } from '../../src/secrets/secret.ts';
import { revokeTokens } from '../../src/steps/revoke-token.ts';
import { fakeClock, UPTIME_MS } from '../support/clock.ts';
import { STATE } from '../support/context.ts';
import { SECOND_SECRET, SECRET } from '../support/credentials.ts';
import { revoke } from '../support/post-step.ts';
import { record } from '../support/recording.ts';
import { answer, readForm } from '../support/scripted-exchange.ts';
import { mint, start } from '../support/stand-in.ts';
import { OPAQUE_TOKEN } from '../support/tokens.ts';

const NOT_SENT = 'Nothing was sent, so the token stays valid until it expires';
const NESTED = 'as happens in nested composite actions (actions/runner#3514)';

describe('the post step', () => {
  test('without a token does and says nothing, and masks the secret all the same', async () => {
    const { recording, requests } = await revoke({ state: { 'token-0': '', 'ims-url': '' } });
    expect(requests).toEqual([]);
    expect(recording.calls).toEqual([['mask', SECRET]]);
  });

  test('revokes the token, with both hidden first', async () => {
    const { recording, requests, limitsMs } = await revoke();
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
    const expiry = String(Date.now() + 60_000);
    const state = { ...STATE, 'token-0': token, 'expires-at-ms-0': expiry, 'ims-url': standIn.url };
    await revokeTokens(record({ state }).runner, fakeClock(), openExchange({}));
    expect(standIn.revoked).toEqual([token]);
  });

  test('revokes every token that an answer held, though one of them fails', async () => {
    const { infos, warnings, requests } = await revoke({
      state: { 'token-1': 'second-token', 'fingerprint-1': STATE['fingerprint-0'] },
      answers: [answer(400, { error: 'invalid_token' }), answer(200)],
    });
    expect(requests.map((request) => readForm(request)['token'])).toEqual([
      OPAQUE_TOKEN,
      'second-token',
    ]);
    expect(warnings).toHaveLength(1);
    expect(infos).toHaveLength(1);
  });

  test('does not send a token that has expired: there is nothing to revoke', async () => {
    const { infos, warnings, requests } = await revoke({
      state: { 'expires-at-ms-0': String(UPTIME_MS) },
    });
    expect(requests).toEqual([]);
    expect(warnings).toEqual([]);
    expect(infos).toEqual([
      'The access token of client the-client has expired: there is nothing to revoke',
    ]);
  });

  test('sends a token whose expiry nobody said', async () => {
    expect((await revoke({ state: { 'expires-at-ms-0': '' } })).requests).toHaveLength(1);
  });
});

describe('the client secret of the post step', () => {
  test('is the one of several that got the token, whatever its line is now', async () => {
    const { requests } = await revoke({
      inputs: { 'client-secret': `${SECOND_SECRET}\n${SECRET}` },
    });
    expect(requests.map((request) => readForm(request)['client_secret'])).toEqual([SECRET]);
  });

  test('may come from credentials', async () => {
    const credentials = JSON.stringify({ client_id: 'the-client', client_secrets: [SECRET] });
    const { requests } = await revoke({ inputs: { 'client-secret': '', credentials } });
    expect(requests.map((request) => readForm(request)['client_secret'])).toEqual([SECRET]);
  });

  test.each([
    ['another', { 'client-secret': SECOND_SECRET }, `another client secret, ${NESTED}`],
    ['none', { 'client-secret': '' }, `no client secret, ${NESTED}`],
  ])('of another action is never sent to IMS: %s', async (_which, inputs, reason) => {
    const { warnings, requests } = await revoke({ inputs });
    expect(requests).toEqual([]);
    expect(warnings).toEqual([
      expect.stringContaining(
        `Could not revoke the access token: the post step was given ${reason}. ${NOT_SENT}. `,
      ),
    ]);
  });
});

describe('what the post step shows', () => {
  test('holds neither token nor secrets where the server repeats them', async () => {
    const echo = {
      error: 'invalid_request',
      error_description: `${OPAQUE_TOKEN} ${SECRET} ${SECOND_SECRET}`,
    };
    const { warnings } = await revoke({
      answers: [answer(400, echo)],
      inputs: { 'client-secret': `${SECRET}\n${SECOND_SECRET}` },
    });
    expect(warnings).toEqual([expect.stringContaining('HTTP 400, invalid_request "*** *** ***"')]);
  });

  test('is a client ID as it may be shown', async () => {
    const { infos } = await revoke({ state: { 'client-id': `::x${'y'.repeat(80)}` } });
    expect(infos).toEqual([
      `Revoked the access token of client : :x${'y'.repeat(76)}… at ims-na1.adobelogin.com`,
    ]);
  });

  test('is no secret of credentials that are refused', async () => {
    const fingerprint = makeFingerprint(new Secret('p8e-of-the-file-1'));
    const credentials = '{"client_secret": "p8e-of-the-file-1", "cut';
    const { recording, requests } = await revoke({
      inputs: { 'client-secret': '', credentials },
      state: { 'fingerprint-0': fingerprint },
    });
    expect(recording.calls[0]).toEqual(['mask', 'p8e-of-the-file-1']);
    expect(requests).toHaveLength(1);
  });
});
