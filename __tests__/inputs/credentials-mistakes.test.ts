// What people give as credentials instead of the right file, and what they are told.
import { describe, expect, test } from '@jest/globals';
import { readCredentials } from '../../src/inputs/credentials.ts';
import { decodeBase64, isJwt } from '../../src/inputs/credentials-mistakes.ts';
import {
  aemService,
  aepp,
  appBuilderEnv,
  CLIENT_ID,
  flat,
  jwtEnvironment,
  PRIVATE_KEY,
  pdfServices,
  postmanEnvironment,
  project,
  SECRET,
  TOKEN,
} from '../support/credential-files.ts';

const download =
  'download the file of an OAuth Server-to-Server credential in the Adobe Developer Console, with "Download for Postman > OAuth Server-to-Server" or with "Download" on the page of the project';
const store =
  'store the content of the file on one line, for example with `jq -c . file.json | gh secret set ADOBE_CREDENTIALS`';
const serviceAccount = `looks like the file of a Service Account (JWT) credential, which is made for a private key: ${download}`;
const webApp = `looks like the file of an OAuth Web App credential, which is for signing users in: ${download}`;
const token = `looks like a token, not like the credential that gets one: ${download}`;
const cut = `is JSON that was truncated or changed: ${store}`;
const path = `is the path of a file instead of its content: ${store}`;
const page = `is a web page or XML, not the content of a file: ${download}`;
const secretName =
  'is the name of a secret or variable instead of its value: write it as an expression, with `secrets.NAME` inside it';
const word =
  'is a single word: give a client ID as `client-id`, a client secret as `client-secret`, and the content of a file as `credentials`';
const neither = `is neither JSON nor lines NAME=value: ${download}`;
const incomplete = `is JSON without a client ID (API_KEY or CLIENT_ID) and client secret: ${download}`;

function faultOf(file: unknown): unknown {
  const text = typeof file === 'string' ? file : JSON.stringify(file);
  const given = { clientId: '', clientSecret: false, scope: false, orgId: false, imsUrl: false };
  return readCredentials(text, given, (shown) => shown);
}

const whole = postmanEnvironment();

describe('a file of another kind is', () => {
  test.each<[string, unknown, string]>([
    ['a Service Account for Postman', jwtEnvironment, serviceAccount],
    ['a private key beside a client secret', { ...flat, private_key: PRIVATE_KEY }, serviceAccount],
    ['a private key under any name', { ...flat, PEM: PRIVATE_KEY }, serviceAccount],
    ["aepp's with a path to a key", { ...aepp, pathToKey: './private.key' }, serviceAccount],
    ['a .env with a private key', `${appBuilderEnv}PRIVATE_KEY="abc"`, serviceAccount],
    [
      "the PDF Services SDK's with a key file",
      {
        client_credentials: pdfServices.client_credentials,
        service_account_credentials: { private_key_file: 'private.key' },
      },
      serviceAccount,
    ],
    ['a private key alone', PRIVATE_KEY, serviceAccount],
    [
      "AEM's service credentials",
      aemService,
      `looks like the service credentials of AEM as a Cloud Service, which are made for a private key: ${download}`,
    ],
    [
      'an OAuth Web App',
      { client_id: CLIENT_ID, client_secret: SECRET, redirect_uri: 'https://a.example' },
      webApp,
    ],
    [
      'an OAuth Web App for Postman',
      postmanEnvironment({ key: 'REDIRECT_URI', value: '' }).replace('TECHNICAL_ACCOUNT_ID', 'X'),
      webApp,
    ],
    ['an OAuth Web App inside', { web: { client_id: CLIENT_ID, client_secret: SECRET } }, webApp],
    ['an entry of a project alone', { oauth2: { client_id: CLIENT_ID } }, webApp],
    [
      'a Postman collection',
      { info: { name: 'IMS' }, item: [], variable: [{ key: 'CLIENT_ID', value: CLIENT_ID }] },
      `looks like a Postman collection, which holds requests, instead of an environment: ${download}`,
    ],
    ['something with info', { info: 'x' }, incomplete],
    ['something with an item', { item: [] }, incomplete],
    ...(
      [
        [[], ''],
        [[{ jwt: {} }], ' (but a Service Account (JWT) credential)'],
        [[{ oauth2: {} }, { api_key: {} }], ' (but an OAuth Web App credential and an API key)'],
        [[{ oauth_web: {} }, { apikey: {} }], ' (but an OAuth Web App credential and an API key)'],
        [[{ oauthweb: {} }], ' (but an OAuth Web App credential)'],
      ] as const
    ).map(([credentials, instead]): [string, unknown, string] => [
      `a project${instead}`,
      project(...credentials),
      `is a project without an OAuth Server-to-Server credential${instead}: add one to the project in the Adobe Developer Console, and download it again`,
    ]),
    [
      'a project without details',
      { project: { name: 'example' } },
      'is a project without an OAuth Server-to-Server credential: add one to the project in the Adobe Developer Console, and download it again',
    ],
    ['a token with its answer', { access_token: TOKEN, token_type: 'bearer' }, token],
    ['a token', TOKEN, token],
    ['a token as a header has it', `Bearer ${TOKEN}`, token],
    ['an empty object', '{}', `is an empty JSON object: ${download}`],
    ['an object of something else', { hello: 'world', values: 'x' }, incomplete],
    [
      'an environment with nothing enabled',
      { values: [{ key: 'API_KEY', enabled: false }] },
      incomplete,
    ],
    ['an array', [flat], `is a JSON array, not one of Adobe's files: ${download}`],
    ['null', 'null', `is a JSON value, not one of Adobe's files: ${download}`],
    ['a number', '42', `is a JSON value, not one of Adobe's files: ${download}`],
    ['a string', '"text"', `is a JSON string, not the content of a file: ${download}`],
    ['JSON in a string', JSON.stringify(whole), `is JSON inside a JSON string: ${store}`],
    ['a certificate', '-----BEGIN CERTIFICATE-----', `is a certificate or public key: ${download}`],
  ])('%s', (_kind, file, fault) => {
    expect(faultOf(file)).toEqual({ fault });
  });
});

