// The main step with a sealed token: taken, dropped, or handed on.
import { describe, expect, test } from '@jest/globals';
import { fakeClock, START_MS } from '../support/clock.ts';
import { MINT, NEW, OLD, prepare, provide, sealOld, VALIDATE } from '../support/main-step.ts';
import type { Recording } from '../support/recording.ts';
import { answer, invalid, minted, valid } from '../support/scripted-exchange.ts';

const published = ['output', 'access-token', NEW];

describe('a sealed token', () => {
  test('that serves is published, and nothing is sent to IMS', async () => {
    const sealed = await sealOld();
    const { recording, requested } = await provide({ inputs: { 'sealed-token': sealed } });
    expect(requested).toEqual([]);
    expect(recording.pairs('output')).toMatchObject({
      'access-token': OLD,
      source: 'sealed',
      verified: 'none',
    });
    expect(recording.pairs('output')).not.toHaveProperty('sealed-token');
    expect(recording.lines('info')).toEqual([
      expect.stringMatching('^Took the sealed access token \\(openid\\), valid until '),
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
    const { recording, requested } = await provide({ inputs });
    expect(requested).toEqual([MINT]);
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
    const { recording, requested } = await provide({ inputs, answers: [valid] });
    expect(requested).toEqual([VALIDATE]);
    expect(recording.pairs('output')).toMatchObject({ 'access-token': OLD, verified: 'token' });
  });

  test('that fails its verification is dropped, and one is minted and verified', async () => {
    const inputs = { 'sealed-token': await sealOld(), verify: 'token' };
    const { recording, requested } = await provide({ inputs, answers: [invalid, minted, valid] });
    expect(requested).toEqual([VALIDATE, MINT, VALIDATE]);
    expect(recording.lines('notice')).toEqual([
      'The sealed token is not used: it fails its verification: HTTP 200, but the token is not valid. Requesting a new one',
    ]);
    expect(recording.calls).toContainEqual(published);
  });

  test('that expires while it is verified is dropped, and one is minted', async () => {
    const clock = fakeClock();
    const slow = () => {
      clock.advance(3000);
      return valid;
    };
    const { error, recording, requested } = await provide({
      inputs: {
        'sealed-token': await sealOld(START_MS + 3999),
        'min-validity': '0',
        verify: 'token',
      },
      answers: [slow, minted, valid],
      clock,
    });
    expect(error).toBeUndefined();
    expect(requested).toEqual([VALIDATE, MINT, VALIDATE]);
    expect(recording.lines('notice')).toEqual([
      'The sealed token is not used: it has expired. Requesting a new one',
    ]);
    expect(recording.calls).toContainEqual(published);
  });

  test('that fails its verification leaves nothing to publish where the new one fails, too', async () => {
    const inputs = { 'sealed-token': await sealOld(), verify: 'token' };
    const { error, recording } = await provide({ inputs, answers: [invalid, minted, invalid] });
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
    const { recording, run, requested } = prepare({
      inputs: { 'sealed-token': await sealOld(), verify: 'token', revoke: 'true' },
      answers: [valid],
      cancelAt: 0,
    });
    await expect(run()).rejects.toMatchObject({ name: 'CancelledError' });
    expect(requested()).toEqual([VALIDATE]);
    expect(recording.lines('notice')).toEqual([]);
  });

  test('is not dropped for a defect of this action: that ends the step', async () => {
    const inputs = { 'sealed-token': await sealOld(), verify: 'token' };
    const { error, requested } = await provide({
      inputs,
      answers: [new TypeError('x is not a function')],
    });
    expect(error).toBeInstanceOf(TypeError);
    expect(requested).toEqual([VALIDATE]);
  });

  test.each([
    ['503 for an answer', [answer(503), answer(503)], 'HttpError'],
    ['an answer that does not say', [answer(200, {})], 'VerificationError'],
  ])(
    'that is not refused, but meets %s, fails the step: it may be good',
    async (_what, answers, name) => {
      const inputs = { 'sealed-token': await sealOld(), verify: 'token', 'max-attempts': '2' };
      const { error, recording } = await provide({ inputs, answers });
      expect(error).toMatchObject({ name });
      expect(recording.lines('notice')).toEqual([]);
    },
  );
});

describe('a file with a sealed token', () => {
  const file = { 'sealed-token-file': '.adobe/token' };
  const kept = (recording: Recording) => recording.calls.filter(([kind]) => kind === 'file');

  test('is taken where it serves, and not written again', async () => {
    const files = { '.adobe/token': { value: `${await sealOld()}\n` } };
    const { recording, requested } = await provide({ inputs: file, files });
    expect(requested).toEqual([]);
    expect(recording.pairs('output')).toMatchObject({ 'access-token': OLD, source: 'sealed' });
    expect(kept(recording)).toEqual([]);
  });

  test('is written where there is none, once the token is published', async () => {
    const { recording, requested } = await provide({ inputs: file });
    expect(requested).toEqual([MINT]);
    expect(recording.lines('notice')).toEqual([]);
    expect(recording.calls.at(-1)).toEqual(['file', '.adobe/token', expect.stringMatching(/^eyJ/)]);
    expect(recording.pairs('output')).not.toHaveProperty('sealed-token');
  });

  test('is written anew where it does not serve', async () => {
    const files = { '.adobe/token': { value: await sealOld(START_MS) } };
    const { recording, requested } = await provide({ inputs: file, files });
    expect(requested).toEqual([MINT]);
    expect(kept(recording)).toHaveLength(1);
  });

  test('is left alone where sealed-token serves', async () => {
    const inputs = { ...file, 'sealed-token': await sealOld() };
    const { recording } = await provide({ inputs });
    expect(kept(recording)).toEqual([]);
  });

  test('that cannot be used costs two notices, never the token', async () => {
    const files = { '.adobe/token': { fault: 'is not a regular file' } };
    const { error, recording } = await provide({ inputs: file, files });
    expect(error).toBeUndefined();
    expect(recording.lines('notice')).toHaveLength(2);
    expect(recording.pairs('output')).toMatchObject({ source: 'minted' });
  });

  test('is handed on as it is with `seal: true`', async () => {
    const sealed = await sealOld();
    const { recording } = await provide({
      inputs: { ...file, seal: 'true' },
      files: { '.adobe/token': { value: sealed } },
    });
    expect(recording.pairs('output')).toMatchObject({ 'sealed-token': sealed });
  });
});
