// A token that is to be revoked at the end of the job: what is saved of it, and when the job is cancelled.
import { describe, expect, test } from '@jest/globals';
import { fakeClock, START_MS } from '../support/clock.ts';
import { STATE } from '../support/context.ts';
import { INVALIDATE, MINT, NEW, prepare, provide } from '../support/main-step.ts';
import { answer, invalid, minted, valid } from '../support/scripted-exchange.ts';

const TOKEN = { access_token: NEW, token_type: 'bearer', expires_in: 86_399 };

describe('a token to be revoked', () => {
  const inputs = { revoke: 'true', verify: 'token' };

  test('is saved before it is verified', async () => {
    const { error, recording } = await provide({ inputs, answers: [minted, invalid] });
    expect(error).toMatchObject({ name: 'VerificationError' });
    expect(recording.pairs('state')).toEqual({
      ...STATE,
      'fingerprint-0': expect.stringMatching(/^[\da-f]{32}\.[\da-f]{8}$/),
      'expires-at-ms-0': String(START_MS + 86_399_000),
      'max-attempts': '6',
    });
    expect(recording.pairs('variable')).toEqual({ ADOBE_IMS_TOKEN_REVOKE: 'true' });
  });

  test('is not saved where nobody requested for that', async () => {
    expect((await provide()).recording.pairs('state')).toEqual({});
  });

  test('is saved and not published where the job is cancelled while it is on its way', async () => {
    const { recording, run, requested } = prepare({
      inputs,
      clock: { ...fakeClock(), sleep: () => new Promise(() => {}) },
      cancelAt: 0,
    });
    await expect(run()).rejects.toMatchObject({ name: 'CancelledError' });
    expect(recording.pairs('state')).toMatchObject({ 'token-0': NEW });
    expect(recording.pairs('output')).toEqual({});
    expect(requested()[0]).toBe(MINT);
  });

  test('is not waited for longer than 5 seconds after the job is cancelled', async () => {
    const { recording, run, clock } = prepare({
      inputs,
      answers: [() => new Promise(() => {})],
      cancelAt: 0,
    });
    await expect(run()).rejects.toMatchObject({ name: 'CancelledError' });
    expect(clock.sleeps).toEqual([5000]);
    expect(recording.pairs('state')).toEqual({});
  });

  test('is not published where the job is cancelled while it is verified', async () => {
    const { recording, run } = prepare({ inputs, answers: [minted, valid], cancelAt: 1 });
    await expect(run()).rejects.toMatchObject({ name: 'CancelledError' });
    expect(recording.pairs('output')).toEqual({});
  });

  test("alone has the job's cancellation watched: otherwise the signal ends the process", async () => {
    const { recording, run } = prepare({ cancelAt: 0 });
    await expect(run()).rejects.toThrow('The signal ended the process');
    expect(recording.pairs('output')).toEqual({});
  });

  test.each([
    ['has another status', answer(201, TOKEN), 'HTTP 201'],
    [
      'is of another type',
      answer(200, { ...TOKEN, token_type: 'mac' }),
      'token_type is not bearer',
    ],
    [
      'says no lifetime',
      answer(200, { ...TOKEN, expires_in: undefined }),
      'how long the token lives',
    ],
    ['is cut short', answer(200, `{"access_token": "${NEW}", "tok`), 'it is not a JSON object'],
  ])(
    'is saved though the answer that holds it is refused, since it %s',
    async (_why, refused, message) => {
      const { error, recording } = await provide({ inputs, answers: [refused] });
      expect(error).toMatchObject({
        message: expect.stringContaining(message),
        hint: expect.stringMatching(
          /\. The answer held an access token: the post step revokes it$/,
        ),
      });
      expect(recording.pairs('state')).toMatchObject({ 'token-0': NEW, 'expires-at-ms-0': '' });
      expect(recording.pairs('variable')).toEqual({ ADOBE_IMS_TOKEN_REVOKE: 'true' });
    },
  );

  test('is told of where nobody asked for its revocation', async () => {
    const { error, recording } = await provide({ answers: [answer(201, TOKEN)] });
    expect(error).toMatchObject({
      hint: expect.stringMatching(/held an access token: it stays valid until it expires$/),
    });
    expect(recording.pairs('state')).toEqual({});
  });

  test('is saved beside another one that a failed attempt had brought', async () => {
    const first = answer(503, { ...TOKEN, access_token: 'opaque-token-of-a-503' });
    const { recording } = await provide({ inputs, answers: [first, minted, valid] });
    expect(recording.pairs('state')).toMatchObject({
      'token-0': 'opaque-token-of-a-503',
      'token-1': NEW,
    });
  });

  test('is revoked at once, and the step fails, where its state cannot be saved', async () => {
    const { error, recording, requested } = await provide({
      inputs,
      answers: [minted, answer(200)],
      failing: ['state'],
    });
    expect(requested).toEqual([MINT, INVALIDATE]);
    expect(error).toMatchObject({
      name: 'FileCommandError',
      hint: expect.stringMatching(/\. The token was revoked at once$/),
    });
    expect(recording.pairs('state')).toEqual({});
    expect(recording.pairs('output')).toEqual({});
  });

  test('is said to live where it can neither be saved nor revoked', async () => {
    const { error } = await provide({
      inputs,
      answers: [minted, answer(400, { error: 'invalid_client' })],
      failing: ['variable'],
    });
    expect(error).toMatchObject({
      hint: expect.stringMatching(
        /\. The token could not be revoked: it stays valid until it expires$/,
      ),
    });
  });
});
