// The shipped bundle when it is cut off: a cancelled job, and a log that nobody reads any more.
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { type Run, type RunOptions, runMain, runPost } from '../support/bundle.ts';
import { SECOND_SECRET, SECRET } from '../support/credentials.ts';
import { type MintingServerOptions, startMintingServer } from '../support/minting-server.ts';
import { serve, serveCounting } from '../support/server.ts';
import { start } from '../support/stand-in.ts';

const inputs = { revoke: 'true' };

/** A server that gives no token before `answer` settles, and what settles when one is requested. */
async function startSlow(
  answer: (requested: Promise<unknown>) => Promise<unknown>,
  rest: MintingServerOptions = {},
) {
  const { promise: requested, resolve } = Promise.withResolvers<void>();
  const delay = () => {
    resolve();
    return answer(requested);
  };
  return { server: await startMintingServer({ ...rest, delay }), requested };
}

/** Sends a signal once a line of the log holds `words`. */
function signalOnce(words: string, name: 'SIGINT' | 'SIGTERM'): RunOptions {
  const { promise: after, resolve } = Promise.withResolvers<void>();
  const onLine = (line: string) => {
    if (line.includes(words)) resolve();
  };
  return { signal: { name, after }, onLine };
}

/** What is left by a run that was cancelled after it had a token: its state, and nothing for others. */
function expectSaved(run: Run, token: string | undefined): void {
  expect(run.exitCode).toBe(1);
  expect(run.outputs).toEqual({});
  expect(run.env).toEqual({ ADOBE_IMS_TOKEN_REVOKE: 'true' });
  expect(run.state).toMatchObject({ 'token-0': token });
}

describe('a job that is cancelled', () => {
  test.concurrent.each(['SIGINT', 'SIGTERM'] as const)(
    'by %s while a token is on its way saves it for the post step, which revokes it',
    async (name) => {
      const revoked: (string | undefined)[] = [];
      const { server, requested } = await startSlow(() => sleep(500), {
        answer: (request, response) => {
          revoked.push(request.url);
          response.end();
        },
      });
      const run = await runMain(server, { inputs, signal: { name, after: requested } });
      expectSaved(run, server.tokens[0]);
      expect(run.transcript).toMatchSnapshot();
      const post = await runPost(server, run);
      expect(post.infos).toEqual([expect.stringMatching(/^Revoked the access token /)]);
      expect(revoked).toEqual(['/ims/invalidate_token/v2']);
    },
  );

  test.concurrent('waits 5 s for an answer, and no longer', async () => {
    const { server, requested } = await startSlow(() => new Promise(() => {}));
    const run = await runMain(server, { inputs, signal: { name: 'SIGTERM', after: requested } });
    expect({ exitCode: run.exitCode, state: run.state }).toEqual({ exitCode: 1, state: {} });
    expect(run.transcript).toMatchSnapshot();
    expect(run.durationMs).toBeGreaterThan(5000);
    expect(run.durationMs).toBeLessThan(7500);
  });

  test.concurrent('sends no request after that', async () => {
    const standIn = await start({ fail: ['429-1*'] });
    const run = await runMain(standIn, { inputs, ...signalOnce('next try in', 'SIGTERM') });
    expect({ exitCode: run.exitCode, outputs: run.outputs }).toEqual({ exitCode: 1, outputs: {} });
    expect(run.transcript).toMatchSnapshot();
    expect(standIn.requests).toHaveLength(1);
  });

  test.concurrent('sends no other secret after that', async () => {
    const { promise: requested, resolve } = Promise.withResolvers<void>();
    const { url, count } = await serveCounting(async (_request, response) => {
      resolve();
      await sleep(500);
      response.writeHead(400).end('{"error":"invalid_client"}');
    });
    const two = { ...inputs, 'client-secret': `${SECRET}\n${SECOND_SECRET}` };
    await runMain({ url }, { inputs: two, signal: { name: 'SIGTERM', after: requested } });
    expect(count()).toBe(1);
  });

  test.concurrent('does not wait for a verification', async () => {
    const standIn = await start({ failVerify: ['hang*'] });
    const run = await runMain(standIn, {
      inputs: { ...inputs, verify: 'token' },
      ...signalOnce('succeeded', 'SIGINT'),
    });
    expectSaved(run, standIn.tokens[0]);
    expect(run.transcript).toMatchSnapshot();
    expect(run.durationMs).toBeLessThan(5000);
  });

  test.concurrent('ends at once where no token is to be revoked', async () => {
    const { server, requested } = await startSlow(() => new Promise(() => {}));
    const run = await runMain(server, { signal: { name: 'SIGTERM', after: requested } });
    const { exitCode, signal, outputs, env, state } = run;
    expect({ exitCode, signal }).toEqual({ exitCode: null, signal: 'SIGTERM' });
    expect({ outputs, env, state }).toEqual({ outputs: {}, env: {}, state: {} });
    expect(run.durationMs).toBeLessThan(5000);
  });
});

test.concurrent('SIGINT in the post step does not end it without a word', async () => {
  const requested = Promise.withResolvers<void>();
  const url = await serve(() => requested.resolve());
  const main = await runMain(await start(), { inputs: { revoke: 'true' } });
  const post = await runPost({ url, tokens: [main.state['token-0'] ?? ''] }, main, {
    state: { ...main.state, 'ims-url': url },
    signal: { name: 'SIGINT', after: requested.promise },
  });
  expect(post.exitCode).toBe(0);
  expect(post.warnings).toEqual([
    expect.stringMatching(/revoked the access token: the job was cancelled\. Treat the token as/),
  ]);
});

test.concurrent('a run whose log nobody reads ends, and publishes no token that it could not mask', async () => {
  const standIn = await start();
  const run = await runMain(standIn, {
    interpreter: 'bash',
    args: ['-c', 'exec "$NODE" "$0" > >(true)'],
    env: { NODE: process.execPath },
    killAfterMs: 10_000,
  });
  expect(run.transcript).toMatchSnapshot();
  expect({ exitCode: run.exitCode, outputs: run.outputs, env: run.env }).toEqual({
    exitCode: 1,
    outputs: {},
    env: {},
  });
});
