// The shipped bundle and the event that started it: credentials that GitHub withholds, forks' code, tokens of earlier steps.
import { describe, expect, test } from '@jest/globals';
import { runMain } from './support/action.ts';
import { start } from './support/stand-in.ts';

const REPOSITORY = 'octo-org/octo-repo';

function pullRequest(head: string) {
  const base = { repo: { full_name: REPOSITORY } };
  return { pull_request: { head: { repo: { full_name: head } }, base } };
}

describe('missing credentials', () => {
  const nothing = { 'client-id': '', 'client-secret': '' };

  describe.each<[string, string, string | undefined, unknown]>([
    ['a pull request from a fork', 'pull_request', undefined, pullRequest('somebody/octo-repo')],
    ['a run of Dependabot', 'pull_request', 'dependabot[bot]', pullRequest(REPOSITORY)],
    ['a repository that is a fork', 'push', undefined, { repository: { fork: true } }],
  ])('of %s', (_what, name, actor, event) => {
    const env = { GITHUB_EVENT_NAME: name, ...(actor && { GITHUB_ACTOR: actor }) };

    test.concurrent('fail, and the likely reason is told', async () => {
      const standIn = await start();
      const { exitCode, transcript } = await runMain(standIn, { inputs: nothing, env, event });
      expect(exitCode).toBe(1);
      expect(transcript).toMatchSnapshot();
      expect(standIn.requests).toEqual([]);
    });

    test.concurrent('end the step green where that is wanted', async () => {
      const standIn = await start();
      const inputs = { ...nothing, 'on-missing-credentials': 'skip', summary: 'true' };
      const { exitCode, transcript } = await runMain(standIn, { inputs, env, event });
      expect(exitCode).toBe(0);
      expect(transcript).toMatchSnapshot();
      expect(standIn.requests).toEqual([]);
    });
  });

  test.concurrent.each<[string, string, string, unknown]>([
    ['a push', 'fail', 'push', { repository: { fork: false } }],
    ['a push', 'skip', 'push', { repository: { fork: false } }],
    ['its own pull request', 'skip', 'pull_request', pullRequest(REPOSITORY)],
    ['a pull request with secrets', 'skip', 'pull_request_target', pullRequest('somebody/it')],
    ['an event without a payload', 'skip', 'schedule', null],
  ])('fail on %s, though to %s is wanted', async (_what, wanted, name, event) => {
    const standIn = await start();
    const inputs = { ...nothing, 'on-missing-credentials': wanted };
    const env = { GITHUB_EVENT_NAME: name };
    const { exitCode, errors, outputs } = await runMain(standIn, { inputs, env, event });
    expect({ exitCode, outputs }).toEqual({ exitCode: 1, outputs: {} });
    expect(errors).toEqual([
      expect.stringMatching(
        /^Wrong input: client-id and client-secret are empty: check that the name in `secrets\.NAME` is .*#missing-credentials$/,
      ),
    ]);
    expect(standIn.requests).toEqual([]);
  });

  test.concurrent.each([
    ['client-id', 'client-id is empty: '],
    ['client-secret', 'client-secret is empty: '],
  ])('are named one by one: %s', async (name, says) => {
    const { exitCode, errors } = await runMain(await start(), { inputs: { [name]: '' } });
    expect(exitCode).toBe(1);
    expect(errors).toEqual([expect.stringContaining(says)]);
  });
});

describe('a token that a fork could take', () => {
  const fork = { head_repository: { full_name: 'somebody/octo-repo' } };
  const own = { head_repository: { full_name: REPOSITORY } };
  const repository = { full_name: REPOSITORY };

  test.concurrent.each<[string, unknown]>([
    ['pull_request_target', pullRequest('somebody/octo-repo')],
    ['workflow_run', { workflow_run: fork, repository }],
  ])('is warned of on %s', async (name, event) => {
    const env = { GITHUB_EVENT_NAME: name };
    const { exitCode, transcript } = await runMain(await start(), { env, event });
    expect(exitCode).toBe(0);
    expect(transcript).toMatchSnapshot();
  });

  test.concurrent.each<[string, string, unknown, Record<string, string>]>([
    ['it is not exported', 'pull_request_target', pullRequest('a/fork'), { 'export-env': 'false' }],
    ['the head is no fork', 'pull_request_target', pullRequest(REPOSITORY), {}],
    [
      'the run that came before was no fork’s',
      'workflow_run',
      { workflow_run: own, repository },
      {},
    ],
  ])('is not warned of where %s', async (_why, name, event, inputs) => {
    const env = { GITHUB_EVENT_NAME: name };
    const { exitCode, warnings } = await runMain(await start(), { env, event, inputs });
    expect({ exitCode, warnings }).toEqual({ exitCode: 0, warnings: [] });
  });
});

describe('the environment variables', () => {
  test.concurrent('are not set where they are not wanted', async () => {
    const standIn = await start();
    const { env, outputs } = await runMain(standIn, { inputs: { 'export-env': 'false' } });
    expect(env).toEqual({});
    expect(outputs['access-token']).toBe(standIn.tokens[0]);
  });

  test.concurrent('have the prefix that is wanted', async () => {
    const standIn = await start();
    const inputs = { service: 'photoshop', 'env-prefix': 'my_Prefix' };
    const { env } = await runMain(standIn, { inputs });
    expect(env).toEqual({
      my_Prefix_ACCESS_TOKEN: standIn.tokens[0],
      my_Prefix_CLIENT_ID: 'the-client',
    });
  });

  test.concurrent.each([
    ['the token of another client, other-client', { 'client-id': 'other-client' }],
    ['a token with other scopes', { scope: 'openid,AdobeID' }],
  ])('are replaced with a warning where they held %s', async (what, inputs) => {
    const standIn = await start();
    const first = await runMain(standIn, { inputs });
    const second = await runMain(standIn, { env: first.env });
    expect(second.exitCode).toBe(0);
    expect(second.warnings).toEqual([
      `FIREFLY_SERVICES_ACCESS_TOKEN held ${what}, from an earlier step: steps after this one see the new token. Give this step another \`env-prefix\` to keep both`,
    ]);
  });

  test.concurrent('are replaced in silence where they held such a token', async () => {
    const standIn = await start();
    const first = await runMain(standIn);
    const { exitCode, warnings, env } = await runMain(standIn, { env: first.env });
    expect({ exitCode, warnings }).toEqual({ exitCode: 0, warnings: [] });
    expect(env['FIREFLY_SERVICES_ACCESS_TOKEN']).toBe(standIn.tokens[1]);
  });
});
