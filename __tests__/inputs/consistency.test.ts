// Inputs that are right one by one, and wrong together or in these surroundings.
import { describe, expect, test } from '@jest/globals';
import { contradictions, surroundingFaults } from '../../src/inputs/consistency.ts';
import { type InputName, type Inputs, PRODUCTION_IMS_URL } from '../../src/inputs/inputs.ts';
import { Secret } from '../../src/secrets/secret.ts';
import { SERVICES } from '../../src/services.ts';
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

const targets = (...urls: readonly (string | undefined)[]): Partial<Inputs> => ({
  services: urls.map(() => 'firefly' as const),
  verifyTargets: urls.map((url) => ({ service: 'firefly' as const, url })),
});

describe('what hangs on an input that could not be read', () => {
  const find = (changes: Partial<Inputs>, ...unread: readonly InputName[]) =>
    contradictions(giveInputs({ verify: 'service', ...changes }), giveSource({}), new Set(unread));
  const nothingToCall = targets();
  const demanding: Partial<Inputs> = {
    services: ['analytics'],
    verifyTargets: [{ service: 'analytics', url: SERVICES.analytics.verifyUrl }],
  };
  const abroad: Partial<Inputs> = { ...targets(service), imsUrl: stage };

  test.each<[Partial<Inputs>, InputName]>([
    [nothingToCall, 'service'],
    [nothingToCall, 'verify-url'],
    [nothingToCall, 'credentials'],
    [demanding, 'org-id'],
    [demanding, 'credentials'],
    [abroad, 'verify-url'],
  ])('is not said: %j without %s', (changes, name) => {
    expect(find(changes)).toHaveLength(1);
    expect(find(changes, 'timeout')).toHaveLength(1);
    expect(find(changes, name, 'timeout')).toEqual([]);
  });
});

