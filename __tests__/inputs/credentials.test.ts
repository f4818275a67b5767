// One credential out of each form, the choice among several, and what is wrong with one.
import { describe, expect, test } from '@jest/globals';
import {
  checkForm,
  lacksSecrets,
  type Overrides,
  readCredentials,
} from '../../src/inputs/credentials.ts';
import {
  aepp,
  aioContext,
  appBuilderEnv,
  CLIENT_ID,
  flat,
  ORG_ID,
  OTHER_ID,
  pdfServices,
  postmanEnvironment,
  project,
  projectCredential,
  SCOPES,
  SECOND_SECRET,
  SECRET,
} from '../support/credential-files.ts';

const none: Overrides = {
  clientId: '',
  clientSecret: false,
  scope: false,
  orgId: false,
  imsUrl: false,
};
const STAGE_FAULT =
  'is for the environment "stage": give the address of its IMS too, `ims-url: https://ims-na1-stg1.adobelogin.com`';

/** What is read, the secrets revealed. */
function read(file: unknown, overrides: Partial<Overrides> = {}) {
  const text = typeof file === 'string' ? file : JSON.stringify(file);
  const result = readCredentials(text, { ...none, ...overrides }, (shown) => shown);
  if ('fault' in result) return result.fault;
  const { clientSecrets, ...rest } = result.value;
  return { ...rest, clientSecrets: clientSecrets.map(({ secret }) => secret.reveal()) };
}

const all = {
  clientId: CLIENT_ID,
  clientSecrets: [SECRET],
  scopes: SCOPES,
  orgId: ORG_ID,
  imsUrl: undefined as string | undefined,
};
const withHost = { ...all, imsUrl: 'https://ims-na1.adobelogin.com' };

describe('credentials are taken from', () => {
  test.each<[string, unknown, unknown]>([
    ['a Postman environment', postmanEnvironment(), withHost],
    [
      'a Postman environment with scopes in one text',
      postmanEnvironment({ key: 'SCOPES', value: SCOPES.join(' ') }),
      withHost,
    ],
    ['a flat object', flat, withHost],
    ['a flat object after a byte order mark', `\ufeff${JSON.stringify(flat)}\n`, withHost],
    ["App Builder's .env", appBuilderEnv, all],
    [
      '.env lines with quotes, export, comments, CRLF and an equals sign in the value',
      [
        `export CLIENT_ID="${CLIENT_ID}" # the client`,
        `client-secrets = '["${SECRET}=="]'`,
        `SCOPES="[\\"openid\\", \\"AdobeID\\"]"`,
        `Org_Id=${ORG_ID} # ours`,
        'OTHER=#',
        'EMPTY=',
        'not an assignment',
        '=no name',
      ].join('\r\n'),
      { ...all, clientSecrets: [`${SECRET}==`], scopes: ['openid', 'AdobeID'] },
    ],
    ["aepp's file", aepp, all],
    ["aepp's file with api_key", { ...aepp, client_id: undefined, api_key: CLIENT_ID }, all],
    ["aio's context", aioContext, all],
    [
      "aio's context with arrays as JSON text",
      {
        ...aioContext,
        client_secrets: JSON.stringify([SECRET, SECOND_SECRET]),
        scopes: JSON.stringify(SCOPES),
      },
      { ...all, clientSecrets: [SECRET, SECOND_SECRET] },
    ],
    ['a project', project(projectCredential()), all],
    [
      'a project with other credentials beside',
      project(
        { integration_type: 'apikey', api_key: { client_id: OTHER_ID } },
        { integration_type: 'service', jwt: { client_id: OTHER_ID } },
        null,
        projectCredential(),
      ),
      all,
    ],
    ["the PDF Services SDK's file", pdfServices, { ...all, scopes: undefined }],
    [
      'names in any spelling, values in space, and what has the wrong type left out',
      {
        'Client-ID': ` ${CLIENT_ID} `,
        clientSecret: 12345678,
        IMS_OAUTH_S2S_CLIENT_SECRETS: [null, SECRET, ` ${SECRET}\n`, ''],
        scopes: null,
        __proto__x: {},
      },
      { ...all, scopes: undefined, orgId: undefined },
    ],
    [
      'an object with a member called __proto__',
      `{"__proto__":{"client_id":"x"},${JSON.stringify(flat).slice(1)}`,
      withHost,
    ],
  ])('%s', (_form, file, credentials) => {
    expect(read(file)).toEqual(credentials);
  });

  test.each<[string, unknown, unknown]>([
    [
      'a disabled entry',
      postmanEnvironment(
        { key: 'API_KEY', value: OTHER_ID, enabled: false },
        { key: 'api_key', value: CLIENT_ID },
      ),
      withHost,
    ],
    [
      'an entry without a key',
      JSON.stringify({ values: [{ value: 'x' }, null, { key: 7, value: 'x' }, ...entries()] }),
      { ...all, scopes: undefined, orgId: undefined },
    ],
  ])('a Postman environment without %s', (_what, file, credentials) => {
    expect(read(file)).toEqual(credentials);
  });

  function entries() {
    return [
      { key: 'CLIENT_ID', value: CLIENT_ID },
      { key: 'CLIENT_SECRET', value: SECRET },
    ];
  }
});

