/** Which credentials of a run are empty, and why, likeliest first. */

import type { InputSource, Withheld } from '../github/source.ts';
import { list } from '../messages.ts';
import { lacksSecrets } from './credentials.ts';
import type { InputName } from './inputs.ts';
import type { Unread } from './reader.ts';
import { isSecretGiven } from './secrets.ts';

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

export interface Missing {
  readonly missing: readonly InputName[];
  /** The same in words. */
  readonly names: readonly string[];
  readonly withheld: Withheld | 'unknown' | undefined;
}

/** What is empty of the credentials, and whether GitHub withholds it. */
export function findMissing(source: InputSource, unread: Unread): Missing {
  const missing = listMissing(source, unread);
  if (missing.length > 0) return { missing, names: missing, withheld: source.withheld() };
  const isLacking =
    !isGiven(source, unread, 'client-secret') && lacksSecrets(source.input('credentials'));
  // The secret alone may be withheld, where the rest of the file is none.
  const withheld = isLacking ? source.withheld() : undefined;
  return isWithheld(withheld)
    ? { missing: ['client-secret'], names: ['the client secret in credentials'], withheld }
    : { missing, names: missing, withheld: undefined };
}

/** Whether GitHub is known to withhold it. */
export function isWithheld(withheld: Missing['withheld']): boolean {
  return withheld !== undefined && withheld !== 'unknown';
}

/** The inputs without which there are no credentials, but for those that were given under a misspelt name. */
function listMissing(source: InputSource, unread: Unread): readonly InputName[] {
  const isMissing = (name: InputName) => !isGiven(source, unread, name);
  if (!isMissing('credentials')) return [];
  const missing = (['client-id', 'client-secret'] as const).filter(isMissing);
  return missing.length === 2 ? ['credentials', ...missing] : missing;
}

/** Whether an input is given, under a misspelt name too. */
export function isGiven(source: InputSource, unread: Unread, name: InputName): boolean {
  if (unread.has(name)) return true;
  return name === 'client-secret' ? isSecretGiven(source) : source.input(name) !== '';
}

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