describe('what is no content of a file is', () => {
  test.each<[string, string, string]>([
    ['the first half', whole.slice(0, whole.length / 2), cut],
    ['the first line', '{', cut],
    ['the second half', whole.slice(whole.length / 2), cut],
    ['single quotes', whole.replaceAll('"', "'"), cut],
    ['escaped quotes', whole.replaceAll('"', '\\"'), cut],
    ['half a .env in it', '{\nCLIENT_ID=a\nCLIENT_SECRET=b', cut],
    ['a .env in base64', Buffer.from('CLIENT_ID=x').toString('base64'), `is in base64: ${store}`],
    ['base64', Buffer.from(whole).toString('base64'), `is in base64: ${store}`],
    [
      'base64 in lines',
      Buffer.from(whole).toString('base64').replace(/.{76}/g, '$&\n'),
      `is in base64: ${store}`,
    ],
    ['the web page', '<!DOCTYPE html>\n<html>CLIENT_ID=a</html>', page],
    [
      'the address of the web page',
      'https://developer.adobe.com/console/projects/1/2',
      `is the address of a page, not the content of a file: ${download}`,
    ],
    [
      'the address of a web page without TLS',
      'http://a.example/',
      `is the address of a page, not the content of a file: ${download}`,
    ],
    ['the end of JSON with blanks before its colons', '"client_secret" : "x"}', cut],
    ['a text with an address', 'see https://a.example/', neither],
    ['a text with the name of a secret', 'in secrets.ADOBE_CREDENTIALS', neither],
    ['a text with a path', 'it is in ~/credentials of ours', neither],
    ['a text with the name of a file', 'my.json of today', neither],
    ['a text with a brace', 'he said "this": } and that', neither],
    ['a relative path', './credentials.json', path],
    ['an absolute path', '/home/user/credentials', path],
    ["a path in one's home", '~/credentials', path],
    ['a path on Windows', 'C:\\Users\\me\\credentials', path],
    ['the address of a file', 'file:///tmp/credentials', path],
    ['the name of a file', 'my credentials.json', path],
    ['the name of a .env', '.env', path],
    ['the name of a secret', 'secrets.ADOBE_CREDENTIALS', secretName],
    [
      'an expression that was not evaluated',
      '$'.concat('{{ secrets.ADOBE_CREDENTIALS }}'),
      secretName,
    ],
    ['a variable of a shell', '$ADOBE_CREDENTIALS', secretName],
    ['a client secret', SECRET, word],
    ['a client ID', CLIENT_ID, word],
    ['YAML', `client_id: ${CLIENT_ID}\nclient_secret: ${SECRET}`, neither],
    [
      'a .env of something else',
      'HELLO=world\n',
      'has lines NAME=value, but none for CLIENT_ID (or API_KEY) and CLIENT_SECRET: add them',
    ],
  ])('%s', (_what, text, fault) => {
    expect(faultOf(text)).toEqual({ fault });
  });
});

test.each([
  ['e30', '{}'],
  ['e30=', '{}'],
  ['IHt9Cg==', '{}'],
  ['e3\n0', '{}'],
  ["'e30", ''],
  ["e30'", ''],
  ['e30===', ''],
  ['{}', ''],
])('%j in base64 is %j', (text, decoded) => {
  expect(decodeBase64(text)).toBe(decoded);
});

test.each([
  ['eyJ.a.b', true],
  ['Bearer eyJ.a.b', true],
  ['bearer  eyJhbGciOiJIUzI1NiJ9.e30.', true],
  ['the eyJ.a.b', false],
  ['eyJ.a.b of ours', false],
  ['eyJ.a', false],
  ['abc.a.b', false],
])('%j is a token: %s', (text, itIs) => {
  expect(isJwt(text)).toBe(itIs);
});