test('the inputs beside the file win over what it says, right or wrong', () => {
  const wrong = { ...aepp, IMS: 'ims.example', org_id: 'no id', scopes: 'é', environment: 'stage' };
  const overrides = { clientSecret: true, scope: true, orgId: true, imsUrl: true };
  expect(read({ ...wrong, secret: 'short' }, overrides)).toEqual({
    clientId: CLIENT_ID,
    clientSecrets: [],
    scopes: undefined,
    orgId: undefined,
    imsUrl: undefined,
  });
});

test('client secrets are counted in the order of the file', () => {
  const file = { ...aioContext, client_secrets: [SECRET, SECOND_SECRET] };
  expect(readCredentials(JSON.stringify(file), none, (shown) => shown)).toMatchObject({
    value: { clientSecrets: [{ line: 1 }, { line: 2 }] },
  });
});

describe('the client ID', () => {
  const twice = project(
    projectCredential(),
    projectCredential({ client_id: OTHER_ID, client_secrets: [SECOND_SECRET], scopes: ['openid'] }),
  );
  const second = {
    clientId: OTHER_ID,
    clientSecrets: [SECOND_SECRET],
    scopes: ['openid'],
    orgId: ORG_ID,
    imsUrl: undefined,
  };

  test.each<[string, unknown, Partial<Overrides>, unknown]>([
    ['chooses among several', twice, { clientId: OTHER_ID }, second],
    ['may repeat that of the file', flat, { clientId: CLIENT_ID }, withHost],
    [
      'may be another where its secret is given',
      flat,
      { clientId: 'another', clientSecret: true },
      { ...withHost, clientId: 'another', clientSecrets: [] },
    ],
    [
      'may be none of several where its secret is given, and their scopes are not its own',
      twice,
      { clientId: 'another', clientSecret: true },
      { ...all, clientId: 'another', clientSecrets: [], scopes: undefined },
    ],
    [
      'may be missing where it is given with its secret',
      { client_secret: SECRET },
      { clientId: 'another', clientSecret: true },
      { clientId: 'another', clientSecrets: [] },
    ],
    ['may stand in a project twice', project(projectCredential(), projectCredential()), {}, all],
    [
      'is missing among several',
      twice,
      {},
      `holds several OAuth Server-to-Server credentials: name one in \`client-id\`, which may be ${CLIENT_ID} and ${OTHER_ID}`,
    ],
    [
      'is none of several',
      twice,
      { clientId: 'another' },
      `does not hold the client ID that \`client-id\` names, but ${CLIENT_ID} and ${OTHER_ID}: correct \`client-id\`, or give its \`client-secret\` too`,
    ],
    [
      'is none in the file',
      { client_secret: SECRET },
      { clientId: 'another' },
      'holds a client secret, but no client ID that says whose it is: give it as `client-secret`',
    ],
    ['is missing', { client_secret: SECRET }, {}, 'holds no client ID (API_KEY or CLIENT_ID)'],
    [
      'contradicts another',
      { CLIENT_ID, API_KEY: OTHER_ID, CLIENT_SECRET: SECRET },
      { clientId: OTHER_ID },
      `holds different client IDs for one credential, ${CLIENT_ID} and ${OTHER_ID}: remove all but one of them`,
    ],
    [
      'contradicts another, and is not given',
      { CLIENT_ID, API_KEY: OTHER_ID, CLIENT_SECRET: SECRET },
      {},
      `holds different client IDs for one credential, ${CLIENT_ID} and ${OTHER_ID}: remove all but one of them`,
    ],
    [
      'is the client secret',
      { CLIENT_ID: SECRET, CLIENT_SECRET: SECRET },
      {},
      'has the same value as client ID and as client secret: copy both again',
    ],
    [
      'of the input is the client secret of the file',
      flat,
      { clientId: SECRET, clientSecret: true },
      'has the same value as client ID and as client secret: copy both again',
    ],
  ])('%s', (_what, file, overrides, expected) => {
    expect(read(file, overrides)).toEqual(expected);
  });

  test.each([
    [10, /which may be id-0, .*, id-8 and id-9$/],
    [12, /which may be id-0, .*, id-9 and 2 more$/],
  ])('of %i is named ten times at most', (length, fault) => {
    const many = Array.from({ length }, (_, at) => projectCredential({ client_id: `id-${at}` }));
    expect(read(project(...many))).toMatch(fault);
  });

  test('is shown as safely as any text from outside', () => {
    const given = { ...none, clientId: 'another' };
    const hide = (text: string, length?: number) => `<${text.length}, ${length}>`;
    expect(readCredentials(JSON.stringify(flat), given, hide)).toEqual({
      fault: expect.stringContaining('but <32, 80>: correct'),
    });
  });
});

