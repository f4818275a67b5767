// The environment variables that later steps get, and those that they replace.
import { describe, expect, test } from '@jest/globals';
import { createRedactor } from '../../src/secrets/redact.ts';
import { Secret } from '../../src/secrets/secret.ts';
import { SERVICES } from '../../src/services.ts';
import { findReplaced, listVariables, variableNames } from '../../src/steps/variables.ts';
import { START_MS } from '../support/clock.ts';
import { SECRET } from '../support/credentials.ts';
import { giveInputs } from '../support/input-source.ts';
import { encodeJwt, giveToken, OPAQUE_TOKEN } from '../support/tokens.ts';

type Changes = Parameters<typeof giveInputs>[0];

function list(changes: Changes = {}, env: Readonly<Record<string, string>> = {}) {
  const variables = listVariables(giveInputs(changes), giveToken(), env);
  return variables.map(([name, value]) => [
    name,
    typeof value === 'string' ? value : value.reveal(),
  ]);
}

test('the variables are named after the prefix', () => {
  expect(variableNames('X')).toEqual({
    token: 'X_ACCESS_TOKEN',
    clientId: 'X_CLIENT_ID',
    orgId: 'X_ORG_ID',
  });
});

describe('the variables', () => {
  test('are the token and the client ID', () => {
    expect(list()).toEqual([
      ['FIREFLY_SERVICES_ACCESS_TOKEN', OPAQUE_TOKEN],
      ['FIREFLY_SERVICES_CLIENT_ID', 'the-client'],
    ]);
  });

  test('are a set for each prefix, with the organization where it is known', () => {
    expect(list({ envPrefixes: ['A', 'B'], orgId: '12@AdobeOrg' })).toEqual([
      ['A_ACCESS_TOKEN', OPAQUE_TOKEN],
      ['A_CLIENT_ID', 'the-client'],
      ['A_ORG_ID', '12@AdobeOrg'],
      ['B_ACCESS_TOKEN', OPAQUE_TOKEN],
      ['B_CLIENT_ID', 'the-client'],
      ['B_ORG_ID', '12@AdobeOrg'],
    ]);
  });

  test("empty the organization of an earlier step, which must not stand beside this one's token", () => {
    const env = { A_ORG_ID: '34@AdobeOrg', B_ORG_ID: '' };
    expect(list({ envPrefixes: ['A', 'B'] }, env)).toEqual([
      ['A_ACCESS_TOKEN', OPAQUE_TOKEN],
      ['A_CLIENT_ID', 'the-client'],
      ['A_ORG_ID', ''],
      ['B_ACCESS_TOKEN', OPAQUE_TOKEN],
      ['B_CLIENT_ID', 'the-client'],
    ]);
  });

  test('of app-builder are also those by which aio finds a token, whatever the prefix', () => {
    const inputs: Changes = { services: ['firefly', 'app-builder'], envPrefixes: ['MINE'] };
    expect(list(inputs)).toEqual([
      ['MINE_ACCESS_TOKEN', OPAQUE_TOKEN],
      ['MINE_CLIENT_ID', 'the-client'],
      ['AIO_IMS_CONTEXTS_CLI_ACCESS__TOKEN_TOKEN', OPAQUE_TOKEN],
      ['AIO_IMS_CONTEXTS_CLI_ACCESS__TOKEN_EXPIRY', String(START_MS + 86_400_000)],
    ]);
  });
});

