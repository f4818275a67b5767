// How a token is got with the first of several client secrets that IMS takes.
import { describe, expect, test } from '@jest/globals';
import { NetworkError } from '../../src/errors.ts';
import { openExchange } from '../../src/http/exchange.ts';
import { mintToken } from '../../src/steps/mint.ts';
import { START_MS } from '../support/clock.ts';
import { startRun } from '../support/context.ts';
import { SECRET } from '../support/credentials.ts';
import {
  answer,
  minted,
  readForm,
  refused,
  type Scripted,
  unauthorized,
} from '../support/scripted-exchange.ts';
import { start } from '../support/stand-in.ts';
import { OPAQUE_TOKEN } from '../support/tokens.ts';

const SECRETS = ['p8e-first-of-three', 'p8e-second-of-three', 'p8e-third-of-three'];
const TASK = 'Could not get an access token from ims-na1.adobelogin.com';

const rotate = (...answers: readonly Scripted[]) => {
  const run = startRun({ answers, inputs: { 'client-secret': SECRETS.join('\n') } });
  const tried = () => run.script.requests.map((request) => readForm(request)['client_secret']);
  return { ...run, tried };
};

describe('a token', () => {
  test('is requested with what the inputs say', async () => {
    const inputs = { scope: 'openid ff_apis', 'org-id': 'ORG@AdobeOrg' };
    const { context, script } = startRun({ answers: [minted], inputs });
    await mintToken(context);
    expect(script.requests.map(({ url }) => url)).toEqual([
      'https://ims-na1.adobelogin.com/ims/token/v3',
    ]);
    expect(script.requests.map(readForm)).toEqual([
      {
        grant_type: 'client_credentials',
        client_id: 'the-client',
        client_secret: SECRET,
        scope: 'openid,ff_apis',
        org_id: 'ORG@AdobeOrg',
      },
    ]);
  });

  test('is masked, and counts from its arrival', async () => {
    const { context, recording, clock } = startRun({
      answers: [
        () => {
          clock.advance(2000);
          return minted;
        },
      ],
    });
    const { token, attempts } = await mintToken(context);
    expect(recording.calls[1]).toEqual(['mask', OPAQUE_TOKEN]);
    expect(token.value.reveal()).toBe(OPAQUE_TOKEN);
    expect(token).toMatchObject({
      scopes: context.inputs.scopes,
      lifetimeMs: 86_399_000,
      expiresAtMs: START_MS + 2000 + 86_399_000,
    });
    expect(attempts).toBe(1);
  });

  test('is got from a server that answers as IMS does', async () => {
    const standIn = await start({ clientSecrets: ['p8e-second-of-two'] });
    const inputs = {
      'client-secret': 'p8e-first-of-two\np8e-second-of-two',
      'ims-url': standIn.url,
      scope: 'openid',
    };
    const { context } = startRun({ inputs, exchange: openExchange({}) });
    const { token, clientSecret, refusedLines } = await mintToken(context);
    expect(standIn.tokens).toEqual([token.value.reveal()]);
    expect(token.scopes).toEqual(['openid']);
    expect(clientSecret.line).toBe(2);
    expect(refusedLines).toEqual([1]);
  });
});

describe('a refused secret', () => {
  test('costs one request, and the next one is tried', async () => {
    const { context, tried } = rotate(refused, unauthorized, minted);
    const { attempts, refusedLines, clientSecret } = await mintToken(context);
    expect(tried()).toEqual(SECRETS);
    expect({ attempts, refusedLines }).toEqual({ attempts: 1, refusedLines: [1, 2] });
    expect(clientSecret.line).toBe(3);
    expect(clientSecret.secret.reveal()).toBe(SECRETS[2]);
  });

  test('before one that needs several tries does not count among them', async () => {
    const { context } = rotate(refused, answer(503), minted);
    expect(await mintToken(context)).toMatchObject({ attempts: 2, refusedLines: [1] });
  });

  test('that is the only one fails as it is', async () => {
    const { context, script } = startRun({ answers: [refused] });
    await expect(mintToken(context)).rejects.toMatchObject({
      name: 'OAuthError',
      message: 'HTTP 400, invalid_client "invalid client_secret parameter"',
      trail: { task: TASK, attempts: 1, gaveUp: undefined },
    });
    expect(script.requests).toHaveLength(1);
  });

  test('that is the last of several fails with the lines that were refused', async () => {
    const { context, tried } = rotate(refused, refused, unauthorized);
    await expect(mintToken(context)).rejects.toMatchObject({
      name: 'OAuthError',
      message: 'HTTP 401, invalid_client',
      trail: {
        task: TASK,
        attempts: 1,
        gaveUp: 'IMS refused lines 1, 2 and 3 of client-secret',
      },
    });
    expect(tried()).toEqual(SECRETS);
  });
});

describe('no other secret is tried', () => {
  test('once the job is cancelled', async () => {
    const { context, tried } = rotate(refused, minted);
    const cancellation = { ...context.cancellation, stopped: () => 'the job was cancelled' };
    await expect(mintToken({ ...context, cancellation })).rejects.toMatchObject({
      trail: { gaveUp: 'the job was cancelled' },
    });
    expect(tried()).toEqual([SECRETS[0]]);
  });

  test.each([
    [
      'the client ID is wrong',
      answer(400, { error: 'invalid_client', error_description: 'invalid client_id parameter' }),
    ],
    ['the scope is wrong', answer(400, { error: 'invalid_scope' })],
    ['the answer is no token', answer(200, '')],
    ['the server is not found', answer(404)],
    [
      'the certificate is refused',
      new NetworkError('no', { topic: 'tls-failed', hint: 'Look', transient: false }),
    ],
  ])('where %s', async (_name, scripted) => {
    const { context, tried } = rotate(scripted, minted);
    await expect(mintToken(context)).rejects.toMatchObject({ trail: { task: TASK, attempts: 1 } });
    expect(tried()).toEqual([SECRETS[0]]);
  });

  test('where a later line fails for another reason than its secret', async () => {
    const { context, tried } = rotate(refused, answer(400, { error: 'invalid_scope' }), minted);
    await expect(mintToken(context)).rejects.toMatchObject({
      message: 'HTTP 400, invalid_scope',
      trail: { task: TASK, attempts: 1, gaveUp: undefined },
    });
    expect(tried()).toEqual(SECRETS.slice(0, 2));
  });

  test('where this action has a defect', async () => {
    const { context, tried } = rotate(new TypeError('x is not a function'), minted);
    await expect(mintToken(context)).rejects.toThrow('x is not a function');
    expect(tried()).toEqual([SECRETS[0]]);
  });
});

test('no secret of any line is shown where IMS repeats it', async () => {
  const echo = { error: 'invalid_scope', error_description: SECRETS.join(' ') };
  const { context } = rotate(answer(400, echo));
  await expect(mintToken(context)).rejects.toThrow('HTTP 400, invalid_scope "*** *** ***"');
});
