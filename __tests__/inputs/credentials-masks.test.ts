// What is masked of a file of credentials, whatever file it is.
import { describe, expect, test } from '@jest/globals';
import { listSecrets } from '../../src/inputs/credentials-masks.ts';
import {
  aemService,
  aepp,
  aioContext,
  appBuilderEnv,
  CLIENT_ID,
  flat,
  jwtEnvironment,
  OTHER_ID,
  PRIVATE_KEY,
  pdfServices,
  postman,
  postmanEnvironment,
  project,
  projectCredential,
  SECOND_SECRET,
  SECRET,
  TOKEN,
} from '../support/credential-files.ts';

function list(file: unknown): readonly string[] {
  const text = typeof file === 'string' ? file : JSON.stringify(file);
  return listSecrets(text)
    .map((secret) => secret.reveal())
    .sort();
}

const base64 = Buffer.from(JSON.stringify(flat)).toString('base64url');
const key = PRIVATE_KEY.trim();
const keyLines = key.split('\n').slice(1, -1);
const openKey = key.replace(/\n-----END.*/, '');
/** An address of 100 characters. */
const ENDPOINT = 'https://ims-na1.adobelogin.com/'.padEnd(100, 'a');
const sorted = (...values: readonly string[]) => [...values].sort();

describe('masked are the secrets of', () => {
  test.each<[string, unknown, readonly string[]]>([
    ['a Postman environment', postmanEnvironment(), [SECRET]],
    ['a flat object', flat, [SECRET]],
    ["App Builder's .env", appBuilderEnv, [SECRET]],
    ["aepp's file, whose endpoint is public", aepp, [SECRET]],
    ["aio's context", aioContext, [SECRET]],
    ["the PDF Services SDK's file", pdfServices, [SECRET]],
    ['a Service Account', jwtEnvironment, [SECRET]],
    [
      'a project, of each of its credentials',
      project(
        projectCredential(),
        projectCredential({ client_id: OTHER_ID, client_secrets: [SECOND_SECRET] }),
      ),
      sorted(SECRET, SECOND_SECRET),
    ],
    ["AEM's service credentials", aemService, sorted(SECRET, key, ...keyLines)],
    ['a private key alone', PRIVATE_KEY, sorted(key, openKey, ...keyLines)],
    [
      'a .env with a private key over several lines',
      `CLIENT_SECRET=${SECRET}\nPRIVATE_KEY="${PRIVATE_KEY}"\nOTHER=x`,
      sorted(SECRET, openKey, ...keyLines),
    ],
    [
      'a disabled entry',
      postman({ key: 'CLIENT_SECRET', value: SECRET, enabled: false }),
      [SECRET],
    ],
    ['an entry whose value stands first', `{"value":"${SECRET}","key":"CLIENT_SECRET"}`, [SECRET]],
    [
      'an entry whose list stands first',
      `{"value":["${SECRET}"],"key":"CLIENT_SECRETS"}`,
      [SECRET],
    ],
    [
      'an entry with another of its values',
      { key: 'CLIENT_SECRET', value: '', sessionValue: SECRET },
      [SECRET],
    ],
    [
      'a list as JSON text',
      { client_secrets: JSON.stringify([SECRET, SECOND_SECRET]) },
      sorted(SECRET, SECOND_SECRET, JSON.stringify([SECRET, SECOND_SECRET])),
    ],
    [
      'an object under such a name',
      { passwords: { a: { b: ['0123456789abcdef'] } } },
      ['0123456789abcdef'],
    ],
    ['an object as JSON text', { context: JSON.stringify(aioContext) }, [SECRET]],
    ['JSON in a string', JSON.stringify(JSON.stringify(flat)), [SECRET]],
    ['base64', base64, sorted(SECRET, base64)],
    ['an escaped value', '{"client_secret":"\\u0061bcd\\/efgh"}', ['abcd/efgh']],
    ['a number', '{"token":12345678901234567890}', ['12345678901234567890']],
    ['YAML', `client_id: ${CLIENT_ID}\nclient_secret: ${SECRET}\nscopes: openid`, [SECRET]],
    ['single quotes', `{'client_id': '${CLIENT_ID}', 'client_secret': '${SECRET}'}`, [SECRET]],
    ['a token alone', TOKEN, [TOKEN]],
    ['a client secret alone', SECRET, [SECRET]],
    ['a name that ends in value', { client_secret_value: SECRET }, [SECRET]],
    [
      'a client secret that stands as a client ID too, in an entry that does not count',
      postmanEnvironment({ key: 'CLIENT_ID', value: SECRET, enabled: false }),
      [SECRET],
    ],
    ['a value that lost a quote', `CLIENT_SECRET="${SECRET}`, [`"${SECRET}`, SECRET]],
    ['four characters', { client_secret: 'abcd' }, ['abcd']],
    ['a client secret alone, with space around it', ` ${SECRET}\n`, [SECRET]],
    ['a client secret alone that ends like a client ID', `p8e-${CLIENT_ID}`, [`p8e-${CLIENT_ID}`]],
    ['a client secret alone that begins like one', `${CLIENT_ID}-p8e`, [`${CLIENT_ID}-p8e`]],
    ['a name that is secret', { secret: 'abcdefgh' }, ['abcdefgh']],
    ['a value that ends in null', { client_secret: 'p8e-null' }, ['p8e-null']],
    ['a value with a quote inside', 'CLIENT_SECRET="p8e-one"two', ['"p8e-one"two', 'p8e-one"two']],
    ['single quotes around one', "{'client_secret': 'p8e-it's-one'}", ["p8e-it's-one"]],
    ['a line with more after a comma', `client_secret: ${SECRET}, of our client`, [SECRET]],
    [
      "an address of Adobe's with a query",
      { token_url: 'https://ims-na1.adobelogin.com/a?secret=1' },
      ['https://ims-na1.adobelogin.com/a?secret=1'],
    ],
    [
      "a text with an address of Adobe's",
      { token: 'abc https://ims-na1.adobelogin.com/a' },
      ['abc https://ims-na1.adobelogin.com/a'],
    ],
    ['an address of more than 100 characters', { token: `${ENDPOINT}a` }, [`${ENDPOINT}a`]],
    [
      'a private key whose lines are indented',
      PRIVATE_KEY.replaceAll('\n', '\n  '),
      sorted(key.replaceAll('\n', '\n  '), openKey.replaceAll('\n', '\n  '), ...keyLines),
    ],
    [
      'a private key with a line of 16 characters',
      { private_key: '-----BEGIN PRIVATE KEY-----\n0123456789abcdef\n0123456789abcde' },
      ['-----BEGIN PRIVATE KEY-----\n0123456789abcdef\n0123456789abcde', '0123456789abcdef'],
    ],
  ])('%s', (_what, file, secrets) => {
    expect(list(file)).toEqual(secrets);
  });

  test.each([
    ...['ACCESS_TOKEN', 'jwt-token', 'myPassword', 'SECRET_THING', 'refresh_token'],
    ...['secret_api_key', 'api_key_secret', 'client_id_token', 'client_secret_name'],
  ])('%s, from 16 characters on', (name) => {
    expect(list({ [name]: '0123456789abcdef' })).toEqual(['0123456789abcdef']);
    expect(list(`${name}=0123456789abcdef`)).toEqual(['0123456789abcdef']);
    expect(list({ [name]: '0123456789abcde' })).toEqual([]);
  });
});

