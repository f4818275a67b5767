// The main step as a whole: what happens in which order, and what a failure leaves behind.
import { describe, expect, test } from '@jest/globals';
import { fakeClock } from '../support/clock.ts';
import { SECRET } from '../support/credentials.ts';
import { FORK, workflowRunFor } from '../support/events.ts';
import { MINT, NEW, provide, VALIDATE } from '../support/main-step.ts';
import { answer, invalid, minted, unauthorized, valid } from '../support/scripted-exchange.ts';

describe('a new token', () => {
  test('is masked after the secrets, and published last', async () => {
    const { error, recording, requested } = await provide();
    expect(error).toBeUndefined();
    expect(requested).toEqual([MINT]);
    expect(recording.calls.map(([kind, name]) => `${kind} ${name}`)).toEqual([
      `mask ${SECRET}`,
      `mask ${NEW}`,
      'debug POST https://ims-na1.adobelogin.com/ims/token/v3: attempt 1 of 6: succeeded (0.00 s)',
      'variable ADOBE_ACCESS_TOKEN',
      'variable ADOBE_CLIENT_ID',
      'output access-token',
      'output token-type',
      'output expires-in',
      'output expires-at',
      'output scope',
      'output client-id',
      'output source',
      'output verified',
      'output skipped',
      expect.stringMatching('^info Got an access token from ims-na1.adobelogin.com'),
    ]);
    expect(recording.pairs('output')).toMatchObject({ source: 'minted', verified: 'none' });
  });

  test('is verified before it is published', async () => {
    const { recording, requested } = await provide({
      inputs: { verify: 'token' },
      answers: [minted, valid],
    });
    expect(requested).toEqual([MINT, VALIDATE]);
    expect(recording.pairs('output')).toMatchObject({ verified: 'token' });
  });

  test('that expires while it is verified is not published', async () => {
    const clock = fakeClock();
    const short = answer(200, { access_token: NEW, token_type: 'bearer', expires_in: 2 });
    const slow = () => {
      clock.advance(3000);
      return valid;
    };
    const { error, recording } = await provide({
      inputs: { verify: 'token' },
      answers: [short, slow],
      clock,
    });
    expect(error).toMatchObject({ name: 'ResponseError', topic: 'malformed-answer' });
    expect(recording.pairs('output')).toEqual({});
    expect(recording.pairs('variable')).toEqual({});
  });

  test('that cannot be written whole is not published, and says so', async () => {
    const { error, recording } = await provide({ failing: ['output'] });
    expect(error).toMatchObject({ name: 'FileCommandError', topic: 'file-command-failed' });
    expect(recording.pairs('variable')).toEqual({});
    expect(recording.lines('info')).toEqual([]);
  });

  test('that fails its verification is not published', async () => {
    const { error, recording } = await provide({
      inputs: { verify: 'token' },
      answers: [minted, invalid],
    });
    expect(error).toMatchObject({ name: 'VerificationError' });
    expect(recording.pairs('output')).toEqual({});
    expect(recording.pairs('variable')).toEqual({});
  });

  test('is sealed where that is wanted', async () => {
    const { recording } = await provide({ inputs: { seal: 'true' } });
    expect(recording.pairs('output')['sealed-token']).toMatch(/^[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/);
  });

  test('that would make too long a seal is published without, and with a warning', async () => {
    const access_token = 'x'.repeat(16_000);
    const long = answer(200, { access_token, token_type: 'bearer', expires_in: 86_399 });
    const inputs = {
      seal: 'true',
      scope: Array(400)
        .fill('')
        .map((_, at) => `scope-${at}`)
        .join(),
    };
    const { recording } = await provide({ inputs, answers: [long] });
    expect(recording.pairs('output')).not.toHaveProperty('sealed-token');
    expect(recording.lines('warning')).toEqual([
      'The output sealed-token is empty: it would be longer than 24 KiB. Later jobs must request tokens of their own',
    ]);
  });

  test('is not sealed unless that is wanted', async () => {
    expect((await provide()).recording.pairs('output')).not.toHaveProperty('sealed-token');
  });

  test('that IMS refuses is neither verified nor saved for its revocation', async () => {
    const { error, recording, requested } = await provide({
      inputs: { verify: 'token', revoke: 'true' },
      answers: [answer(400, { error: 'invalid_scope' })],
    });
    expect(error).toMatchObject({ name: 'OAuthError' });
    expect(requested).toEqual([MINT]);
    expect(recording.calls.map(([kind]) => kind)).toEqual(['mask', 'debug']);
  });

  test('comes with the warnings that it needs', async () => {
    const { recording } = await provide({
      inputs: { 'client-secret': `p8e-first-of-two\n${SECRET}`, scope: 'openid a' },
      answers: [
        unauthorized,
        answer(200, { access_token: NEW, token_type: 'bearer', expires_in: 1, scope: 'openid' }),
      ],
      trigger: { name: 'workflow_run', payload: workflowRunFor(FORK) },
    });
    expect(recording.lines('warning')).toEqual([
      expect.stringMatching('^IMS refused line 1 of client-secret and accepted line 2'),
      expect.stringMatching('^IMS issued a token without 1 requested scope: a'),
      expect.stringMatching('^This workflow_run run is about code from a fork'),
    ]);
  });
});

describe('a step', () => {
  test('masks every line of the secret, even where another input is wrong', async () => {
    const secrets = { 'client-secret': `${SECRET}\nshort`, timeout: 'soon' };
    const { error, recording, requested } = await provide({ inputs: secrets });
    expect(error).toMatchObject({ name: 'InputError' });
    expect(requested).toEqual([]);
    expect(recording.calls).toEqual([
      ['mask', SECRET],
      ['mask', 'short'],
    ]);
  });

  test('says in debug mode what it works with, before anything is sent', async () => {
    const { recording } = await provide({ isDebug: true });
    expect(recording.lines('debug')[0]).toMatch(/^adobe-ims-token-action [\d.]+; Node\.js v24/);
  });

  test('warns of a misspelt input beside the right one, and goes on', async () => {
    const { error, recording } = await provide({ env: { INPUT_SCOPES: 'ff_apis' } });
    expect(error).toBeUndefined();
    expect(recording.topics).toEqual(['wrong-input']);
    expect(recording.lines('warning')).toEqual([
      'scopes is not an input of this action and is ignored (did you mean scope, which is given too?)',
    ]);
  });

  test('masks what credentials hold, and needs nothing else', async () => {
    const credentials = JSON.stringify({ client_id: 'the-file-client', client_secret: SECRET });
    const { recording, requested } = await provide({
      inputs: { 'client-id': '', 'client-secret': '', credentials },
    });
    expect(requested).toEqual([MINT]);
    expect(recording.calls[0]).toEqual(['mask', SECRET]);
    expect(recording.pairs('output')).toMatchObject({ 'client-id': 'the-file-client' });
  });

  const without = { 'client-id': '', 'client-secret': '' };

  test('without credentials is skipped where that is wanted and GitHub withholds them', async () => {
    const { error, recording, requested } = await provide({
      inputs: { ...without, 'on-missing-credentials': 'skip' },
      trigger: { payload: { repository: { fork: true } } },
    });
    expect(error).toBeUndefined();
    expect(requested).toEqual([]);
    expect(recording.topics).toEqual(['skipped']);
    expect(recording.calls).toEqual([
      ['output', 'skipped', 'true'],
      [
        'notice',
        expect.stringMatching(
          '^Skipped: credentials, client-id and client-secret are empty: this repository is a fork',
        ),
      ],
    ]);
  });

  test('without credentials fails where they are not withheld', async () => {
    const { error, recording } = await provide({
      inputs: { ...without, 'on-missing-credentials': 'skip' },
    });
    expect(error).toMatchObject({ name: 'InputError', topic: 'missing-credentials' });
    expect(recording.calls).toEqual([]);
  });
});
