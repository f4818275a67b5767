// What an event says of who wrote the code that runs.
import { describe, expect, test } from '@jest/globals';
import { concernsForksCode, type Trigger, withheldBecause } from '../../src/github/event.ts';
import { FORK, OWN_REPOSITORY, pullRequestFrom, workflowRunFor } from '../support/events.ts';

const aFork = { repository: { fork: true } };
const trigger = (name: string, payload: unknown, actor = 'octocat'): Trigger => ({
  name,
  actor,
  payload,
});

describe('secrets are withheld', () => {
  test.each(['pull_request', 'pull_request_review', 'pull_request_review_comment'])(
    'from %s of a fork, and not of the repository itself',
    (name) => {
      expect(withheldBecause(trigger(name, pullRequestFrom(FORK)))).toBe('fork-pull-request');
      expect(withheldBecause(trigger(name, pullRequestFrom(null)))).toBe('fork-pull-request');
      expect(withheldBecause(trigger(name, pullRequestFrom(OWN_REPOSITORY)))).toBeUndefined();
    },
  );

  test.each(['pull_request_target', 'pull_request_comment', 'a_pull_request', 'push', ''])(
    'not from "%s" of a fork',
    (name) => {
      expect(withheldBecause(trigger(name, pullRequestFrom(FORK)))).toBeUndefined();
    },
  );

  test('from what Dependabot starts', () => {
    expect(withheldBecause(trigger('push', {}, 'dependabot[bot]'))).toBe('dependabot');
    expect(withheldBecause(trigger('push', {}, 'dependabot'))).toBeUndefined();
  });

  test('in a repository that is a fork', () => {
    expect(withheldBecause(trigger('push', aFork))).toBe('fork');
    expect(withheldBecause(trigger('push', { repository: { fork: false } }))).toBeUndefined();
    expect(withheldBecause(trigger('push', { repository: { fork: 'true' } }))).toBeUndefined();
  });

  test('for the likeliest of several reasons', () => {
    const payload = { ...pullRequestFrom(FORK), ...aFork };
    expect(withheldBecause(trigger('pull_request', payload, 'dependabot[bot]'))).toBe(
      'fork-pull-request',
    );
    expect(withheldBecause(trigger('push', payload, 'dependabot[bot]'))).toBe('dependabot');
  });

  test.each([
    undefined,
    null,
    'text',
    7,
    [],
    {},
    { pull_request: null },
    { pull_request: { head: { repo: { full_name: FORK } } } },
    Object.create(pullRequestFrom(FORK)),
  ])('not by the payload %j, which says nothing of it', (payload) => {
    expect(withheldBecause(trigger('pull_request', payload))).toBeUndefined();
  });
});

describe('a run with secrets', () => {
  test.each([
    ['pull_request_target', pullRequestFrom(FORK), true],
    ['pull_request_target', pullRequestFrom(null), true],
    ['pull_request_target', pullRequestFrom(OWN_REPOSITORY), false],
    ['pull_request_target', {}, false],
    ['pull_request_target', workflowRunFor(FORK), false],
    ['workflow_run', workflowRunFor(FORK), true],
    ['workflow_run', workflowRunFor(null), true],
    ['workflow_run', workflowRunFor(OWN_REPOSITORY), false],
    ['workflow_run', {}, false],
    ['pull_request', pullRequestFrom(FORK), false],
    ['push', workflowRunFor(FORK), false],
  ])("on %s with %j is for a fork's code: %p", (name, payload, concerns) => {
    expect(concernsForksCode(trigger(name, payload))).toBe(concerns);
  });
});
