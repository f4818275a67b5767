// The file of the Developer Console as the whole configuration, and the inputs that win over it.
import { describe, expect, test } from '@jest/globals';
import type { Inputs } from '../../src/inputs/inputs.ts';
import { readInputs } from '../../src/inputs/read.ts';
import * as files from '../support/credential-files.ts';
import { giveSource, refusalOf } from '../support/input-source.ts';
import type { Given } from '../support/recording.ts';

const FILE = files.postman(
  { key: 'CLIENT_SECRET', value: files.SECRET },
  { key: 'API_KEY', value: files.CLIENT_ID },
  { key: 'SCOPES', value: ['openid', 'AdobeID'] },
  { key: 'IMS', value: 'ims-na1.adobelogin.com' },
  { key: 'IMS_ORG', value: files.ORG_ID },
);
const NONE = { 'client-id': '', 'client-secret': '' };

function read(inputs: Given): Inputs {
  const given = { ...NONE, credentials: FILE, ...inputs };
  const read = readInputs(giveSource({ inputs: given }));
  if ('skipped' in read) throw new Error(read.skipped);
  return read;
}
const reveal = ({ clientSecrets }: Inputs) =>
  clientSecrets.map(({ line, secret }) => [line, secret.reveal()]);

describe('credentials alone', () => {
  test('are a whole configuration', () => {
    const inputs = read({});
    expect(inputs).toMatchObject({
      clientId: files.CLIENT_ID,
      secretsFrom: 'credentials',
      scopes: ['openid', 'AdobeID'],
      services: [],
      envPrefixes: ['ADOBE'],
      orgId: files.ORG_ID,
      imsUrl: 'https://ims-na1.adobelogin.com',
    });
    expect(reveal(inputs)).toEqual([[1, files.SECRET]]);
  });

  test('do not tell IMS the organization: most credentials need none, and it could be refused', () => {
    expect(read({}).sentOrgId).toBeUndefined();
  });

  test('without scopes are for firefly, as without credentials', () => {
    const credentials = JSON.stringify({ client_id: files.CLIENT_ID, secret: files.SECRET });
    expect(read({ credentials })).toMatchObject({ services: ['firefly'] });
  });
});

test('inputs of their own win over credentials', () => {
  const inputs = read({
    'client-id': 'another-client',
    'client-secret': 'p8e-another-secret',
    scope: 'ff_apis',
    'org-id': '12@AdobeOrg',
    'ims-url': 'https://ims-na1-stg1.adobelogin.com',
    service: 'photoshop',
  });
  expect(inputs).toMatchObject({
    clientId: 'another-client',
    secretsFrom: 'client-secret',
    scopes: ['ff_apis'],
    services: ['photoshop'],
    envPrefixes: ['PS_FF_SERVICES'],
    orgId: '12@AdobeOrg',
    sentOrgId: '12@AdobeOrg',
    imsUrl: 'https://ims-na1-stg1.adobelogin.com',
  });
  expect(reveal(inputs)).toEqual([[1, 'p8e-another-secret']]);
});

test('inputs of their own win over what is wrong in credentials', () => {
  const credentials = files.postman(
    { key: 'API_KEY', value: files.CLIENT_ID },
    { key: 'SCOPES', value: 'é' },
    { key: 'IMS', value: 'a b' },
    { key: 'IMS_ORG', value: 'a b' },
  );
  const inputs = {
    'client-secret': 'p8e-another-secret',
    scope: 'ff_apis',
    'org-id': '12@AdobeOrg',
    'ims-url': 'https://ims-na1-stg1.adobelogin.com',
  };
  expect(read({ credentials, ...inputs })).toMatchObject({ clientId: files.CLIENT_ID });
});

test('a service beside credentials brings its variables, and credentials their scopes', () => {
  expect(read({ service: 'audio-video' })).toMatchObject({
    services: ['audio-video'],
    scopes: ['openid', 'AdobeID'],
    envPrefixes: ['FIREFLY_SERVICES'],
  });
});

describe('wrong credentials', () => {
  const messageOf = (inputs: Given) =>
    refusalOf({ inputs: { ...NONE, credentials: FILE, ...inputs } }).message;

  test('are told without a word of them, and nothing is said to be missing', () => {
    const message = messageOf({ credentials: '{"private": "words-of-a-file"' });
    expect(message).toMatch(/^Wrong input: credentials is JSON that was truncated/);
    expect(message).not.toContain('words-of');
  });

  test('are those whose client ID is the client secret of the input, which is shown nowhere', () => {
    const message = messageOf({ 'client-secret': files.CLIENT_ID });
    expect(message).toBe(
      'Wrong input: client-secret has the same value as the client ID: copy both again',
    );
  });

  test('are not said to lack a client ID that is wrong itself', () => {
    expect(messageOf({ 'client-id': 'a b' })).toMatch(/^Wrong input: client-id "a b" is not /);
  });

  test('do not keep what else is wrong from being told', () => {
    expect(messageOf({ credentials: '[]', timeout: '0' })).toMatch(
      /^2 wrong inputs: \(1\) credentials is .*; \(2\) timeout "0"/,
    );
  });
});
