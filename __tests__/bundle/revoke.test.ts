// The shipped bundle ends its token at the end of the job: main and post as the runner hands things from one to the other.
import { beforeAll, describe, expect, test } from '@jest/globals';
import { readAction } from '../../dev/runner/action.ts';
import type { StandIn, StandInOptions } from '../../dev/stand-in/server.ts';
import { openClock } from '../../src/clock.ts';
import { type Run, type RunOptions, runMain, runPost } from '../support/bundle.ts';
import { SECOND_SECRET, SECRET } from '../support/credentials.ts';
import { startWithSeal } from '../support/seals.ts';
import { listPaths, start } from '../support/stand-in.ts';

/** Whether the runner starts the post step after `run`, by action.yml's `post-if`. */
function wantsPost({ env }: Run): boolean {
  const [, name = '', value] =
    /^always\(\) && env\.(\w+) == '(\w+)'$/.exec(readAction().runs.postIf ?? '') ?? [];
  return env[name] === value;
}

/** A main step that has minted a token to revoke, and the post step that follows. */
async function runBoth(
  standIn: StandIn,
  inputs: Record<string, string> = {},
  later: RunOptions = {},
) {
  const main = await runMain(standIn, { inputs: { revoke: 'true', ...inputs } });
  return { main, post: await runPost(standIn, main, later) };
}

const REVOKED = ['/ims/token/v3', '/ims/invalidate_token/v2'];

describe('a token is revoked', () => {
  test.concurrent('by its post step, which is requested in the environment', async () => {
    const standIn = await start();
    const { main, post } = await runBoth(standIn);
    expect(main.transcript).toMatchSnapshot();
    expect(wantsPost(main)).toBe(true);
    expect(post.transcript).toMatchSnapshot();
    expect(standIn.revoked).toEqual(standIn.tokens);
    expect(standIn.requests[1]).toMatchObject({
      method: 'POST',
      path: '/ims/invalidate_token/v2',
      query: '',
      body: `token_type=access_token&token=${standIn.tokens[0]}&client_id=the-client&client_secret=${SECRET}`,
    });
  });

  test.concurrent('with nothing else exported', async () => {
    const standIn = await start();
    const { main } = await runBoth(standIn, { 'export-env': 'false' });
    expect(main.env).toEqual({ ADOBE_IMS_TOKEN_REVOKE: 'true' });
    expect(standIn.revoked).toEqual(standIn.tokens);
  });

  test.concurrent('with the secret that had got it, of several', async () => {
    const standIn = await start({ clientSecrets: [SECOND_SECRET] });
    const { main, post } = await runBoth(standIn, {
      'client-secret': `${SECRET}\n${SECOND_SECRET}`,
    });
    expect(main.exitCode).toBe(0);
    expect(post.transcript).toMatchSnapshot();
    expect(standIn.revoked).toEqual(standIn.tokens);
    expect(listPaths(standIn)).toEqual(['/ims/token/v3', ...REVOKED]);
  });

  test.concurrent('though it failed its verification', async () => {
    const standIn = await start({ failVerify: ['invalid'] });
    const { main, post } = await runBoth(standIn, { verify: 'token' });
    expect({ exitCode: main.exitCode, outputs: main.outputs }).toEqual({
      exitCode: 1,
      outputs: {},
    });
    expect(wantsPost(main)).toBe(true);
    expect(post.exitCode).toBe(0);
    expect(standIn.revoked).toEqual(standIn.tokens);
  });

  test.concurrent('each by its own post step, where the action is used twice', async () => {
    const standIn = await start();
    const first = await runMain(standIn, { inputs: { revoke: 'true' } });
    const inputs = {
      revoke: 'true',
      'client-id': 'another-client',
      'client-secret': SECOND_SECRET,
    };
    const second = await runMain(standIn, { inputs });
    for (const main of [second, first]) await runPost(standIn, main);
    expect(standIn.revoked).toEqual(standIn.tokens.toReversed());
    const [, , last, before] = standIn.requests.map(({ body }) => body);
    expect(last).toContain(`&client_id=another-client&client_secret=${SECOND_SECRET}`);
    expect(before).toContain(`&client_id=the-client&client_secret=${SECRET}`);
  });

  test.concurrent('after another try where the network fails', async () => {
    const standIn = await start({ failRevoke: ['503'] });
    const { post } = await runBoth(standIn);
    expect(post.transcript).toMatchSnapshot();
    expect(standIn.revoked).toEqual(standIn.tokens);
  });
});