describe('inputs together', () => {
  const find = (changes: Partial<Inputs>, options: SourceOptions = {}) =>
    contradictions(giveInputs(changes), giveSource(options), new Set());
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
    ['the service called with a token of production', { verify: 'service' }],
    [
      'a service that demands the organization, which is known',
      {
        verify: 'service',
        orgId: '12@AdobeOrg',
        verifyTargets: [{ service: 'analytics', url: SERVICES.analytics.verifyUrl }],
      },
    ],
    [
      'a service that demands the organization and has no address to call',
      {
        verify: 'service',
        verifyTargets: [{ service: 'content-tagging', url: undefined }],
      },
    ],
    ['no service, and nobody called', targets()],
    ['IMS asked about a foreign token', { verify: 'token', imsUrl: stage }],
    ['a foreign token and nobody asked', { imsUrl: stage }],
    [
      'a service without an address, and a foreign token',
      { verify: 'service', imsUrl: stage, ...targets(undefined) },
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
    ['the service called with a foreign token', { verify: 'service', imsUrl: stage }, [foreign]],
    [
      'several services called with a foreign token',
      { verify: 'service', imsUrl: stage, ...targets(service, undefined) },
      [
        "verify is service, and ims-url is not Adobe's production, whose services refuse tokens from elsewhere: use verify: token",
      ],
    ],
    [
      'a sealed token in a file and a revocation',
      { sealedTokenFile: 'token', revoke: true },
      [
        'sealed-token-file is set, and revoke is true: a sealed token is of no use once it is revoked',
      ],
    ],
    [
      'no service to call',
      { verify: 'service', ...targets() },
      [
        'verify is service, and neither service nor verify-url says what to call: set one of them, or use verify: token',
      ],
    ],
    [
      'a service that demands the organization, which is not known',
      {
        verify: 'service',
        verifyTargets: [
          { service: 'creative-production', url: SERVICES['creative-production'].verifyUrl },
          { service: 'content-tagging', url: undefined },
          { service: 'analytics', url: SERVICES.analytics.verifyUrl },
        ],
      },
      [
        "verify is service, and creative-production and analytics demand the organization: set org-id to the organization ID that the project's page in the Adobe Developer Console shows, such as 1234567890ABCDEF@AdobeOrg",
      ],
    ],
    [
      'one such service',
      {
        verify: 'service',
        verifyTargets: [{ service: 'analytics', url: SERVICES.analytics.verifyUrl }],
      },
      [
        "verify is service, and analytics demands the organization: set org-id to the organization ID that the project's page in the Adobe Developer Console shows, such as 1234567890ABCDEF@AdobeOrg",
      ],
    ],
    [
      'a client secret for a client ID',
      { clientId: 'y'.repeat(8), ...secretsOf('x'.repeat(8), 'y'.repeat(8)) },
      ['client-secret has the same value as the client ID: copy both again'],
    ],
    [
      'a client secret in a longer client ID',
      { clientId: `x-${'y'.repeat(8)}`, ...secretsOf('x'.repeat(8), 'y'.repeat(8)) },
      ['the client ID holds the client secret: copy both again'],
    ],
    [
      'a client secret in a scope and in the organization ID',
      {
        scopes: ['openid', `x-${'y'.repeat(8)}`],
        orgId: `${'y'.repeat(8)}@AdobeOrg`,
        ...secretsOf('y'.repeat(8)),
      },
      [
        'scope holds the client secret: remove it there',
        'the organization ID holds the client secret: copy both again',
      ],
    ],
    [
      'all that can be wrong',
      { seal: true, revoke: true, verify: 'service', imsUrl: stage, ...secretsOf('x'.repeat(8)) },
      [useless, tooShort, foreign],
    ],
  ])('are wrong with %s', (_what, changes, faults) => {
    expect(find(changes)).toEqual(faults);
  });

  test('may call the address that verify-url names without the organization that its service demands', () => {
    const verifyTargets = [{ service: 'analytics' as const, url: 'https://service.adobe.io/' }];
    const inputs = { 'verify-url': 'https://service.adobe.io/' };
    expect(find({ verify: 'service', verifyTargets }, { inputs })).toEqual([]);
  });

  test('are wrong with one address for several services', () => {
    const inputs = { 'verify-url': 'https://service.adobe.io/' };
    expect(find(targets(service, undefined), { inputs })).toEqual([
      'verify-url is set, and service names several: one address cannot check them all, so leave verify-url out',
    ]);
  });

  test('may send a foreign token to the address that verify-url names', () => {
    const inputs = { 'verify-url': 'https://service.adobe.io/' };
    expect(find({ verify: 'service', imsUrl: stage }, { inputs })).toEqual([]);
  });
});

describe('surroundings', () => {
  const files = {
    GITHUB_OUTPUT: 'GITHUB_OUTPUT is not set',
    GITHUB_ENV: 'GITHUB_ENV names a file that cannot be written',
    GITHUB_STATE: 'GITHUB_STATE is not set',
    GITHUB_STEP_SUMMARY: 'GITHUB_STEP_SUMMARY is not set',
  };
  const told = (name: keyof typeof files) => files[name];

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
    const local = { imsUrl: 'http://127.0.0.1:8080', ...targets('http://localhost:8080/') };

    test.each<[string, Partial<Inputs>, number]>([
      ['are right where only this machine is called', { ...local, verify: 'service' }, 0],
      ['are wrong where IMS is elsewhere', { ...local, imsUrl: PRODUCTION_IMS_URL }, 1],
      [
        'are wrong where the service is elsewhere',
        { ...local, verify: 'service', ...targets(service) },
        1,
      ],
      ['are right where IMS alone is asked', { ...local, verify: 'token', ...targets(service) }, 0],
      ['are right where nobody is asked', { ...local, verify: 'none', ...targets(service) }, 0],
      [
        'are right where the service has no address',
        { ...local, verify: 'service', ...targets(undefined) },
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
