// Whatever text is given as credentials: no exception, no secret in a message, and linear time.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readCredentials } from '../../src/inputs/credentials.ts';
import { listSecrets } from '../../src/inputs/credentials-masks.ts';
import { createRedactor } from '../../src/secrets/redact.ts';
import { anyText } from '../support/any-text.ts';
import {
  aemService,
  aepp,
  aioContext,
  appBuilderEnv,
  flat,
  jwtEnvironment,
  pdfServices,
  postmanEnvironment,
  project,
  projectCredential,
} from '../support/credential-files.ts';

const SIZE = 64 * 1024;

/** What the step does with the text: mask what is found, then read it. */
function readAll(text: string, clientId = '') {
  const secrets = listSecrets(text);
  const masks = secrets.map((secret) => secret.reveal());
  const { hide, redact } = createRedactor();
  for (const secret of secrets) hide(secret);
  const given = { clientId, clientSecret: false, scope: false, orgId: false, imsUrl: false };
  const result = readCredentials(text, given, redact);
  const taken = 'value' in result ? result.value.clientSecrets : [];
  expect(masks).toEqual(expect.arrayContaining(taken.map(({ secret }) => secret.reveal())));
  return { masks, fault: 'fault' in result ? result.fault : '' };
}

/** The pieces of eight characters of the secrets that a message shows. */
function findPieces(fault: string, secrets: readonly string[]): readonly string[] {
  const pieces = Array.from(fault, (_, at) => fault.slice(at, at + 8));
  return pieces.filter((piece) => piece.length === 8 && secrets.some((one) => one.includes(piece)));
}

const secretName = fc.constantFrom(
  ...['client_secret', 'CLIENT_SECRETS', 'IMS_OAUTH_S2S_CLIENT_SECRET', 'secret', 'private-key'],
  ...['access_token', 'JWT_TOKEN', 'myPassword', 'Secret Thing'],
);
const otherName = fc.oneof(
  fc.constantFrom(
    ...['project', 'workspace', 'details', 'credentials', 'oauth_server_to_server', 'org'],
    ...['values', 'key', 'value', 'enabled', 'client_id', 'API_KEY', 'scopes', 'IMS', 'IMS_ORG'],
    ...['environment', 'integration', 'privateKey', 'web', 'info', 'item', '__proto__', 'length'],
    ...['client_credentials', 'service_principal_credentials', 'pathToKey', 'constructor'],
  ),
  fc.string(),
);
/** Starts so that no other value and no message has a piece of it. */
const secret = fc
  .string({
    unit: fc.constantFrom(...'ACDEFGHJKLMNPQRTUVWXYZ0123456789_~'),
    minLength: 20,
    maxLength: 40,
  })
  .map((text) => `§${text.replace(/(.)/g, '$1§')}`);

/** A value, and the secrets in it. */
interface Planted {
  readonly json: unknown;
  readonly secrets: readonly string[];
}

const { planted } = fc.letrec<{ planted: Planted; leaf: Planted; list: Planted; object: Planted }>(
  (tie) => ({
    planted: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      tie('leaf'),
      tie('list'),
      tie('object'),
    ),
    leaf: fc
      .oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null))
      .map((json) => ({ json, secrets: [] })),
    list: fc.array(tie('planted')).map((items) => ({
      json: items.map(({ json }) => json),
      secrets: items.flatMap((item) => item.secrets),
    })),
    object: fc
      .array(
        fc.oneof(
          fc.tuple(otherName, tie('planted')),
          fc.tuple(
            secretName,
            secret.map((value) => ({ json: value, secrets: [value] })),
          ),
          fc.tuple(
            secretName,
            fc.array(secret).map((values) => ({ json: values, secrets: values })),
          ),
        ),
      )
      .map((members) => {
        const kept = new Map<string, Planted>(members);
        return {
          json: Object.fromEntries([...kept].map(([name, { json }]) => [name, json])),
          secrets: [...kept.values()].flatMap((member) => member.secrets),
        };
      }),
  }),
);

