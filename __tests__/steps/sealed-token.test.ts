// A sealed token from an earlier step, job or run: when it serves, and what is said where it does not.
import { describe, expect, test } from '@jest/globals';
import { seal } from '../../src/secrets/seal.ts';
import { Secret } from '../../src/secrets/secret.ts';
import { noteUnusable, openSealedToken } from '../../src/steps/sealed-token.ts';
import type { JsonObject } from '../../src/values.ts';
import { fakeClock, START_MS } from '../support/clock.ts';
import { startRun } from '../support/context.ts';
import { SECRET } from '../support/credentials.ts';
import type { Given } from '../support/recording.ts';
import { BINDING, giveSealedPayload, OPAQUE_TOKEN } from '../support/tokens.ts';

const HOUR_MS = 3_600_000;
const inputs: Given = { scope: 'openid ff_apis' };
const note = (reason: string) => `The sealed token is not used: it ${reason}. Requesting a new one`;

/** Opens a seal of this payload, made for the inputs above, in a run with these inputs. */
async function open(changes: JsonObject = {}, given: Given = {}, nowMs = START_MS) {
  const sealed = await seal(giveSealedPayload(changes), BINDING, new Secret(SECRET));
  return openText(sealed, given, nowMs);
}

async function openText(sealed: string, given: Given = {}, nowMs = START_MS) {
  const { context, recording } = startRun({
    inputs: { ...inputs, ...given },
    clock: fakeClock({ nowMs }),
  });
  const before = recording.calls.length;
  const token = await openSealedToken(context, sealed);
  return { token, calls: recording.calls.slice(before) };
}

describe('a sealed token', () => {
  test('that serves is taken, masked', async () => {
    const { token, calls } = await open();
    expect(token?.value.reveal()).toBe(OPAQUE_TOKEN);
    expect(token).toMatchObject({
      scopes: ['openid', 'ff_apis'],
      lifetimeMs: 24 * HOUR_MS,
      expiresAtMs: START_MS + 24 * HOUR_MS,
    });
    expect(calls).toEqual([['mask', OPAQUE_TOKEN]]);
  });

  test('is opened with any of the client secrets', async () => {
    const secrets = { 'client-secret': `p8e-newer-secret-of-the-client\n${SECRET}` };
    expect((await open({}, secrets)).token?.value.reveal()).toBe(OPAQUE_TOKEN);
  });

  test.each([
    ['is not a seal', 'no.seal.at.all', 'is not a sealed token, or was truncated'],
    ['is one of others', 'e30....', 'is not a sealed token of this action'],
    ['is of another version', 'eyJ2IjoyfQ....', 'was made by another version of this action'],
  ])('that %s is dropped with a notice', async (_what, sealed, reason) => {
    expect(await openText(sealed)).toEqual({ token: undefined, calls: [['notice', note(reason)]] });
  });

  test.each<[string, Given]>([
    ['another secret', { 'client-secret': 'p8e-other-secret-of-the-client' }],
    ['another client', { 'client-id': 'another' }],
    ['another IMS', { 'ims-url': 'https://ims-na1-stg1.adobelogin.com' }],
  ])('is dropped with a notice by %s', async (_of, given) => {
    const reason = 'was made with another client secret, client ID or ims-url, or was altered';
    expect((await open({}, given)).calls).toEqual([['notice', note(reason)]]);
  });

  test.each<[string, JsonObject]>([
    ['no token', { token: undefined }],
    ['a number for a token', { token: 12_345_678 }],
    ['a token with a blank', { token: 'a b' }],
    ['another type', { token_type: 'mac' }],
    ['no scopes that were requested', { requested: '' }],
    ['scopes that are none', { requested: 'openid "' }],
    ['no scopes granted', { granted: null }],
    ['no word of an organization', { org_id: undefined }],
    ['a number for an organization', { org_id: 7 }],
    ['a moment in quotes', { minted_at_ms: '1' }],
    ['an expiry in quotes', { expires_at_ms: '1' }],
    ['an expiry beyond all dates', { expires_at_ms: 9e15 }],
  ])('holds no token with %s', async (_what, changes) => {
    expect((await open(changes)).calls).toEqual([['notice', note('holds no token')]]);
  });

  test.each<[string, JsonObject, Given, string]>([
    ['of one organization for none', { org_id: 'A@AdobeOrg' }, {}, 'was made for another org-id'],
    ['of none for one', {}, { 'org-id': 'A@AdobeOrg' }, 'was made for another org-id'],
    [
      'of one organization for another',
      { org_id: 'A@AdobeOrg' },
      { 'org-id': 'B@AdobeOrg' },
      'was made for another org-id',
    ],
    [
      'of fewer scopes',
      {},
      { scope: 'openid,firefly_api,x' },
      'was made for other scopes, without firefly_api, x',
    ],
    [
      'that has expired',
      { minted_at_ms: START_MS - 1, expires_at_ms: START_MS },
      {},
      'has expired',
    ],
    [
      'that has less than the second that `expires-in` can count',
      { minted_at_ms: START_MS - HOUR_MS, expires_at_ms: START_MS + 999 },
      { 'min-validity': '0' },
      'has expired',
    ],
    [
      'that soon expires',
      { minted_at_ms: START_MS - 23 * HOUR_MS - 1, expires_at_ms: START_MS + HOUR_MS - 1 },
      {},
      'expires in 3599 s, and min-validity is 3600 s',
    ],
    [
      'that expires before `min-validity`',
      { minted_at_ms: START_MS - HOUR_MS, expires_at_ms: START_MS + 9_999 },
      { 'min-validity': '10' },
      'expires in 9 s, and min-validity is 10 s',
    ],
    [
      'that lives for less than a tenth of its lifetime',
      { minted_at_ms: START_MS - 0.9 * HOUR_MS - 1, expires_at_ms: START_MS + HOUR_MS / 10 - 1 },
      {},
      'expires in 359 s, and min-validity is 360 s',
    ],
  ])('%s is masked, and dropped with a notice', async (_name, changes, given, reason) => {
    const { token, calls } = await open(changes, given);
    expect(token).toBeUndefined();
    expect(calls).toEqual([
      ['mask', OPAQUE_TOKEN],
      ['notice', expect.stringContaining(`it ${reason}`)],
    ]);
  });

  test.each<[string, JsonObject, Given]>([
    [
      'an hour, by default',
      { minted_at_ms: START_MS - 23 * HOUR_MS, expires_at_ms: START_MS + HOUR_MS },
      {},
    ],
    [
      'a tenth of its lifetime, where that is less',
      { minted_at_ms: START_MS - 0.9 * HOUR_MS, expires_at_ms: START_MS + HOUR_MS / 10 },
      {},
    ],
    [
      '`min-validity`',
      { minted_at_ms: START_MS - HOUR_MS, expires_at_ms: START_MS + 10_000 },
      { 'min-validity': '10' },
    ],
    [
      'a second, with `min-validity: 0`',
      { minted_at_ms: START_MS - HOUR_MS, expires_at_ms: START_MS + 1000 },
      { 'min-validity': '0' },
    ],
    ['its organization, which was sent', { org_id: 'A@AdobeOrg' }, { 'org-id': 'A@AdobeOrg' }],
    ['more scopes than are wanted, though it was granted fewer', { granted: 'openid' }, {}],
  ])('serves where it has %s', async (_name, changes, given) => {
    expect((await open(changes, given)).token).toBeDefined();
  });

  test('that has expired does not serve even where no validity is wanted', async () => {
    const { calls } = await open({}, { 'min-validity': '0' }, START_MS + 24 * HOUR_MS);
    expect(calls).toContainEqual(['notice', note('has expired')]);
  });
});

