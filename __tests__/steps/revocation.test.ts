// Tokens that the main step revokes itself: what is sent, and what is known afterwards.
import { describe, expect, test } from '@jest/globals';
import { type Masked, Secret } from '../../src/secrets/secret.ts';
import { revoke, revokeAtOnce } from '../../src/steps/revocation.ts';
import { fakeClock } from '../support/clock.ts';
import { type ContextOptions, startRun } from '../support/context.ts';
import { SECOND_SECRET, SECRET } from '../support/credentials.ts';
import { answer, readForm } from '../support/scripted-exchange.ts';

/** Two tokens that were issued, each for a client secret of its own. */
const ISSUED = [SECRET, SECOND_SECRET].map((secret, at) => ({
  token: new Secret(`token-${at}`) as Masked,
  secret: new Secret(secret),
}));

async function revokeAll(options: ContextOptions, issued = ISSUED.slice(0, 1)) {
  const { context, script } = startRun({ inputs: { 'max-attempts': '1' }, ...options });
  const outcome = await revokeAtOnce(context, issued).catch((error: unknown) => error);
  return { outcome, forms: script.requests.map(readForm) };
}

describe('tokens that cannot be left to the post step', () => {
  test('are revoked at once, each with its secret', async () => {
    const { outcome, forms } = await revokeAll({ answers: [answer(200), answer(200)] }, ISSUED);
    expect(outcome).toBe('The token was revoked at once');
    expect(forms).toEqual([
      expect.objectContaining({ token: 'token-0', client_secret: SECRET }),
      expect.objectContaining({ token: 'token-1', client_secret: SECOND_SECRET }),
    ]);
  });

  test.each([
    ['IMS refuses', answer(400, { error: 'invalid_client' }), 'HTTP 400, invalid_client'],
    ['nobody answers', answer(503), 'HTTP 503'],
    [
      'the answer does not say so',
      answer(202),
      'HTTP 202, but the answer does not say that the token is revoked',
    ],
  ])('are said to live, and why, where %s', async (_what, refused, why) => {
    expect((await revokeAll({ answers: [refused] })).outcome).toBe(
      `A token could not be revoked (${why}): it stays valid until it expires`,
    );
  });

  test('are said to live where the step has no time left, and nothing is sent', async () => {
    const { outcome, forms } = await revokeAll({ clock: fakeClock({ elapsedMs: 60_000 }) });
    expect(forms).toEqual([]);
    expect(outcome).toBe(
      'A token could not be revoked (no time left for attempt 1 of 1): it stays valid until it expires',
    );
  });

  test.each([
    ['first', [answer(503), answer(200)]],
    ['last', [answer(200), answer(503)]],
  ])('are each tried, though the %s of them cannot be revoked', async (_which, answers) => {
    const { outcome, forms } = await revokeAll({ answers }, ISSUED);
    expect(forms).toHaveLength(2);
    expect(outcome).toBe(
      'A token could not be revoked (HTTP 503): it stays valid until it expires',
    );
  });

  test('are named in the error of one that cannot be revoked', async () => {
    const { context } = startRun({ inputs: { 'max-attempts': '1' }, answers: [answer(503)] });
    const { inputs, runner, client } = context;
    const [token, secret] = [new Secret('a-token') as Masked, new Secret(SECRET)];
    await expect(
      revoke({ ...inputs, client, redact: runner.redact }, token, secret),
    ).rejects.toMatchObject({
      trail: { task: 'Could not confirm that ims-na1.adobelogin.com revoked the access token' },
    });
  });

  test('do not hide a defect of this action', async () => {
    const defect = new RangeError('some words');
    expect((await revokeAll({ answers: [defect] })).outcome).toBe(defect);
  });
});
