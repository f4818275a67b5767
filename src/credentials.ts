/** Why the credentials of a run are empty, likeliest first. */

import type { Withheld } from './event.ts';

const REASONS: Readonly<Record<Withheld, string>> = {
  'fork-pull-request':
    'this run is for a pull request from a fork, and GitHub gives those no secrets',
  dependabot:
    'this run is Dependabot’s, which gets no other secrets than those under Settings, Secrets and variables, Dependabot',
  fork: 'this repository is a fork, and secrets stay with the original: add your own under Settings, Secrets and variables, Actions',
};

const USUAL =
  'usually the secret’s name is misspelt in `secrets.NAME` or the secret is not set; or it is an environment’s, and the job has no `environment:`; or the run is a fork’s pull request or Dependabot’s';

/** Says which credentials are empty, and why that is. */
export function missingCredentials(
  names: readonly string[],
  withheld: Withheld | undefined,
): string {
  const subject =
    names.length === 1 ? `${names.join()} is empty` : `${names.join(' and ')} are empty`;
  return `${subject}: ${withheld ? REASONS[withheld] : USUAL}`;
}

/** The same, and how to end the step green where GitHub withholds secrets. */
export function missingCredentialsFault(
  names: readonly string[],
  withheld: Withheld | undefined,
): string {
  const advice = withheld ? '; `on-missing-credentials: skip` ends the step green there' : '';
  return `${missingCredentials(names, withheld)}${advice}`;
}
