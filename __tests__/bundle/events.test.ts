// The shipped bundle and the event that started it: credentials that GitHub withholds, and forks' code.
import { describe, expect, test } from '@jest/globals';
import { runMain } from '../support/bundle.ts';
import { FORK, OWN_REPOSITORY, pullRequestFrom, workflowRunFor } from '../support/events.ts';
import { start } from '../support/stand-in.ts';

describe('missing credentials', () => {
  const nothing = { 'client-id': '', 'client-secret': '' };

  describe.each<[string, string, string | undefined, unknown]>([
    ['a pull request from a fork', 'pull_request', undefined, pullRequestFrom(FORK)],
    ['a run of Dependabot', 'pull_request', 'dependabot[bot]', pullRequestFrom(OWN_REPOSITORY)],
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
    ['its own pull request', 'skip', 'pull_request', pullRequestFrom(OWN_REPOSITORY)],
    ['a pull request with secrets', 'skip', 'pull_request_target', pullRequestFrom(FORK)],
    ['an event without a payload', 'skip', 'schedule', null],
  ])('fail on %s with on-missing-credentials: %s', async (_what, wanted, name, event) => {
    const standIn = await start();
    const inputs = { ...nothing, 'on-missing-credentials': wanted };
    const env = { GITHUB_EVENT_NAME: name };
    const { exitCode, errors, outputs } = await runMain(standIn, { inputs, env, event });
    expect({ exitCode, outputs }).toEqual({ exitCode: 1, outputs: {} });
    expect(errors).toEqual([
      expect.stringMatching(
        /^Wrong input: credentials, client-id and client-secret are empty: check that the name in `secrets\.NAME` is .*#missing-credentials$/,
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
  test.concurrent.each<[string, unknown]>([
    ['pull_request_target', pullRequestFrom(FORK)],
    ['workflow_run', workflowRunFor(FORK)],
  ])('is warned of on %s', async (name, event) => {
    const env = { GITHUB_EVENT_NAME: name };
    const { exitCode, transcript } = await runMain(await start(), { env, event });
    expect(exitCode).toBe(0);
    expect(transcript).toMatchSnapshot();
  });

  test.concurrent.each<[string, string, unknown, Record<string, string>]>([
    ['it is not exported', 'pull_request_target', pullRequestFrom(FORK), { 'export-env': 'false' }],
    ['the head is no fork', 'pull_request_target', pullRequestFrom(OWN_REPOSITORY), {}],
    ["the run that came before was no fork's", 'workflow_run', workflowRunFor(OWN_REPOSITORY), {}],
  ])('is not warned of where %s', async (_why, name, event, inputs) => {
    const env = { GITHUB_EVENT_NAME: name };
    const { exitCode, warnings } = await runMain(await start(), { env, event, inputs });
    expect({ exitCode, warnings }).toEqual({ exitCode: 0, warnings: [] });
  });
});
