/** What the event that started the run says of trust: who may have written the code that runs. */

import { readPath } from '../values.ts';
import type { Withheld } from './source.ts';

/** The run's surroundings, as far as trust goes. */
export interface Trigger {
  /** `GITHUB_EVENT_NAME`. */
  readonly name: string;
  /** `GITHUB_ACTOR`. */
  readonly actor: string;
  /** The event's payload, JSON of any shape, or undefined where its file cannot be read. Read when asked for. */
  readonly payload: () => unknown;
}

/**
 * Why GitHub withholds this run's secrets, or undefined where it does not. `unknown` where the event
 * cannot be read.
 * @see https://docs.github.com/actions/how-tos/write-workflows/choose-what-workflows-do/use-secrets
 */
export function withheldBecause({
  name,
  actor,
  payload,
}: Trigger): Withheld | 'unknown' | undefined {
  if (actor === 'dependabot[bot]') return 'dependabot';
  const event = payload();
  if (event === undefined) return 'unknown';
  if (/^pull_request(_review|_review_comment)?$/.test(name) && isForksPullRequest(event)) {
    return 'fork-pull-request';
  }
  return readPath(event, 'repository', 'fork') === true ? 'fork' : undefined;
}

/** Whose code a run with this repository's secrets may be about. */
export type Concern = 'fork' | 'comment' | 'unknown';

/**
 * Whether the run has this repository's secrets and yet concerns code from elsewhere: a fork's, or that of
 * a pull request that somebody commented on. `unknown` where the event of such a run cannot be read.
 * @see https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/
 */
export function concernsForeignCode({ name, payload }: Trigger): Concern | undefined {
  const check = CHECKS.get(name);
  if (!check) return undefined;
  const event = payload();
  return event === undefined ? 'unknown' : check(event);
}

/** By the events that run with secrets for somebody else's code; no other event is read, since it may be large. */
const CHECKS = new Map<string, (event: unknown) => Concern | undefined>([
  ['pull_request_target', (event) => (isForksPullRequest(event) ? 'fork' : undefined)],
  ['workflow_run', (event) => (isForksRun(event) ? 'fork' : undefined)],
  ['issue_comment', (event) => (readPath(event, 'issue', 'pull_request') ? 'comment' : undefined)],
]);

function isForksRun(event: unknown): boolean {
  const head = readPath(event, 'workflow_run', 'head_repository', 'full_name');
  return head !== readPath(event, 'repository', 'full_name');
}

function isForksPullRequest(event: unknown): boolean {
  const base = readPath(event, 'pull_request', 'base', 'repo', 'full_name');
  // The head's repository is null once the fork is deleted: then it was one.
  return (
    base !== undefined && readPath(event, 'pull_request', 'head', 'repo', 'full_name') !== base
  );
}