test('any JSON gives up its secrets to the masks, and none of them to a message', () => {
  fc.assert(
    fc.property(planted, fc.constantFrom('', 'the-client'), ({ json, secrets }, clientId) => {
      const { masks, fault } = readAll(JSON.stringify(json, null, secrets.length % 3), clientId);
      expect(secrets.filter((value) => !masks.includes(value))).toEqual([]);
      expect(findPieces(fault, secrets)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

const files = [
  postmanEnvironment(),
  postmanEnvironment({ key: 'JWT_TOKEN', value: 'x'.repeat(20) }),
  jwtEnvironment,
  appBuilderEnv,
  ...[flat, aepp, aioContext, pdfServices, aemService].map((file) => JSON.stringify(file)),
  JSON.stringify(
    project(projectCredential(), projectCredential({ client_id: 'another' })),
    null,
    2,
  ),
];

test('a file that was cut or changed anywhere gives no piece of a secret away', () => {
  const change = fc.record({
    file: fc.constantFrom(...files),
    from: fc.nat(400),
    length: fc.nat(2000),
    insert: fc.oneof(fc.constant(''), anyText),
  });
  fc.assert(
    fc.property(change, fc.boolean(), ({ file, from, length, insert }, inBase64) => {
      const { masks } = readAll(file);
      const cut = file.slice(from, from + length) + insert;
      const { fault } = readAll(inBase64 ? Buffer.from(cut).toString('base64') : cut);
      expect(findPieces(fault, masks)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('any text at all is read without an exception', () => {
  fc.assert(fc.property(anyText, (text) => typeof readAll(text).fault === 'string'));
});

describe('64 KiB are read at once, however they are built:', () => {
  const fill = (piece: string, end = '') =>
    piece.repeat(Math.floor((SIZE - end.length) / piece.length)) + end;
  const depth = 30_000;
  /** A list as the value of an object, as the value of an object, and so on, each as JSON text. */
  const nest = (depth: number, length: number, labels = {}) => {
    let text = `[${'1,'.repeat(length)}1]`;
    for (let at = 0; at < depth; at += 1) text = JSON.stringify({ value: text, ...labels });
    return text;
  };

  test.each<[string, string]>([
    ['nested arrays', '['.repeat(depth) + ']'.repeat(depth)],
    ['nested objects', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
    ['nested values of a label', fill('{"key":"SECRET","value":')],
    ['nested arrays as a key', `{"values":[{"key":${'['.repeat(depth)}${']'.repeat(depth)}}]}`],
    ['arrays that are not closed', fill('[')],
    ['quotes', fill('"')],
    ['escapes', fill('\\"')],
    ['a string without an end', `{"secret":"${fill('\\').slice(0, -20)}`],
    ['texts inside texts', nest(12, 18_000)],
    ['texts inside texts, under a label', nest(3, 32_000, { key: 'SECRET' })],
    ['beginnings of a list in a text', fill('[\\"')],
    ['beginnings of an object in a text', fill('{\\"')],
    ['lists in text', fill('{"secret":"[\\"a\\"]",')],
    ['beginnings of a key', fill('-----BEGIN PRIVATE KEY-----')],
    ['assignments', fill('SECRET=0123456789abcdef\n')],
    ['labels and values', `{${fill('"key":"x","value":"y",').slice(1)}`],
    ['assignments in a string', fill('{"a":"B=1\\n')],
    ['equals signs', fill('=')],
    ['one assignment', fill('A'.repeat(100), '=b')],
    ['spaces and a comment', `A="b"${fill(' ').slice(10)}#`],
    ['comments', `A=${fill(' #').slice(10)}`],
    ['endpoints', `{"token":"https://${fill('a.adobelogin.com').slice(40)}!"}`],
    ['base64', fill('QUJD')],
    ['base64 with spaces', fill('QUJD ', '!')],
    ['a token without a signature', `eyJ${fill('a.').slice(10)}`],
    ['blanks', `x${fill(' ').slice(2)}x`],
    ['scopes', JSON.stringify({ client_id: 'a', scopes: fill('a ').slice(100) })],
    ['client IDs', JSON.stringify({ client_id: Array.from({ length: 9000 }, (_, n) => `${n}`) })],
    [
      'credentials',
      JSON.stringify(
        project(
          ...Array.from({ length: 800 }, (_, n) =>
            projectCredential({ client_id: `${n}`, scopes: [] }),
          ),
        ),
      ).slice(0, SIZE),
    ],
    [
      'small credentials',
      JSON.stringify(
        project(
          ...Array.from({ length: 1000 }, (_, n) => ({
            oauth_server_to_server: { client_id: `${n}` },
          })),
        ),
      ),
    ],
  ])('%s', (_what, text) => {
    expect(text.length).toBeLessThanOrEqual(SIZE + 100);
    const startedAt = performance.now();
    expect(typeof readAll(text).fault).toBe('string');
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });
});