describe('nothing is revoked', () => {
  test.concurrent('where nobody asks for it: no post step is started', async () => {
    const standIn = await start();
    const main = await runMain(standIn);
    expect(wantsPost(main)).toBe(false);
    expect(main.state).toEqual({});
  });

  test.concurrent('of what another use of the action got: the post step says nothing', async () => {
    const standIn = await start();
    const main = await runMain(standIn);
    const post = await runPost(standIn, main, { env: { ADOBE_IMS_TOKEN_REVOKE: 'true' } });
    expect(post.stdout).toBe(`::add-mask::${SECRET}\n`);
    expect(post.exitCode).toBe(0);
    expect(listPaths(standIn)).toEqual(['/ims/token/v3']);
  });

  test.concurrent('of what was sealed elsewhere', async () => {
    const { standIn, sealed } = await startWithSeal();
    const { main } = await runBoth(standIn, { 'sealed-token': sealed });
    expect({ source: main.outputs['source'], state: main.state }).toEqual({
      source: 'sealed',
      state: {},
    });
    expect(listPaths(standIn)).toEqual(['/ims/token/v3']);
  });
});

describe('a revocation that fails never fails the job, and is told:', () => {
  let main: Run;
  beforeAll(async () => {
    const inputs = { revoke: 'true', 'max-attempts': '2' };
    main = await runMain(await start(), { inputs });
  });

  test.concurrent.each<[string, StandInOptions, RunOptions, number]>([
    ['a server that is down', { failRevoke: ['503*'] }, {}, 2],
    ['a refusal', { failRevoke: ['invalid_client'] }, {}, 1],
    ['a page of a proxy', { failRevoke: ['html'] }, {}, 1],
    ['a redirect', { failRevoke: ['redirect'] }, {}, 1],
    ['a server that throws all of it back', { failRevoke: ['echo'] }, {}, 1],
    ['a secret that is gone', {}, { inputs: { 'client-secret': '' } }, 0],
    ['NODE_DEBUG, set by another step', {}, { env: { NODE_DEBUG: 'http' } }, 0],
    [
      'a secret of another action, as in nested composite actions',
      {},
      { inputs: { 'client-secret': SECOND_SECRET } },
      0,
    ],
    ['an answer that only accepts', { failRevoke: ['202'] }, {}, 1],
  ])('%s', async (_what, options, later, attempts) => {
    const standIn = await start(options);
    const server = { url: standIn.url, tokens: [main.state['token-0'] ?? ''] };
    const post = await runPost(server, main, {
      ...later,
      inputs: { ...main.inputs, ...later.inputs },
      state: { ...main.state, 'ims-url': standIn.url, ...later.state },
    });
    expect(post.exitCode).toBe(0);
    expect(post.warnings).toHaveLength(1);
    expect(post.transcript).toMatchSnapshot();
    expect(standIn.requests).toHaveLength(attempts);
  });
});

test('a token that has expired meanwhile is not sent', async () => {
  const standIn = await start();
  const main = await runMain(standIn, { inputs: { revoke: 'true' } });
  const state = { ...main.state, 'expires-at-ms-0': String(openClock().uptime()) };
  const post = await runPost(standIn, main, { state });
  expect(post.infos).toEqual([
    'The access token of client the-client has expired: there is nothing to revoke',
  ]);
  expect(listPaths(standIn)).toEqual(['/ims/token/v3']);
});