describe('what a credential holds is wrong', () => {
  const ims =
    'holds a value of IMS that is not a bare host in adobelogin.com, such as ims-na1.adobelogin.com';

  test.each<[string, unknown, string]>([
    ['no secret', { client_id: CLIENT_ID }, 'holds no client secret (CLIENT_SECRET)'],
    [
      'a short secret',
      { ...flat, CLIENT_SECRET: '1234567' },
      'holds a client secret that is shorter than 8 characters: copy the secret again',
    ],
    [
      'six secrets',
      { ...aioContext, client_secrets: ['1', '2', '3', '4', '5', '6'].map((n) => n.repeat(8)) },
      'holds 6 client secrets: at most 5 are allowed',
    ],
    [
      'a wrong client ID',
      { ...flat, API_KEY: 'a b' },
      'holds a client ID that is not a client ID: at most 256 printable ASCII characters without spaces are allowed',
    ],
    [
      'a wrong scope',
      { ...flat, SCOPES: ['openid', 'é'] },
      'holds a list of scopes that has a character that no scope may have: printable ASCII without " and \\ is allowed',
    ],
    [
      'a wrong organization',
      { ...flat, IMS_ORG: 'our company' },
      'holds a value of IMS_ORG that is not an organization ID: it looks like 1234567890ABCDEF@AdobeOrg',
    ],
    ['the stage', { ...aepp, environment: 'Stage' }, STAGE_FAULT],
    ...[
      'https://ims-na1.adobelogin.com',
      'ims-na1.adobelogin.com:443',
      'ims-na1.adobelogin.com/ims',
      'adobelogin.com.evil.example',
      'notadobelogin.com',
      'ims.adobe.io',
      'localhost',
      '127.0.0.1',
      'user@ims-na1.adobelogin.com',
      'a b.adobelogin.com',
    ].map((host): [string, unknown, string] => [host, { ...flat, IMS: host }, ims]),
    [
      'several things at once',
      { API_KEY: CLIENT_ID, IMS: 'localhost', environment: 'stage' },
      `holds no client secret (CLIENT_SECRET); it ${STAGE_FAULT}; it ${ims}`,
    ],
  ])('%s', (_what, file, fault) => {
    expect(read(file)).toBe(fault);
  });

  test.each(['adobelogin.com', 'IMS-NA1-STG1.adobelogin.com'])('but not IMS at %s', (IMS) => {
    expect(read({ ...flat, IMS })).toEqual({ ...all, imsUrl: `https://${IMS.toLowerCase()}` });
  });
});

test('the form of a file is checked where nobody knows which of its credentials is meant', () => {
  expect(checkForm(` ${JSON.stringify(flat)}\n`)).toEqual({ value: undefined });
  expect(checkForm('{')).toEqual({ fault: expect.stringMatching(/^is JSON that was truncated/) });
});

test.each([
  ['an empty secret', '{"CLIENT_ID":"x","CLIENT_SECRET":""}', true],
  ['none, between blanks', ' {"CLIENT_ID":"x"}\n', true],
  ['a secret', JSON.stringify(flat), false],
  [
    'a secret for one credential of two',
    JSON.stringify(project(projectCredential({ client_secrets: [] }), projectCredential())),
    false,
  ],
  ['another form', '{}', false],
])('a file with %s lacks secrets or not', (_what, text, lacks) => {
  expect(lacksSecrets(text)).toBe(lacks);
});