describe('a variable that holds a token already', () => {
  const SCOPES = SERVICES.firefly.scopes.join();
  const TOKEN = 'FIREFLY_SERVICES_ACCESS_TOKEN';
  const CLIENT = 'FIREFLY_SERVICES_CLIENT_ID';
  const find = (env: Readonly<Record<string, string>>, changes: Changes = {}) => {
    const { hide, redact } = createRedactor();
    hide(new Secret(SECRET));
    return findReplaced(giveInputs(changes), giveToken(), env, redact);
  };
  const hint = 'Give this step another `env-prefix` to keep both';

  test.each([
    ['of the same client', { [TOKEN]: 'opaque', [CLIENT]: 'the-client' }],
    ['of no known client', { [TOKEN]: 'opaque' }],
    ['of no known client, with an empty name', { [TOKEN]: 'opaque', [CLIENT]: '' }],
    [
      'of the client and scopes of this one',
      { [TOKEN]: encodeJwt({ client_id: 'the-client', scope: SCOPES }) },
    ],
    [
      'of the same scopes in another order',
      { [TOKEN]: encodeJwt({ scope: SCOPES.split(',').reverse().join(',') }) },
    ],
    ['in name only', { [TOKEN]: '', [CLIENT]: 'another' }],
    ['under another name', { X_ACCESS_TOKEN: 'opaque', X_CLIENT_ID: 'another' }],
  ])('%s is replaced in silence', (_name, env) => {
    expect(find(env)).toEqual([]);
  });

  test.each([
    ['another client', { [TOKEN]: 'opaque', [CLIENT]: 'another' }, 'another'],
    ['another client, by its claims', { [TOKEN]: encodeJwt({ client_id: 'another' }) }, 'another'],
    [
      'another client, by its name before its claims',
      { [TOKEN]: encodeJwt({ client_id: 'the-client' }), [CLIENT]: 'another' },
      'another',
    ],
    [
      'a client whose name is no text to print',
      { [TOKEN]: 'opaque', [CLIENT]: `::x\n${'y'.repeat(80)}` },
      `: :x ${'y'.repeat(75)}…`,
    ],
    [
      'a client whose name is a piece of the secret',
      { [TOKEN]: 'opaque', [CLIENT]: SECRET.slice(1) },
      '***',
    ],
  ])('of %s is replaced with a warning', (_name, env, client) => {
    expect(find(env)).toEqual([
      { name: TOKEN, held: `the token of another client, ${client}`, hint },
    ]);
  });

  test.each([
    ['more', `${SCOPES},x`],
    ['fewer', 'openid'],
  ])('of %s scopes is replaced with a warning', (_name, scope) => {
    expect(find({ [TOKEN]: encodeJwt({ scope }), [CLIENT]: 'the-client' })).toEqual([
      { name: TOKEN, held: 'a token with other scopes', hint },
    ]);
  });

  test('of the same scopes is replaced in silence, though one of them is not shown', () => {
    const value = encodeJwt({ client_id: 'the-client', scope: `${SCOPES},${SECRET.slice(0, 9)}` });
    const token = giveToken({ value, scopes: [...SCOPES.split(','), '***'] });
    expect(findReplaced(giveInputs(), token, { [TOKEN]: value }, (text) => text)).toEqual([]);
  });

  const AIO = 'AIO_IMS_CONTEXTS_CLI_ACCESS__TOKEN_TOKEN';
  const other = encodeJwt({ client_id: 'another' });
  const aioHint =
    '`aio` reads no other, so set `export-env: false` for the step whose token it should not use';

  test('of aio is replaced with a warning whatever the prefix, which would not help', () => {
    const inputs: Changes = { services: ['app-builder'], envPrefixes: ['SECOND'] };
    const held = 'the token of another client, another';
    expect(find({ [AIO]: other }, inputs)).toEqual([{ name: AIO, held, hint: aioHint }]);
    expect(find({ [AIO]: other, SECOND_ACCESS_TOKEN: other }, inputs)).toEqual([
      { name: 'SECOND_ACCESS_TOKEN', held, hint },
      { name: AIO, held, hint: aioHint },
    ]);
  });

  test.each<[string, Readonly<Record<string, string>>, Changes]>([
    ['that is left alone', { [AIO]: other }, {}],
    [
      'of the same client',
      { [AIO]: encodeJwt({ client_id: 'the-client' }) },
      { services: ['app-builder'] },
    ],
    [
      'that tells no client, whatever the prefix had',
      { [AIO]: 'opaque', X_CLIENT_ID: 'another' },
      { services: ['app-builder'], envPrefixes: ['X'] },
    ],
  ])('of aio %s costs no warning', (_name, env, changes) => {
    expect(find(env, changes)).toEqual([]);
  });
});
