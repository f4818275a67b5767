/** Why the credentials of a run are empty, likeliest first. */

import type { Withheld } from '../github/source.ts';
import { list } from '../messages.ts';

const REASONS: Readonly<Record<Withheld, string>> = {
  'fork-pull-request':
    'this run is for a pull request from a fork, and GitHub gives those no secrets',
  dependabot:
    'Dependabot started this run, which gets only the secrets under Settings > Secrets and variables > Dependabot',
  fork: 'this repository is a fork, and secrets stay with the original: add your own under Settings > Secrets and variables > Actions',
};

const USUAL =
  'check that the name in `secrets.NAME` is that of a repository or organization secret that this repository may use; an environment secret needs `environment:` on the job, and a reusable workflow needs `secrets:` from its caller';

const UNREADABLE =
  'the event that started this run could not be read, so it is unknown whether GitHub withholds secrets, as it does for a pull request from a fork: re-run the job';

/** Says which credentials are empty, and why that is. */
export function missingCredentials(
  names: readonly string[],
  withheld: Withheld | 'unknown' | undefined,
): string {
  const verb = names.length === 1 ? 'is' : 'are';
  const reason = withheld === 'unknown' ? UNREADABLE : withheld ? REASONS[withheld] : USUAL;
  return `${list(names)} ${verb} empty: ${reason}`;
}

/** The same, and how to end the step green where GitHub withholds secrets. */
export function missingCredentialsFault(
  names: readonly string[],
  withheld: Withheld | 'unknown' | undefined,
  skips: boolean,
): string {
  if (withheld === 'unknown') {
    // Who does not skip wants to hear of the names first: most events are readable, and few are from forks.
    return missingCredentials(names, skips ? withheld : undefined);
  }
  const advice = withheld
    ? '; with `on-missing-credentials: skip` the step succeeds there without a token'
    : '';
  return `${missingCredentials(names, withheld)}${advice}`;
}
