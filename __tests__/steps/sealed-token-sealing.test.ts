// How a token is sealed for a later step, job or run.
import { describe, expect, test } from '@jest/globals';
import { MAX_SEAL_LENGTH, openSeal } from '../../src/secrets/seal.ts';
import { Secret } from '../../src/secrets/secret.ts';
import { openSealedToken, sealForOutput, sealToken } from '../../src/steps/sealed-token.ts';
import { START_MS } from '../support/clock.ts';
import { startRun } from '../support/context.ts';
import { SECRET } from '../support/credentials.ts';
import type { Given } from '../support/recording.ts';
import { BINDING, giveToken, OPAQUE_TOKEN } from '../support/tokens.ts';

const inputs: Given = { scope: 'openid ff_apis' };

describe('a token for later', () => {
  const sealOf = async (given: Given, token = giveToken()) => {
    const { context } = startRun({ inputs: { ...inputs, ...given } });
    const clientSecret = context.inputs.clientSecrets.at(-1) ?? context.inputs.clientSecrets[0];
    return { sealed: await sealToken(context, token, clientSecret), clientSecret };
  };

  test('is sealed with all that the next run needs to know, under the secret that worked', async () => {
    const token = giveToken({ scopes: ['openid', 'x'], lifetimeMs: 1000, expiresAtMs: START_MS });
    const { sealed = '', clientSecret } = await sealOf(
      { 'org-id': 'A@AdobeOrg', 'client-secret': `${SECRET}\np8e-second-secret-of-the-client` },
      token,
    );
    expect(clientSecret.line).toBe(2);
    expect(await openSeal(sealed, BINDING, [clientSecret.secret])).toEqual({
      value: {
        token: OPAQUE_TOKEN,
        token_type: 'bearer',
        requested: 'openid ff_apis',
        granted: 'openid x',
        org_id: 'A@AdobeOrg',
        minted_at_ms: START_MS - 1000,
        expires_at_ms: START_MS,
      },
    });
    expect(await openSeal(sealed, BINDING, [new Secret(SECRET)])).toEqual({ fault: 'refused' });
  });

  test('is sealed with the time by the clock as it was set meanwhile', async () => {
    const { context, clock } = startRun({ inputs });
    clock.set(172_800_000);
    const [clientSecret] = context.inputs.clientSecrets;
    const sealed = await sealToken(context, giveToken(), clientSecret);
    expect(await openSeal(sealed ?? '', BINDING, [clientSecret.secret])).toMatchObject({
      value: { minted_at_ms: START_MS + 172_800_000, expires_at_ms: START_MS + 259_200_000 },
    });
  });

  test('is opened again, however many scopes were requested', async () => {
    const scopes = Array.from({ length: 300 }, (_, index) => `scope_number_${index}`);
    const given = { scope: scopes.join(' ') };
    const { sealed = '' } = await sealOf(given, giveToken({ scopes }));
    const { context, recording } = startRun({ inputs: given });
    expect(await openSealedToken(context, sealed)).toMatchObject({ scopes });
    expect(recording.lines('notice')).toEqual([]);
  });

  test('is given as an output, or left out with a warning where its seal would be too long', async () => {
    const give = async (value: string) => {
      const { context, recording } = startRun({ inputs });
      const [clientSecret] = context.inputs.clientSecrets;
      const minted = { token: giveToken({ value }), attempts: 1, clientSecret, refusedLines: [] };
      const sealed = await sealForOutput(context, minted);
      return { sealed, lines: recording.lines('warning'), topics: recording.topics };
    };
    expect(await give('a-token')).toEqual({ sealed: expect.any(String), lines: [], topics: [] });
    expect(await give('x'.repeat(20_000))).toEqual({
      sealed: undefined,
      lines: [
        'The output sealed-token is empty: it would be longer than 24 KiB. Later jobs must request tokens of their own',
      ],
      topics: ['sealed-token-not-used'],
    });
  });

  test('is sealed up to 24 KiB, and not beyond', async () => {
    const sealLong = async (length: number) =>
      (await sealOf({}, giveToken({ value: 'x'.repeat(length), scopes: ['openid'] }))).sealed;
    // Four characters of a seal hold three of a token, so one of three lengths fills it to the last.
    const spare = MAX_SEAL_LENGTH - ((await sealLong(0)) ?? '').length;
    const near = Math.floor((spare * 3) / 4);
    const tries = await Promise.all([near - 1, near, near + 1].map(sealLong));
    const at = tries.findIndex((sealed) => sealed?.length === MAX_SEAL_LENGTH);
    expect(at).toBeGreaterThanOrEqual(0);
    expect(await sealLong(near + at)).toBeUndefined();
  });
});
