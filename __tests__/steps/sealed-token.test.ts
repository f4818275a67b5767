// A token carried from one run to the next: when it is taken, and when it is sealed.
import { describe, expect, test } from '@jest/globals';
import { MAX_SEAL_LENGTH, openSeal, type SealedToken, sealToken } from '../../src/secrets/seal.ts';
import { Secret } from '../../src/secrets/secret.ts';
import { noteUnfit, sealForLater, takeSealedToken } from '../../src/steps/sealed-token.ts';
import { fakeClock, START_MS } from '../support/clock.ts';
import { startRun } from '../support/context.ts';
import { SECRET } from '../support/credentials.ts';
import type { Given } from '../support/recording.ts';
import { giveSealedToken, giveToken, OPAQUE_TOKEN } from '../support/tokens.ts';

const HOUR_MS = 3_600_000;
const inputs: Given = { scope: 'openid ff_apis', seal: 'true' };

/** What `sealed-token` holds: a token with these properties, made for the inputs above. */
async function seal(changes: Partial<SealedToken> = {}, made: Given = {}): Promise<string> {
  const { context } = startRun({ inputs: { ...inputs, ...made } });
  const [{ secret }] = context.inputs.clientSecrets;
  return sealToken(giveSealedToken(changes), context.inputs, secret);
}

async function take(sealed: string, given: Given = {}) {
  const run = startRun({ inputs: { ...inputs, ...given, 'sealed-token': sealed } });
  const token = await takeSealedToken(run.session);
  return { token, ...run };
}

const note = (reason: string) => `The sealed token is not used: it ${reason}. Requesting a new one`;

describe('a sealed token', () => {
  test('is not looked for where none is given', async () => {
    const { context, recording } = startRun();
    expect(await takeSealedToken(context)).toBeUndefined();
    expect(recording.calls).toEqual([]);
  });

  test('that serves is taken, masked', async () => {
    const { token, recording } = await take(await seal());
    expect(token?.value.reveal()).toBe(OPAQUE_TOKEN);
    expect(token).toMatchObject({
      scopes: ['openid', 'ff_apis'],
      lifetimeMs: 24 * HOUR_MS,
      expiresAtMs: START_MS + 24 * HOUR_MS,
    });
    expect(recording.calls).toEqual([['mask', OPAQUE_TOKEN]]);
  });

  test('is opened with any line of `client-secret`', async () => {
    const secrets = { 'client-secret': `p8e-newer-secret-of-the-client\n${SECRET}` };
    expect((await take(await seal(), secrets)).token?.value.reveal()).toBe(OPAQUE_TOKEN);
  });

  test('that cannot be opened is dropped with a notice', async () => {
    const { token, recording } = await take('no.seal.at.all');
    expect(token).toBeUndefined();
    expect(recording.calls).toEqual([['notice', note('is not a sealed token, or was truncated')]]);
  });

  test.each<[string, Given]>([
    ['another secret', { 'client-secret': 'p8e-other-secret-of-the-client' }],
    ['another client', { 'client-id': 'another' }],
    ['another IMS', { 'ims-url': 'https://ims-na1-stg1.adobelogin.com' }],
  ])('of %s is dropped with a notice', async (_of, made) => {
    const { token, recording } = await take(await seal({}, made));
    expect(token).toBeUndefined();
    const reason = 'was made with another client secret, client ID or ims-url, or was altered';
    expect(recording.calls).toEqual([['notice', note(reason)]]);
  });

  test.each<[string, Partial<SealedToken>, Given, string]>([
    ['of another organization', { orgId: 'A@AdobeOrg' }, {}, 'was made for another org-id'],
    [
      'of fewer scopes',
      {},
      { scope: 'openid,firefly_api' },
      'was made for other scopes, without firefly_api',
    ],
    ['that has expired', { expiresAtMs: START_MS }, {}, 'has expired'],
    [
      'that soon expires',
      { expiresAtMs: START_MS + HOUR_MS - 1 },
      {},
      'expires in 3599 s, and min-validity is 3600 s',
    ],
    [
      'that expires before `min-validity`',
      { expiresAtMs: START_MS + 9_999 },
      { 'min-validity': '10' },
      'expires in 9 s, and min-validity is 10 s',
    ],
  ])('%s is masked, and dropped with a notice', async (_name, changes, given, reason) => {
    const { token, recording } = await take(await seal(changes), given);
    expect(token).toBeUndefined();
    expect(recording.calls).toEqual([
      ['mask', OPAQUE_TOKEN],
      ['notice', note(reason)],
    ]);
  });

  test.each<[string, Partial<SealedToken>, Given]>([
    ['an hour, by default', { expiresAtMs: START_MS + HOUR_MS }, {}],
    [
      'a tenth of its lifetime, where that is less',
      { lifetimeMs: HOUR_MS, expiresAtMs: START_MS + HOUR_MS / 10 },
      {},
    ],
    ['`min-validity`', { expiresAtMs: START_MS + 10_000 }, { 'min-validity': '10' }],
    [
      'any time at all, with `min-validity: 0`',
      { expiresAtMs: START_MS + 1 },
      { 'min-validity': '0' },
    ],
  ])('serves where it lives for %s', async (_name, changes, given) => {
    expect((await take(await seal(changes), given)).token).toBeDefined();
  });

  test('does not serve where it lives for less than a tenth of its lifetime', async () => {
    const changes = { lifetimeMs: HOUR_MS, expiresAtMs: START_MS + HOUR_MS / 10 - 1 };
    expect((await take(await seal(changes))).token).toBeUndefined();
  });

  test('is judged by the time of this run', async () => {
    const clock = fakeClock({ nowMs: START_MS + 23 * HOUR_MS + 1 });
    const sealed = await seal();
    const { context } = startRun({ inputs: { ...inputs, 'sealed-token': sealed }, clock });
    expect(await takeSealedToken(context)).toBeUndefined();
  });
});

