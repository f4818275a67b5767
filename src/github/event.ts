/** What the event that started the run says of trust: who may have written the code that runs. */

/** The run's surroundings, as far as trust goes. */
export interface Trigger {
  /** `GITHUB_EVENT_NAME`. */
  readonly name: string;
  /** `GITHUB_ACTOR`. */
  readonly actor: string;
  /** The event's payload: JSON of any shape. */
  readonly payload: unknown;
}

/** Why GitHub gives a run no secrets. */
export type Withheld = 'fork-pull-request' | 'dependabot' | 'fork';

/**
 * Why GitHub withholds this run's secrets, or undefined where it does not.
 * @see https://docs.github.com/actions/how-tos/write-workflows/choose-what-workflows-do/use-secrets
 */
export function withheldBecause({ name, actor, payload }: Trigger): Withheld | undefined {
  if (/^pull_request(_review|_review_comment)?$/.test(name) && isForksPullRequest(payload)) {
    return 'fork-pull-request';
  }
  if (actor === 'dependabot[bot]') return 'dependabot';
  return field(payload, 'repository', 'fork') === true ? 'fork' : undefined;
}

/**
 * Whether the run has this repository's secrets and yet concerns a fork's code.
 * @see https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/
 */
export function concernsForksCode({ name, payload }: Trigger): boolean {
  if (name === 'pull_request_target') return isForksPullRequest(payload);
  if (name !== 'workflow_run') return false;
  const head = field(payload, 'workflow_run', 'head_repository', 'full_name');
  return head !== field(payload, 'repository', 'full_name');
}

function isForksPullRequest(payload: unknown): boolean {
  const base = field(payload, 'pull_request', 'base', 'repo', 'full_name');
  // The head's repository is null once the fork is deleted: then it was one.
  return base !== undefined && field(payload, 'pull_request', 'head', 'repo', 'full_name') !== base;
}

function field(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
        ? (inner as Record<string, unknown>)[key]
        : undefined,
    value,
  );
}
