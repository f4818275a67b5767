// What an event says of who wrote the code that runs.
import { describe, expect, test } from '@jest/globals';
import { concernsForeignCode, type Trigger, withheldBecause } from '../../src/github/event.ts';
import { FORK, OWN_REPOSITORY, pullRequestFrom, workflowRunFor } from '../support/events.ts';

const aFork = { repository: { fork: true } };
const trigger = (name: string, payload: unknown, actor = 'octocat'): Trigger => ({
  name,
  actor,
  payload: () => payload,
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
    expect(withheldBecause(trigger('push', payload, 'dependabot[bot]'))).toBe('dependabot');
    expect(withheldBecause(trigger('pull_request', payload))).toBe('fork-pull-request');
  });

  test('for a reason that nobody can tell, where the event cannot be read', () => {
    expect(withheldBecause(trigger('pull_request', undefined))).toBe('unknown');
  });

  test('from what Dependabot starts, even where the event cannot be read', () => {
    expect(withheldBecause(trigger('push', undefined, 'dependabot[bot]'))).toBe('dependabot');
  });

  test.each([
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
    ['pull_request_target', pullRequestFrom(FORK), 'fork'],
    ['pull_request_target', pullRequestFrom(null), 'fork'],
    ['pull_request_target', pullRequestFrom(OWN_REPOSITORY), undefined],
    ['pull_request_target', {}, undefined],
    ['pull_request_target', workflowRunFor(FORK), undefined],
    ['workflow_run', workflowRunFor(FORK), 'fork'],
    ['workflow_run', workflowRunFor(null), 'fork'],
    ['workflow_run', workflowRunFor(OWN_REPOSITORY), undefined],
    ['workflow_run', {}, undefined],
    ['issue_comment', { issue: { pull_request: { url: 'x' } } }, 'comment'],
    ['issue_comment', { issue: { title: 'x' } }, undefined],
    ['issue_comment', {}, undefined],
    ['pull_request_target', undefined, 'unknown'],
    ['workflow_run', undefined, 'unknown'],
    ['issue_comment', undefined, 'unknown'],
    ['pull_request', pullRequestFrom(FORK), undefined],
    ['push', workflowRunFor(FORK), undefined],
  ])('on %s with %j is about code from elsewhere: %p', (name, payload, concern) => {
    expect(concernsForeignCode(trigger(name, payload))).toBe(concern);
  });

  test.each(['push', 'schedule', 'workflow_dispatch', 'release', ''])(
    'does not read its event on "%s": it may be large',
    (name) => {
      const payload = () => {
        throw new Error('The event was read');
      };
      expect(concernsForeignCode({ name, actor: 'octocat', payload })).toBeUndefined();
    },
  );
});
