// A token that is to be revoked at the end of the job: when it is saved, and what a cancelled job or a full disk changes.
import { describe, expect, test } from '@jest/globals';
import { fakeClock, UPTIME_MS } from '../support/clock.ts';
import { STATE } from '../support/context.ts';
import { INVALIDATE, MINT, NEW, prepare, provide } from '../support/main-step.ts';
import { answer, invalid, minted, valid } from '../support/scripted-exchange.ts';

describe('a token to be revoked', () => {
  const inputs = { revoke: 'true', verify: 'token' };

  test('is saved before it is verified', async () => {
    const { error, recording } = await provide({ inputs, answers: [minted, invalid] });
    expect(error).toMatchObject({ name: 'VerificationError' });
    expect(recording.pairs('state')).toEqual({
      ...STATE,
      'fingerprint-0': expect.stringMatching(/^[\da-f]{32}\.[\da-f]{8}$/),
      'expires-at-ms-0': String(UPTIME_MS + 86_399_000),
      'max-attempts': '6',
    });
    expect(recording.pairs('variable')).toEqual({ ADOBE_IMS_TOKEN_REVOKE: 'true' });
  });

  test('is not saved where its revocation is not requested', async () => {
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
    expect(requested()).toEqual([MINT]);
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
        /\. A token could not be revoked \(HTTP 400, invalid_client\): it stays valid until it expires$/,
      ),
    });
  });
});
