// Payloads of events, as far as the action reads them.

export const OWN_REPOSITORY = 'octo-org/octo-repo';
export const FORK = 'somebody/octo-repo';

const named = (full_name: string | null) => full_name && { full_name };

/** A pull request from a repository, or from one that is gone. */
export function pullRequestFrom(head: string | null) {
  return {
    repository: named(OWN_REPOSITORY),
    pull_request: { base: { repo: named(OWN_REPOSITORY) }, head: { repo: named(head) } },
  };
}

/** A workflow_run after a run for a repository's code, or for that of one that is gone. */
export function workflowRunFor(head: string | null) {
  return { repository: named(OWN_REPOSITORY), workflow_run: { head_repository: named(head) } };
}