test('texts inside texts are read three deep, so that no nesting takes long', () => {
  const nested = (depth: number) => {
    let text = JSON.stringify({ client_secret: SECRET });
    for (let at = 0; at < depth; at += 1) text = JSON.stringify({ context: text });
    return text;
  };
  expect(list(nested(3))).toEqual([SECRET]);
  expect(list(nested(4))).toEqual([]);
  expect(list(Buffer.from(nested(2)).toString('base64url'))).toContain(SECRET);
});

test('a text inside a text counts as what each of its labels says', () => {
  const inner = JSON.stringify(['0123456789abcdef']);
  const file = [
    { value: inner, key: 'description' },
    { value: inner, key: 'ACCESS_TOKEN' },
  ];
  expect(list(file)).toEqual(sorted('0123456789abcdef', inner));
});

// What it is used for is not known, but the file in it may be shown.
test.each([
  ['a .env', `CLIENT_ID=${CLIENT_ID}\nCLIENT_SECRET=${SECRET}`],
  ['a text with a file in it', `the file: {"client_secret":"${SECRET}"}`],
])('in base64, %s is masked as it stands and as it is read', (_what, text) => {
  const encoded = Buffer.from(text).toString('base64url');
  expect(list(encoded)).toEqual(sorted(encoded, SECRET));
});

// Each was used, and stood unmasked in the log.
describe('masked is the secret that the reader takes', () => {
  const of = (secret: string) => `{"key":"API_KEY","value":"${CLIENT_ID}"},${secret}`;

  test.each([
    ['beside an empty name', `{"key":"CLIENT_SECRET","name":"","value":"${SECRET}"}`],
    ['beside another name', `{"key":"CLIENT_SECRET","Name":"Adobe","value":"${SECRET}"}`],
    ['beside a null name', `{"key":"CLIENT_SECRET","name":null,"value":"${SECRET}"}`],
    ['before key and name', `{"value":"${SECRET}","key":"CLIENT_SECRET","name":"x"}`],
    ['in a list', `{"key":"CLIENT_SECRET","name":"x","value":["${SECRET}"]}`],
    ['that is disabled', `{"key":"CLIENT_SECRET","name":"","value":"${SECRET}","enabled":false}`],
  ])('%s in a Postman environment', (_where, secret) => {
    expect(list(`{"values":[${of(secret)}]}`)).toEqual([SECRET]);
  });

  test('in a .env that begins with a quote', () => {
    expect(list(`"mine"\nCLIENT_ID=${CLIENT_ID}\nCLIENT_SECRET=${SECRET}`)).toEqual([SECRET]);
  });
});

