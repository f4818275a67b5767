// The files that people have after Adobe's tutorials, written by hand as those show them; nothing in them is real.

export const CLIENT_ID = '0123456789abcdef0123456789abcdef';
export const OTHER_ID = 'fedcba9876543210fedcba9876543210';
export const SECRET = 'p8e-FileSecretOne_3nXv9sLw2dRf7tYb';
export const SECOND_SECRET = 'p8e-FileSecretTwo_Zc4Gh8kN1yTbE6u';
export const ORG_ID = '1234567890ABCDEF12345678@AdobeOrg';
export const SCOPES = ['openid', 'AdobeID', 'additional_info.projectedProductContext', 'ff_apis'];
export const TOKEN = 'eyJhbGciOiJSUzI1NiJ9.eyJpZCI6IjE3MDAifQ.c2lnbmF0dXJlLW9mLW5vdGhpbmc';
const TECHNICAL_ACCOUNT_ID = '0123456789ABCDEF01234567@techacct.adobe.com';
const TECHNICAL_ACCOUNT_EMAIL = '01234567-89ab-cdef-0123-456789abcdef@techacct.adobe.com';

const KEY_LINES = [
  'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEA',
  'AoIBAQC7VJTUt9Us8cKjMzEfYyjiWA4R4aNothingReal',
];
export const PRIVATE_KEY = [
  '-----BEGIN PRIVATE KEY-----',
  ...KEY_LINES,
  '-----END PRIVATE KEY-----',
  '',
].join('\n');

interface PostmanEntry {
  readonly key: string;
  readonly value: unknown;
  readonly enabled?: boolean;
}

/** A Postman environment of these variables. */
export function postman(...entries: readonly PostmanEntry[]): string {
  const values = entries.map((entry) => ({ type: 'text', enabled: true, ...entry }));
  return JSON.stringify({ id: 'a1', values, name: 'OAuth Server-to-Server' }, null, 2);
}

const postmanEntries: readonly PostmanEntry[] = [
  { key: 'CLIENT_SECRET', value: SECRET },
  { key: 'API_KEY', value: CLIENT_ID },
  { key: 'ACCESS_TOKEN', value: '' },
  { key: 'SCOPES', value: SCOPES },
  { key: 'TECHNICAL_ACCOUNT_ID', value: TECHNICAL_ACCOUNT_ID },
  { key: 'IMS', value: 'ims-na1.adobelogin.com' },
  { key: 'IMS_ORG', value: ORG_ID },
];

/** "Download for Postman > OAuth Server-to-Server", with these variables in place of its own. */
export function postmanEnvironment(...changes: readonly PostmanEntry[]): string {
  const kept = postmanEntries.filter(({ key }) => !changes.some((change) => change.key === key));
  return postman(...kept, ...changes);
}

/** The same names as Adobe's guide for PostBuster has them. */
export const flat = {
  CLIENT_SECRET: SECRET,
  API_KEY: CLIENT_ID,
  ACCESS_TOKEN: '',
  SCOPES,
  TECHNICAL_ACCOUNT_ID,
  IMS: 'ims-na1.adobelogin.com',
  IMS_ORG: ORG_ID,
  access_token: '',
};

/** What `aio app use` writes into `.env`. */
export const appBuilderEnv = `# This file must not be committed to source control

## please provide your Adobe I/O Runtime credentials
AIO_runtime_auth=01234567-89ab-cdef-0123-456789abcdef:abc
AIO_runtime_namespace=1234-project-stage
IMS_OAUTH_S2S_CLIENT_ID=${CLIENT_ID}
IMS_OAUTH_S2S_CLIENT_SECRET=${SECRET}
IMS_OAUTH_S2S_ORG_ID=${ORG_ID}
IMS_OAUTH_S2S_SCOPES=${JSON.stringify(SCOPES)}
`;

/** What Adobe's Python libraries write and read. */
export const aepp = {
  org_id: ORG_ID,
  client_id: CLIENT_ID,
  tech_id: TECHNICAL_ACCOUNT_ID,
  secret: SECRET,
  scopes: SCOPES.join(','),
  'sandbox-name': 'prod',
  environment: 'prod',
  oauthTokenEndpoint: 'https://ims-na1.adobelogin.com/ims/token/v3',
};

const imsContext = {
  client_id: CLIENT_ID,
  client_secrets: [SECRET],
  technical_account_id: TECHNICAL_ACCOUNT_ID,
  technical_account_email: TECHNICAL_ACCOUNT_EMAIL,
  scopes: SCOPES,
};

/** What `aio` calls an IMS context. */
export const aioContext = { ...imsContext, ims_org_id: ORG_ID };

/** One of the credentials of a project. */
export function projectCredential(changes: Readonly<Record<string, unknown>> = {}) {
  return {
    id: '123456',
    name: 'Credential in a project',
    integration_type: 'oauth_server_to_server',
    oauth_server_to_server: { ...imsContext, ...changes },
  };
}

/** "Download" on the page of a project. */
export function project(...credentials: readonly unknown[]) {
  return {
    project: {
      id: '4566206088344',
      name: 'example',
      title: 'Example',
      org: { id: '123456', name: 'Example', ims_org_id: ORG_ID },
      workspace: {
        id: '4566206088345',
        name: 'Stage',
        title: 'Stage',
        action_url: 'https://example.adobeioruntime.net',
        app_url: 'https://example.adobeio-static.net',
        details: {
          credentials,
          services: [{ code: 'AdobeIOManagementAPISDK', name: 'I/O Management API' }],
          runtime: { namespaces: [{ name: 'example', auth: '0123:abc' }] },
          events: { registrations: [] },
        },
      },
    },
  };
}

/** What the PDF Services SDK downloads. */
export const pdfServices = {
  client_credentials: { client_id: CLIENT_ID, client_secret: SECRET },
  service_principal_credentials: { organization_id: ORG_ID },
};

/** "Download for Postman" of a Service Account, the private key still to be filled in. */
export const jwtEnvironment = postman(
  { key: 'CLIENT_SECRET', value: SECRET },
  { key: 'API_KEY', value: CLIENT_ID },
  { key: 'META_SCOPE', value: ['ent_user_sdk'] },
  { key: 'ACCESS_TOKEN', value: '' },
  { key: 'PRIVATE_KEY', value: '' },
  { key: 'JWT_TOKEN', value: '' },
  { key: 'TECHNICAL_ACCOUNT_ID', value: TECHNICAL_ACCOUNT_ID },
  { key: 'IMS', value: 'ims-na1.adobelogin.com' },
  { key: 'IMS_ORG', value: ORG_ID },
);

/** What AEM as a Cloud Service gives under "Service Credentials". */
export const aemService = {
  ok: true,
  integration: {
    imsEndpoint: 'ims-na1.adobelogin.com',
    metascopes: 'ent_aem_cloud_sdk,ent_cloudmgr_sdk',
    technicalAccount: { clientId: 'cm-p123-e1234', clientSecret: SECRET },
    email: 'abcd@techacct.adobe.com',
    id: TECHNICAL_ACCOUNT_ID,
    org: ORG_ID,
    privateKey: PRIVATE_KEY,
    publicKey:
      '-----BEGIN CERTIFICATE-----\nMIIDDzCCAfegAwIBAgIEnothing\n-----END CERTIFICATE-----\n',
    certificateExpirationDate: '2027-01-01',
  },
  statusCode: 200,
};
