// The main step with a sealed token: taken, dropped, or handed on.
import { describe, expect, test } from '@jest/globals';
import { START_MS } from '../support/clock.ts';
import { MINT, NEW, OLD, prepare, provide, sealOld, VALIDATE } from '../support/main-step.ts';
import { invalid, minted, valid } from '../support/scripted-exchange.ts';

const published = ['output', 'access-token', NEW];

describe('a sealed token', () => {
  test('that serves is published, and IMS is not asked', async () => {
    const sealed = await sealOld();
    const { recording, asked } = await provide({ inputs: { 'sealed-token': sealed } });
    expect(asked).toEqual([]);
    expect(recording.pairs('output')).toMatchObject({
      'access-token': OLD,
      source: 'sealed',
      verified: 'none',
    });
    expect(recording.pairs('output')).not.toHaveProperty('sealed-token');
    expect(recording.lines('info')).toEqual([
      expect.stringMatching('^Took the sealed access token for firefly \\(openid\\)'),
    ]);
    expect(recording.lines('notice')).toEqual([]);
  });

  test('is summed up as got without an attempt', async () => {
    const inputs = { 'sealed-token': await sealOld(), summary: 'true' };
    const { recording } = await provide({ inputs });
    const [, summary] = recording.calls.find(([kind]) => kind === 'summary') ?? [];
    expect(summary).toContain('<th align="left">Attempts</th><td>0</td>');
  });

  test('is handed on as it is with `seal: true`', async () => {
    const sealed = await sealOld();
    const inputs = { 'sealed-token': sealed, seal: 'true' };
    const { recording } = await provide({ inputs });
    expect(recording.pairs('output')).toMatchObject({ 'sealed-token': sealed });
  });

  test('that does not serve costs a notice, and one is minted', async () => {
    const inputs = { 'sealed-token': await sealOld(START_MS) };
    const { recording, asked } = await provide({ inputs });
    expect(asked).toEqual([MINT]);
    expect(recording.lines('notice')).toEqual([
      'The sealed token is not used: it has expired. Requesting a new one',
    ]);
    expect(recording.calls).toContainEqual(published);
  });

  test('that does not serve is sealed anew with `seal: true`', async () => {
    const sealed = await sealOld(START_MS);
    const inputs = { 'sealed-token': sealed, seal: 'true' };
    const { recording } = await provide({ inputs });
    expect(recording.pairs('output')['sealed-token']).toMatch(/^eyJ/);
    expect(recording.pairs('output')['sealed-token']).not.toBe(sealed);
  });

  test('passes its verification, and is published', async () => {
    const inputs = { 'sealed-token': await sealOld(), verify: 'token' };
    const { recording, asked } = await provide({ inputs, scenes: [valid] });
    expect(asked).toEqual([VALIDATE]);
    expect(recording.pairs('output')).toMatchObject({ 'access-token': OLD, verified: 'token' });
  });

  test('that fails its verification is dropped, and one is minted and verified', async () => {
    const inputs = { 'sealed-token': await sealOld(), verify: 'token' };
    const { recording, asked } = await provide({ inputs, scenes: [invalid, minted, valid] });
    expect(asked).toEqual([VALIDATE, MINT, VALIDATE]);
    expect(recording.lines('notice')).toEqual([
      'The sealed token is not used: it fails its verification: HTTP 200, but the token is not valid. Requesting a new one',
    ]);
    expect(recording.calls).toContainEqual(published);
  });

  test('that fails its verification leaves nothing to publish where the new one fails, too', async () => {
    const inputs = { 'sealed-token': await sealOld(), verify: 'token' };
    const { error, recording } = await provide({ inputs, scenes: [invalid, minted, invalid] });
    expect(error).toMatchObject({ name: 'VerificationError' });
    expect(recording.pairs('output')).toEqual({});
  });

  test('is not saved for revocation: it was minted by another', async () => {
    const inputs = { 'sealed-token': await sealOld(), revoke: 'true' };
    const { recording } = await provide({ inputs });
    expect(recording.pairs('state')).toEqual({});
    expect(recording.pairs('output')).toMatchObject({ 'access-token': OLD });
  });

  test('is dropped, and none minted, where the job is cancelled while it is verified', async () => {
    const { recording, run, asked } = prepare({
      inputs: { 'sealed-token': await sealOld(), verify: 'token', revoke: 'true' },
      scenes: [valid],
      cancelAt: 0,
    });
    await expect(run()).rejects.toMatchObject({ name: 'CancelledError' });
    expect(asked()).toEqual([VALIDATE]);
    expect(recording.lines('notice')).toEqual([]);
  });

  test('is not dropped for a defect of this action: that ends the step', async () => {
    const inputs = { 'sealed-token': await sealOld(), verify: 'token' };
    const { error, asked } = await provide({
      inputs,
      scenes: [new TypeError('x is not a function')],
    });
    expect(error).toBeInstanceOf(TypeError);
    expect(asked).toEqual([VALIDATE]);
  });
});
