// What a step's inputs are read as.
import { describe, expect, test } from '@jest/globals';
import { INPUT_NAMES } from '../../src/inputs/inputs.ts';
import { readInputs } from '../../src/inputs/read.ts';
import { SERVICE_NAMES, SERVICES, type Service } from '../../src/services.ts';
import { SECRET } from '../support/credentials.ts';
import { giveSource, type SourceOptions } from '../support/input-source.ts';

/** The inputs with their secrets revealed: matchers see no difference between hidden ones. */
function read(options: SourceOptions = {}) {
  const inputs = readInputs(giveSource(options));
  if ('skipped' in inputs) return inputs;
  const clientSecrets = inputs.clientSecrets.map(({ line, secret }) => [line, secret.reveal()]);
  return { ...inputs, clientSecrets };
}

const defaults = {
  clientId: 'the-client',
  clientSecrets: [[1, SECRET]],
  secretsFrom: 'client-secret',
  services: ['firefly'],
  scopes: SERVICES.firefly.scopes,
  exportEnv: true,
  envPrefixes: ['FIREFLY_SERVICES'],
  verify: 'none',
  verifyTargets: [{ service: 'firefly', url: 'https://firefly-api.adobe.io/v3/custom-models' }],
  seal: false,
  sealedToken: undefined,
  sealedTokenFile: undefined,
  minValidityMs: undefined,
  revoke: false,
  onMissingCredentials: 'fail',
  summary: false,
  timeoutMs: 60_000,
  maxAttempts: 6,
  orgId: undefined,
  sentOrgId: undefined,
  imsUrl: 'https://ims-na1.adobelogin.com',
};

describe('inputs', () => {
  test('that are not given have their defaults', () => {
    expect(read()).toEqual(defaults);
  });

  test.each(SERVICE_NAMES)('have the defaults of the service %s', (name) => {
    const service: Service = SERVICES[name];
    expect(read({ inputs: { service: name } })).toEqual({
      ...defaults,
      services: [name],
      scopes: service.scopes,
      envPrefixes: [service.envPrefix],
      verifyTargets: [{ service: name, url: service.verifyUrl }],
    });
  });

  test('that are all given are all read', () => {
    const inputs = {
      'client-id': 'another-client',
      'client-secret': 'p8e-one-secret-of-twenty\n\np8e-another-one-of-twenty',
      service: 'indesign',
      scope: 'openid AdobeID',
      'export-env': 'false',
      'env-prefix': 'MINE',
      verify: 'service',
      'verify-url': 'https://gateway.example/try?it=1',
      seal: 'true',
      'sealed-token': 'a.b.c.d.e',
      'sealed-token-file': '.adobe/token',
      'min-validity': '120',
      revoke: 'false',
      'on-missing-credentials': 'skip',
      summary: 'true',
      timeout: '5',
      'max-attempts': '2',
      'org-id': '1234567890ABCDEF@AdobeOrg',
      'ims-url': 'https://gateway.example:8443/base/',
      'allowed-hosts': 'gateway.example, gateway.example:8443',
    };
    // Those of `credentials` stand in a file of their own.
    expect(['credentials', ...Object.keys(inputs)]).toEqual(INPUT_NAMES);
    expect(read({ inputs })).toEqual({
      clientId: 'another-client',
      clientSecrets: [
        [1, 'p8e-one-secret-of-twenty'],
        [3, 'p8e-another-one-of-twenty'],
      ],
      secretsFrom: 'client-secret',
      services: ['indesign'],
      scopes: ['openid', 'AdobeID'],
      exportEnv: false,
      envPrefixes: ['MINE'],
      verify: 'service',
      verifyTargets: [{ service: 'indesign', url: 'https://gateway.example/try?it=1' }],
      seal: true,
      sealedToken: 'a.b.c.d.e',
      sealedTokenFile: '.adobe/token',
      minValidityMs: 120_000,
      revoke: false,
      onMissingCredentials: 'skip',
      summary: true,
      timeoutMs: 5000,
      maxAttempts: 2,
      orgId: '1234567890ABCDEF@AdobeOrg',
      sentOrgId: '1234567890ABCDEF@AdobeOrg',
      imsUrl: 'https://gateway.example:8443/base',
    });
  });

  test.each([
    ['revoke', 'true', { revoke: true }],
    ['verify', 'token', { verify: 'token' }],
    ['verify', 'none', { verify: 'none' }],
    ['on-missing-credentials', 'skip', { onMissingCredentials: 'skip' }],
    ['timeout', '1', { timeoutMs: 1000 }],
    ['timeout', '3600', { timeoutMs: 3_600_000 }],
    ['max-attempts', '1', { maxAttempts: 1 }],
    ['max-attempts', '10', { maxAttempts: 10 }],
    ['min-validity', '0', { minValidityMs: 0 }],
    ['min-validity', '172800', { minValidityMs: 172_800_000 }],
    ['ims-url', 'http://127.0.0.1:8080', { imsUrl: 'http://127.0.0.1:8080' }],
    [
      'verify-url',
      'http://[::1]:8080',
      { verifyTargets: [{ service: 'firefly', url: 'http://[::1]:8080/' }] },
    ],
    ['sealed-token', 'no seal at all', { sealedToken: 'no seal at all' }],
  ])('may have %s: %s', (name, value, changes) => {
    expect(read({ inputs: { [name]: value } })).toEqual({ ...defaults, ...changes });
  });
});

describe('several services', () => {
  test('have the scopes of all, each once and in order, and a prefix each', () => {
    expect(read({ inputs: { service: 'audio-video, photoshop\nfirefly firefly' } })).toMatchObject({
      services: ['audio-video', 'photoshop', 'firefly'],
      scopes: [
        ...SERVICES['audio-video'].scopes,
        'session',
        'additional_info',
        'read_organizations',
      ],
      envPrefixes: ['FIREFLY_SERVICES', 'PS_FF_SERVICES'],
      verifyTargets: [
        { service: 'audio-video', url: 'https://audio-video-api.adobe.io/v1/voices' },
        { service: 'photoshop', url: undefined },
        { service: 'firefly', url: 'https://firefly-api.adobe.io/v3/custom-models' },
      ],
    });
  });

  test('share one set of variables where env-prefix names it', () => {
    const inputs = { service: 'firefly, photoshop', 'env-prefix': 'MINE' };
    expect(read({ inputs })).toMatchObject({ envPrefixes: ['MINE'] });
  });
});

describe('scopes of their own', () => {
  test('belong to no service unless one is named, and so never to firefly', () => {
    expect(read({ inputs: { scope: 'openid, AdobeID' } })).toMatchObject({
      services: [],
      scopes: ['openid', 'AdobeID'],
      envPrefixes: ['ADOBE'],
      verifyTargets: [],
    });
  });

  test('take the place of those of a service that is named', () => {
    expect(read({ inputs: { scope: 'openid', service: 'photoshop' } })).toMatchObject({
      services: ['photoshop'],
      scopes: ['openid'],
      envPrefixes: ['PS_FF_SERVICES'],
    });
  });

  test('are verified with the address that verify-url names', () => {
    const inputs = { scope: 'openid', 'verify-url': 'https://a.adobe.io/', verify: 'service' };
    expect(read({ inputs })).toMatchObject({
      verifyTargets: [{ service: undefined, url: 'https://a.adobe.io/' }],
    });
  });
});
