// One token's revocation: what is sent, and what is known afterwards.
import { describe, expect, test } from '@jest/globals';
import { type Masked, Secret } from '../../src/secrets/secret.ts';
import { revokeAtOnce } from '../../src/steps/revocation.ts';
import { startRun } from '../support/context.ts';
import { SECRET } from '../support/credentials.ts';
import { answer, readForm, type Scripted } from '../support/scripted-exchange.ts';

const token = (value: string) => ({
  token: new Secret(value) as Masked,
  secret: new Secret(SECRET),
});

async function revoke(...answers: readonly Scripted[]) {
  const { context, script } = startRun({ answers, inputs: { 'max-attempts': '1' } });
  const tokens = answers.map((_, at) => token(`token-${at}`));
  const fate = await revokeAtOnce(context, tokens).catch((error: unknown) => error);
  return { fate, requests: script.requests };
}

describe('tokens that cannot be left to the post step', () => {
  test('are revoked at once, each with its secret', async () => {
    const { fate, requests } = await revoke(answer(200), answer(200));
    expect(fate).toBe('The token was revoked at once');
    expect(requests.map(readForm)).toEqual([
      expect.objectContaining({ token: 'token-0', client_secret: SECRET }),
      expect.objectContaining({ token: 'token-1', client_secret: SECRET }),
    ]);
  });

  test.each([
    ['IMS refuses', answer(400, { error: 'invalid_client' })],
    ['nobody answers', answer(503)],
    ['the answer does not say so', answer(202)],
  ])('are said to live where %s', async (_what, refused) => {
    expect((await revoke(refused)).fate).toBe(
      'The token could not be revoked: it stays valid until it expires',
    );
  });

  test('do not hide a defect of this action', async () => {
    const defect = new RangeError('some words');
    expect((await revoke(defect)).fate).toBe(defect);
  });
});