describe("a clock that is wrong, the sealing runner's or this one's,", () => {
  test('by three hours gives a sealed token no more time than it had', async () => {
    const { token, calls } = await open({}, {}, START_MS - 3 * HOUR_MS);
    expect(token).toBeUndefined();
    expect(calls).toContainEqual([
      'notice',
      note("was made in the future by this runner's clock: one of the two clocks is wrong"),
    ]);
  });

  test('by five minutes is put up with, and the token still lives no longer than it could', async () => {
    const nowMs = START_MS - 300_000;
    const { token } = await open({}, {}, nowMs);
    expect(token?.expiresAtMs).toBe(nowMs + 24 * HOUR_MS);
    expect((await open({}, {}, nowMs - 1)).token).toBeUndefined();
  });

  test.each([START_MS, START_MS - 1])(
    'so that a token expires before it was made, costs a notice: at %d',
    async (expires_at_ms) => {
      const { calls } = await open({ expires_at_ms });
      expect(calls).toContainEqual(['notice', note('expires before it was made')]);
    },
  );
});

describe('the notice of a sealed token that is not used', () => {
  const noteOf = (reason: string) => {
    const { context, recording } = startRun();
    expect(noteUnusable(context, reason)).toBeUndefined();
    expect(recording.topics).toEqual(['sealed-token-not-used']);
    return recording.lines('notice');
  };

  test('is safe to print, and cut after 400 characters', () => {
    expect(noteOf('says\n::error::x')).toEqual([note('says : :error: :x')]);
    expect(noteOf(`says ${SECRET.slice(1)}`)).toEqual([note('says ***')]);
    expect(noteOf('x'.repeat(401))).toEqual([note(`${'x'.repeat(400)}…`)]);
  });
});
