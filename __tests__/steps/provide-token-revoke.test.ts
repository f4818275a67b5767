// A token that is to be revoked at the end of the job: what is saved of it, and when the job is cancelled.
import { describe, expect, test } from '@jest/globals';
import { fakeClock } from '../support/clock.ts';
import { STATE } from '../support/context.ts';
import { MINT, NEW, prepare, provide } from '../support/main-step.ts';
import { invalid, minted, valid } from '../support/scripted-exchange.ts';

describe('a token to be revoked', () => {
  const inputs = { revoke: 'true', verify: 'token' };

  test('is saved before it is verified', async () => {
    const { error, recording } = await provide({ inputs, scenes: [minted, invalid] });
    expect(error).toMatchObject({ name: 'VerificationError' });
    expect(recording.pairs('state')).toEqual(STATE);
    expect(recording.pairs('variable')).toEqual({ ADOBE_IMS_TOKEN_REVOKE: 'true' });
  });

  test('is not saved where nobody asked for that', async () => {
    expect((await provide()).recording.pairs('state')).toEqual({});
  });

  test('is saved and not published where the job is cancelled while it is on its way', async () => {
    const { recording, run, asked } = prepare({
      inputs,
      clock: { ...fakeClock(), sleep: () => new Promise(() => {}) },
      cancelAt: 0,
    });
    await expect(run()).rejects.toMatchObject({ name: 'CancelledError' });
    expect(recording.pairs('state')).toMatchObject({ token: NEW });
    expect(recording.pairs('output')).toEqual({});
    expect(asked()[0]).toBe(MINT);
  });

  test('is not waited for longer than 5 seconds after the job is cancelled', async () => {
    const { recording, run, clock } = prepare({
      inputs,
      scenes: [() => new Promise(() => {})],
      cancelAt: 0,
    });
    await expect(run()).rejects.toMatchObject({ name: 'CancelledError' });
    expect(clock.sleeps).toEqual([5000]);
    expect(recording.pairs('state')).toEqual({});
  });

  test('is not published where the job is cancelled while it is verified', async () => {
    const { recording, run } = prepare({ inputs, scenes: [minted, valid], cancelAt: 1 });
    await expect(run()).rejects.toMatchObject({ name: 'CancelledError' });
    expect(recording.pairs('output')).toEqual({});
  });

  test("alone has the job's cancellation watched: otherwise the signal ends the process", async () => {
    const { recording, run } = prepare({ cancelAt: 0 });
    await expect(run()).rejects.toThrow('The signal ended the process');
    expect(recording.pairs('output')).toEqual({});
  });
});
