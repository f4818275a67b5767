// What a step's inputs are read as.
import { describe, expect, test } from '@jest/globals';
import { givenSecrets, INPUT_NAMES, readInputs } from '../../src/inputs/read.ts';
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
  serviceName: 'firefly',
  scopes: SERVICES.firefly.scopes,
  exportEnv: true,
  envPrefix: 'FIREFLY_SERVICES',
  verify: 'none',
  verifyUrl: 'https://firefly-api.adobe.io/v3/custom-models',
  seal: false,
  sealedToken: undefined,
  minValidityS: undefined,
  revoke: false,
  summary: false,
  timeoutMs: 60_000,
  maxAttempts: 4,
  orgId: undefined,
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
      serviceName: name,
      scopes: service.scopes,
      envPrefix: service.envPrefix,
      verifyUrl: service.verifyUrl,
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
      'min-validity': '120',
      revoke: 'false',
      'on-missing-credentials': 'skip',
      summary: 'true',
      timeout: '5',
      'max-attempts': '2',
      'org-id': '1234567890ABCDEF@AdobeOrg',
      'ims-url': 'https://gateway.example:8443/base/',
      'allowed-hosts': 'gateway.example',
    };
    expect(Object.keys(inputs)).toEqual(INPUT_NAMES);
    expect(read({ inputs })).toEqual({
      clientId: 'another-client',
      clientSecrets: [
        [1, 'p8e-one-secret-of-twenty'],
        [3, 'p8e-another-one-of-twenty'],
      ],
      serviceName: 'indesign',
      scopes: ['openid', 'AdobeID'],
      exportEnv: false,
      envPrefix: 'MINE',
      verify: 'service',
      verifyUrl: 'https://gateway.example/try?it=1',
      seal: true,
      sealedToken: 'a.b.c.d.e',
      minValidityS: 120,
      revoke: false,
      summary: true,
      timeoutMs: 5000,
      maxAttempts: 2,
      orgId: '1234567890ABCDEF@AdobeOrg',
      imsUrl: 'https://gateway.example:8443/base',
    });
  });

  test.each([
    ['revoke', 'true', { revoke: true }],
    ['verify', 'token', { verify: 'token' }],
    ['verify', 'none', { verify: 'none' }],
    ['on-missing-credentials', 'fail', {}],
    ['timeout', '1', { timeoutMs: 1000 }],
    ['timeout', '3600', { timeoutMs: 3_600_000 }],
    ['max-attempts', '1', { maxAttempts: 1 }],
    ['max-attempts', '10', { maxAttempts: 10 }],
    ['min-validity', '0', { minValidityS: 0 }],
    ['min-validity', '172800', { minValidityS: 172_800 }],
    ['ims-url', 'http://127.0.0.1:8080', { imsUrl: 'http://127.0.0.1:8080' }],
    ['verify-url', 'http://[::1]:8080', { verifyUrl: 'http://[::1]:8080/' }],
    ['sealed-token', 'no seal at all', { sealedToken: 'no seal at all' }],
  ])('may have %s: %s', (name, value, changes) => {
    expect(read({ inputs: { [name]: value } })).toEqual({ ...defaults, ...changes });
  });
});

test('every line of client-secret counts as a secret, the wrong ones too', () => {
  const source = giveSource({ inputs: { 'client-secret': 'x\n\nwith a blank\nx' } });
  expect(givenSecrets(source).map(({ line, secret }) => [line, secret.reveal()])).toEqual([
    [1, 'x'],
    [3, 'with a blank'],
  ]);
});

test('the lines of client-secret are counted as they were given, also where the first is empty', () => {
  const source = giveSource({ inputs: { 'client-secret': '\n the-second-secret \n' } });
  expect(givenSecrets(source).map(({ line, secret }) => [line, secret.reveal()])).toEqual([
    [2, 'the-second-secret'],
  ]);
});
