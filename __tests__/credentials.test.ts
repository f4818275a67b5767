// The sentence on empty credentials, for each reason that GitHub can have.
import { describe, expect, test } from '@jest/globals';
import { missingCredentials, missingCredentialsFault } from '../src/credentials.ts';

const skip = '; `on-missing-credentials: skip` ends the step green there';

describe('missing credentials', () => {
  test.each([
    [
      'fork-pull-request',
      'this run is for a pull request from a fork, and GitHub gives those no secrets',
      skip,
    ],
    [
      'dependabot',
      'this run is Dependabot’s, which gets no other secrets than those under Settings, Secrets and variables, Dependabot',
      skip,
    ],
    [
      'fork',
      'this repository is a fork, and secrets stay with the original: add your own under Settings, Secrets and variables, Actions',
      skip,
    ],
    [
      undefined,
      'usually the secret’s name is misspelt in `secrets.NAME` or the secret is not set; or it is an environment’s, and the job has no `environment:`; or the run is a fork’s pull request or Dependabot’s',
      '',
    ],
  ] as const)('are explained by %s', (withheld, reason, advice) => {
    const sentence = `client-secret is empty: ${reason}`;
    expect(missingCredentials(['client-secret'], withheld)).toBe(sentence);
    expect(missingCredentialsFault(['client-secret'], withheld)).toBe(sentence + advice);
  });

  test('are all named', () => {
    expect(missingCredentials(['client-id', 'client-secret'], 'fork')).toMatch(
      /^client-id and client-secret are empty: this repository is a fork/,
    );
  });
});