describe('masked is what is refused:', () => {
  test.each([
    ['an INI file', `[default]\nclient_secret = ${SECRET}`],
    ['a TOML file', `[default]\nclient_secret = "${SECRET}"`],
    ['a .env in quotes', `"CLIENT_SECRET=${SECRET}\nCLIENT_ID=${CLIENT_ID}"`],
    ['a .env as a JSON string', JSON.stringify(`CLIENT_ID=x\nCLIENT_SECRET=${SECRET}`)],
  ])('%s', (_what, text) => {
    expect(list(text)).toContain(SECRET);
  });

  test.each(['"', ''])('an INI file with a private key in %j', (quote) => {
    expect(list(`[default]\nkey = ${quote}${PRIVATE_KEY}${quote}\nx = ${SECRET}`)).toEqual(
      expect.arrayContaining([...keyLines]),
    );
  });

  test('half a Postman environment, whose value is under an empty name', () => {
    expect(list(`{"values":[{"key":"","value":"${SECRET}"`)).toEqual([SECRET]);
  });

  test('no value under a name that says it is none', () => {
    expect(list(`{"values":[{"key":"NOTE","name":"","value":"${SECRET}"}]}`)).toEqual([]);
  });

  test('a secret of an INI file behind another line', () => {
    expect(list(`[a]\nx = 1\n[b]\nsecret = "${SECRET}`)).toEqual([SECRET]);
  });
});

describe('masked is nothing of', () => {
  test.each<[string, unknown]>([
    ['three characters', { client_secret: 'abc' }],
    ['what says that there is no secret', { client_secret: 'null', secret: null, token: 'Bearer' }],
    ['a client ID alone', CLIENT_ID],
    [
      'a client ID under such a name',
      { client_id: CLIENT_ID, token_for: CLIENT_ID, secret_client_id: OTHER_ID },
    ],
    ['names', { secrets: { a_very_long_name_for_a_secret: 'short' } }],
    [
      'other values',
      { description: 'a text of some length', value: 'another text of some length' },
    ],
    ["Adobe's endpoints", { tokenEndpoint: 'https://ims-na1.adobelogin.com/ims/token/v3' }],
    ['an endpoint of 100 characters', { token: ENDPOINT }],
    ['the name of a key file', { private_key_file: 'private-key-of-the-client.pem' }],
    ...['hint', 'hostname', 'keyword'].map((name): [string, unknown] => [
      `a value beside a ${name} that speaks of a secret`,
      { [name]: 'CLIENT_SECRET', value: 'a text of some length' },
    ]),
    [
      'what says of a value what it is',
      { key: 'CLIENT_SECRET', valueType: 'a text of some length' },
    ],
    ['a long word before others', 'a-long-word-at-the-beginning of a text'],
    [
      'a certificate',
      '-----BEGIN CERTIFICATE-----\nMIIDDzCCAfegAwIBAgIE\n-----END CERTIFICATE-----',
    ],
    ['nothing', ''],
  ])('%s', (_what, file) => {
    expect(list(file)).toEqual([]);
  });
});

describe('half a file gives what it holds:', () => {
  test.each<[string, string, readonly string[]]>([
    ['cut after the secret', `{"values":[{"key":"CLIENT_SECRET","value":"${SECRET}"`, [SECRET]],
    ['cut in the secret', `{"client_secrets":["${SECRET}`, [SECRET]],
    ['cut after an escaped slash', '{"client_secret":"p8e\\/one-of-them', ['p8e/one-of-them']],
    [
      'with a line break and a quote in the secret',
      '{"client_secret":"p8e-\\"one\ntwo"}',
      ['p8e-\\"one\ntwo'],
    ],
    ['cut in an escape', `{"client_secret":"${SECRET}\\u00`, [`${SECRET}\\u00`]],
    ['cut at a backslash', `{"client_secret":"${SECRET}\\`, [SECRET]],
    ['cut before the label', `[{"value":"${SECRET}",`, [SECRET]],
    [
      'cut at its beginning',
      `ENT_SECRET","value":"x"},{"key":"SECRET","value":"${SECRET}"}]}`,
      [SECRET],
    ],
    ['cut in the name', `secret": "${SECRET}", "scopes": ["openid"]}`, [SECRET]],
    ['closed too often', `}]}{"client_secret":"${SECRET}"}`, [SECRET]],
    [
      'a key with its line breaks',
      `{"private_key": "${PRIVATE_KEY}", "client_id": "${CLIENT_ID}"`,
      sorted(key, ...keyLines),
    ],
    [
      'a key cut in its last line',
      `{"private_key": "${openKey.replaceAll('\n', '\\n')}\\n-----END PRIVATE KE`,
      sorted(`${openKey}\n-----END PRIVATE KE`, ...keyLines),
    ],
    [
      'a key cut in an escaped line',
      `{"private_key": "-----BEGIN PRIVATE KEY-----\\n${keyLines[0]}\\nMIIEvQIB`,
      sorted(`-----BEGIN PRIVATE KEY-----\n${keyLines[0]}\nMIIEvQIB`, String(keyLines[0])),
    ],
  ])('%s', (_what, text, secrets) => {
    expect(list(text)).toEqual(secrets);
  });
});
