// Inputs that are right one by one, and wrong together or in these surroundings.
import { describe, expect, test } from '@jest/globals';
import { contradictions, surroundingFaults } from '../../src/inputs/consistency.ts';
import type { Inputs } from '../../src/inputs/read.ts';
import { PRODUCTION_IMS_URL } from '../../src/inputs/urls.ts';
import { Secret } from '../../src/secrets/secret.ts';
import { giveInputs, giveSource, type SourceOptions } from '../support/input-source.ts';

const stage = 'https://ims-na1-stg1.adobelogin.com';
const service = 'https://firefly-api.adobe.io/v3/custom-models';
const secretsOf = (...values: readonly [string, ...string[]]): Partial<Inputs> => {
  const [first, ...others] = values.map((value, index) => ({
    line: index + 1,
    secret: new Secret(value),
  }));
  return first ? { clientSecrets: [first, ...others] } : {};
};

describe('inputs together', () => {
  const find = (changes: Partial<Inputs>, options: SourceOptions = {}) =>
    contradictions(giveInputs(changes), giveSource(options));
  const useless = 'seal and revoke are both true: a sealed token is of no use once it is revoked';
  const tooShort =
    'seal is true, and a client secret is shorter than 20 characters: too short to seal a token with';
  const foreign =
    "verify is service, and ims-url is not Adobe's production: set verify-url to the service's address in that environment, since Adobe's production services refuse tokens from elsewhere";

  test.each<[string, Partial<Inputs>]>([
    ['nothing special', {}],
    ['a seal', { seal: true }],
    ['a revocation', { revoke: true }],
    ['a seal under 20 characters', { seal: true, ...secretsOf('x'.repeat(20)) }],
    ['a short secret and no seal', secretsOf('x'.repeat(8))],
    ['the service asked with a token of production', { verify: 'service' }],
    ['IMS asked about a foreign token', { verify: 'token', imsUrl: stage }],
    ['a foreign token and nobody asked', { imsUrl: stage }],
    [
      'a service without an address, and a foreign token',
      { verify: 'service', imsUrl: stage, verifyUrl: undefined },
    ],
  ])('are right with %s', (_what, changes) => {
    expect(find(changes)).toEqual([]);
  });

  test.each<[string, Partial<Inputs>, readonly string[]]>([
    ['a seal and a revocation', { seal: true, revoke: true }, [useless]],
    ['a seal under 19 characters', { seal: true, ...secretsOf('x'.repeat(19)) }, [tooShort]],
    [
      'a seal under a long secret and a short one',
      { seal: true, ...secretsOf('x'.repeat(20), 'y'.repeat(8)) },
      [tooShort],
    ],
    ['the service asked with a foreign token', { verify: 'service', imsUrl: stage }, [foreign]],
    [
      'all that can be wrong',
      { seal: true, revoke: true, verify: 'service', imsUrl: stage, ...secretsOf('x'.repeat(8)) },
      [useless, tooShort, foreign],
    ],
  ])('are wrong with %s', (_what, changes, faults) => {
    expect(find(changes)).toEqual(faults);
  });

  test('may send a foreign token to the address that verify-url names', () => {
    const inputs = { 'verify-url': 'https://service.adobe.io/' };
    expect(find({ verify: 'service', imsUrl: stage }, { inputs })).toEqual([]);
  });
});

describe('surroundings', () => {
  const files = {
    GITHUB_OUTPUT: 'is not set',
    GITHUB_ENV: 'names a file that cannot be written',
    GITHUB_STATE: 'is not set',
    GITHUB_STEP_SUMMARY: 'is not set',
  };
  const told = (name: keyof typeof files) =>
    `${name} ${files[name]}: run this action as a step of a GitHub workflow`;

  test('are right where there is nothing wrong', () => {
    const all = giveInputs({ revoke: true, summary: true });
    expect(surroundingFaults(all, giveSource())).toEqual([]);
  });

  test.each<[string, Partial<Inputs>, readonly (keyof typeof files)[]]>([
    ['outputs alone', { exportEnv: false }, ['GITHUB_OUTPUT']],
    ['variables', { exportEnv: true }, ['GITHUB_OUTPUT', 'GITHUB_ENV']],
    [
      'a revocation without variables',
      { exportEnv: false, revoke: true },
      ['GITHUB_OUTPUT', 'GITHUB_ENV', 'GITHUB_STATE'],
    ],
    ['a summary', { exportEnv: false, summary: true }, ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY']],
    [
      'everything',
      { revoke: true, summary: true },
      ['GITHUB_OUTPUT', 'GITHUB_ENV', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'],
    ],
  ])('must have the files that %s take', (_what, changes, names) => {
    const source = giveSource({ fileFaults: files });
    expect(surroundingFaults(giveInputs(changes), source)).toEqual(names.map(told));
  });

  test('are not asked for a file that nothing is written to', () => {
    const asked: string[] = [];
    const fileFault = (name: string) => void asked.push(name);
    surroundingFaults(giveInputs({ exportEnv: false }), { ...giveSource(), fileFault });
    expect(asked).toEqual(['GITHUB_OUTPUT']);
  });

  describe('that trust whoever answers', () => {
    const source = giveSource({ env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } });
    const local = { imsUrl: 'http://127.0.0.1:8080', verifyUrl: 'http://localhost:8080/' };

    test.each<[string, Partial<Inputs>, number]>([
      ['are right where only this machine is called', { ...local, verify: 'service' }, 0],
      ['are wrong where IMS is elsewhere', { ...local, imsUrl: PRODUCTION_IMS_URL }, 1],
      [
        'are wrong where the service is elsewhere',
        { ...local, verify: 'service', verifyUrl: service },
        1,
      ],
      ['are right where IMS alone is asked', { ...local, verify: 'token', verifyUrl: service }, 0],
      ['are right where nobody is asked', { ...local, verify: 'none', verifyUrl: service }, 0],
      [
        'are right where the service has no address',
        { ...local, verify: 'service', verifyUrl: undefined },
        0,
      ],
    ])('%s', (_what, changes, faults) => {
      expect(surroundingFaults(giveInputs(changes), source)).toHaveLength(faults);
    });
  });

  test('are told before the files', () => {
    const source = giveSource({
      env: { NODE_DEBUG: 'http' },
      fileFaults: { GITHUB_OUTPUT: files.GITHUB_OUTPUT },
    });
    expect(surroundingFaults(giveInputs(), source)).toEqual([
      expect.stringMatching(/^NODE_DEBUG is set/),
      told('GITHUB_OUTPUT'),
    ]);
  });
});