describe('the notice of a token that is not taken', () => {
  const noteOf = (reason: string) => {
    const { context, recording } = startRun();
    expect(noteUnfit(context, reason)).toBeUndefined();
    return recording.lines('notice');
  };

  test('is safe to print', () => {
    expect(noteOf('says\n::error::x')).toEqual([note('says : :error: :x')]);
    expect(noteOf(`says ${SECRET.slice(1)}`)).toEqual([note('says ***')]);
  });

  test('is cut after 400 characters', () => {
    expect(noteOf('x'.repeat(401))).toEqual([note(`${'x'.repeat(400)}…`)]);
  });
});

describe('a token for later', () => {
  const sealLong = async (length: number) => {
    const { context, recording } = startRun({ inputs });
    const [clientSecret] = context.inputs.clientSecrets;
    const token = giveToken({ value: 'x'.repeat(length), scopes: ['openid'] });
    const sealed = await sealForLater(context, token, clientSecret);
    return { sealed, recording, context: context.inputs };
  };

  test('is sealed with all that the next run needs to know', async () => {
    const run = startRun({ inputs: { ...inputs, 'org-id': 'A@AdobeOrg' } });
    const [clientSecret] = run.context.inputs.clientSecrets;
    const token = giveToken({ scopes: ['openid'], lifetimeMs: 1000, expiresAtMs: START_MS });
    const sealed = (await sealForLater(run.session, token, clientSecret)) ?? '';
    expect(await openSeal(sealed, run.context.inputs, [clientSecret.secret])).toEqual({
      token: {
        value: token.value,
        asked: ['openid', 'ff_apis'],
        granted: ['openid'],
        orgId: 'A@AdobeOrg',
        lifetimeMs: 1000,
        expiresAtMs: START_MS,
      },
    });
    expect(run.recording.calls).toEqual([]);
  });

  test('is sealed under the secret that worked', async () => {
    const second = 'p8e-second-secret-of-the-client';
    const { context } = startRun({
      inputs: { ...inputs, 'client-secret': `${SECRET}\n${second}` },
    });
    const worked = { line: 2, secret: new Secret(second) };
    const sealed = (await sealForLater(context, giveToken(), worked)) ?? '';
    const opened = await openSeal(sealed, context.inputs, [worked.secret]);
    expect(opened).toHaveProperty('token');
  });

  test("is sealed up to 24 KiB, and beyond that a warning takes the seal's place", async () => {
    // Four characters of a seal hold three of a token, so one of three lengths fills it to the last.
    const spare = MAX_SEAL_LENGTH - ((await sealLong(0)).sealed ?? '').length;
    const near = Math.floor((spare * 3) / 4);
    const tries = await Promise.all([near - 1, near, near + 1].map(sealLong));
    const at = tries.findIndex(({ sealed }) => sealed?.length === MAX_SEAL_LENGTH);
    expect(tries[at]?.recording.calls).toEqual([]);
    const tooLong = await sealLong(near + at);
    expect(tooLong.sealed).toBeUndefined();
    expect(tooLong.recording.calls).toEqual([
      [
        'warning',
        'The output sealed-token is empty: it would be longer than 24 KiB. Later jobs must request tokens of their own',
      ],
    ]);
  });
});
