// The sentence on empty credentials, for each reason that GitHub can have.
import { describe, expect, test } from '@jest/globals';
import {
  missingCredentials,
  missingCredentialsFault,
} from '../../src/inputs/missing-credentials.ts';

const skip = '; with `on-missing-credentials: skip` the step succeeds there without a token';

describe('missing credentials', () => {
  test.each([
    [
      'fork-pull-request',
      'this run is for a pull request from a fork, and GitHub gives those no secrets',
      skip,
    ],
    [
      'dependabot',
      'Dependabot started this run, which gets only the secrets under Settings > Secrets and variables > Dependabot',
      skip,
    ],
    [
      'fork',
      'this repository is a fork, and secrets stay with the original: add your own under Settings > Secrets and variables > Actions',
      skip,
    ],
    [
      undefined,
      'check that the name in `secrets.NAME` is that of a repository or organization secret that this repository may use; an environment secret needs `environment:` on the job, and a reusable workflow needs `secrets:` from its caller',
      '',
    ],
  ] as const)('are explained where the reason is %s', (withheld, reason, advice) => {
    const sentence = `client-secret is empty: ${reason}`;
    expect(missingCredentials(['client-secret'], withheld)).toBe(sentence);
    for (const skips of [true, false]) {
      expect(missingCredentialsFault(['client-secret'], withheld, skips)).toBe(sentence + advice);
    }
  });

  test('are explained by an event that cannot be read to those alone who would skip', () => {
    const names = ['client-secret'];
    const sentence =
      'client-secret is empty: the event that started this run could not be read, so it is unknown whether GitHub withholds secrets, as it does for a pull request from a fork: re-run the job';
    expect(missingCredentials(names, 'unknown')).toBe(sentence);
    expect(missingCredentialsFault(names, 'unknown', true)).toBe(sentence);
    expect(missingCredentialsFault(names, 'unknown', false)).toBe(
      missingCredentials(names, undefined),
    );
  });

  test('are all named', () => {
    expect(missingCredentials(['client-id', 'client-secret'], 'fork')).toMatch(
      /^client-id and client-secret are empty: this repository is a fork/,
    );
  });
});
