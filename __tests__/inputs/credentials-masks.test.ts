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
  ])('%s', (_what, file, secrets) => {
    expect(list(file)).toEqual(secrets);
  });

  test.each(['ACCESS_TOKEN', 'jwt-token', 'myPassword', 'SECRET_THING', 'refresh_token'])(
    '%s, from 16 characters on',
    (name) => {
      expect(list({ [name]: '0123456789abcdef' })).toEqual(['0123456789abcdef']);
      expect(list(`${name}=0123456789abcdef`)).toEqual(['0123456789abcdef']);
      expect(list({ [name]: '0123456789abcde' })).toEqual([]);
    },
  );
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
      'a key cut in an escaped line',
      `{"private_key": "-----BEGIN PRIVATE KEY-----\\n${keyLines[0]}\\nMIIEvQIB`,
      sorted(`-----BEGIN PRIVATE KEY-----\n${keyLines[0]}\nMIIEvQIB`, String(keyLines[0])),
    ],
  ])('%s', (_what, text, secrets) => {
    expect(list(text)).toEqual(secrets);
  });
});
