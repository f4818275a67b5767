// What an event says of who wrote the code that runs.
import { describe, expect, test } from '@jest/globals';
import { concernsForksCode, type Trigger, withheldBecause } from '../src/event.ts';

const own = { full_name: 'owner/repository', fork: false };
const others = { full_name: 'somebody/repository', fork: true };
const pullFrom = (repo: unknown) => ({
  repository: own,
  pull_request: { base: { repo: own }, head: { repo } },
});
const runOf = (head_repository: unknown) => ({
  repository: own,
  workflow_run: { head_repository },
});
const trigger = (name: string, payload: unknown, actor = 'octocat'): Trigger => ({
  name,
  actor,
  payload,
});

describe('secrets are withheld', () => {
  test.each(['pull_request', 'pull_request_review', 'pull_request_review_comment'])(
    'from %s of a fork, and not of the repository itself',
    (name) => {
      expect(withheldBecause(trigger(name, pullFrom(others)))).toBe('fork-pull-request');
      expect(withheldBecause(trigger(name, pullFrom(null)))).toBe('fork-pull-request');
      expect(withheldBecause(trigger(name, pullFrom(own)))).toBeUndefined();
    },
  );

  test.each(['pull_request_target', 'pull_request_comment', 'a_pull_request', 'push', ''])(
    'not from "%s" of a fork',
    (name) => {
      expect(withheldBecause(trigger(name, pullFrom(others)))).toBeUndefined();
    },
  );

  test('from what Dependabot starts', () => {
    expect(withheldBecause(trigger('push', {}, 'dependabot[bot]'))).toBe('dependabot');
    expect(withheldBecause(trigger('push', {}, 'dependabot'))).toBeUndefined();
  });

  test('in a repository that is a fork', () => {
    expect(withheldBecause(trigger('push', { repository: others }))).toBe('fork');
    expect(withheldBecause(trigger('push', { repository: own }))).toBeUndefined();
    expect(withheldBecause(trigger('push', { repository: { fork: 'true' } }))).toBeUndefined();
  });

  test('for the likeliest of several reasons', () => {
    const payload = { ...pullFrom(others), repository: others };
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
    { pull_request: { head: { repo: others } } },
    Object.create(pullFrom(others)),
  ])('not by the payload %j, which says nothing of it', (payload) => {
    expect(withheldBecause(trigger('pull_request', payload))).toBeUndefined();
  });
});

describe('a run with secrets', () => {
  test.each([
    ['pull_request_target', pullFrom(others), true],
    ['pull_request_target', pullFrom(null), true],
    ['pull_request_target', pullFrom(own), false],
    ['pull_request_target', {}, false],
    ['pull_request_target', runOf(others), false],
    ['workflow_run', runOf(others), true],
    ['workflow_run', runOf(null), true],
    ['workflow_run', runOf(own), false],
    ['workflow_run', {}, false],
    ['pull_request', pullFrom(others), false],
    ['push', runOf(others), false],
  ])('on %s with %j is for a fork’s code: %p', (name, payload, concerns) => {
    expect(concernsForksCode(trigger(name, payload))).toBe(concerns);
  });
});
