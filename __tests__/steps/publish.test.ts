// What later steps get of a token, and what is said of an earlier one that it replaces.
import { describe, expect, test } from '@jest/globals';
import { SERVICES } from '../../src/services.ts';
import type { Publication } from '../../src/steps/publication.ts';
import { publish, variableNames } from '../../src/steps/publish.ts';
import { renderSummary } from '../../src/steps/summary.ts';
import { fakeClock, START_MS } from '../support/clock.ts';
import { type SessionOptions, startRun } from '../support/context.ts';
import { SECRET } from '../support/credentials.ts';
import type { Given } from '../support/recording.ts';
import { encodeJwt, giveToken, OPAQUE_TOKEN } from '../support/tokens.ts';

const SCOPES = SERVICES.firefly.scopes.join();

const PUBLICATION: Publication = {
  token: giveToken(),
  source: 'minted',
  verified: 'none',
  attempts: 1,
};

function give(options: SessionOptions = {}, changes: Partial<Publication> = {}) {
  const run = startRun({ clock: fakeClock({ elapsedMs: 1234 }), ...options });
  const publication = { ...PUBLICATION, ...changes };
  publish(run.session, publication);
  return { ...run, publication };
}

describe('a token', () => {
  test('is given as environment variables, then as outputs, and then told of', () => {
    expect(give().recording.calls).toEqual([
      ['variable', 'FIREFLY_SERVICES_ACCESS_TOKEN', OPAQUE_TOKEN],
      ['variable', 'FIREFLY_SERVICES_CLIENT_ID', 'the-client'],
      ['output', 'access-token', OPAQUE_TOKEN],
      ['output', 'token-type', 'bearer'],
      ['output', 'expires-in', '86400'],
      ['output', 'expires-at', '2026-11-22T20:00:00Z'],
      ['output', 'scope', SCOPES],
      ['output', 'client-id', 'the-client'],
      ['output', 'source', 'minted'],
      ['output', 'verified', 'none'],
      ['output', 'skipped', 'false'],
      [
        'info',
        `Got an access token from ims-na1.adobelogin.com for firefly (${SCOPES}), valid until 2026-11-22T20:00:00Z, in 1.2 s`,
      ],
    ]);
  });

  test('is given whole when the job is cancelled half way', () => {
    const { context, recording } = startRun();
    const { runner } = session;
    const output: typeof runner.output = (name, value) => {
      runner.output(name, value);
      recording.cancel();
    };
    publish({ ...context, runner: { ...runner, output } }, PUBLICATION);
    expect(recording.calls).toEqual(give({ clock: fakeClock() }).recording.calls);
  });

  test('counts its seconds to the moment it is given', () => {
    const clock = fakeClock({ nowMs: START_MS + 61_500 });
    expect(give({ clock }).recording.pairs('output')).toMatchObject({ 'expires-in': '86338' });
  });

  test('has the scopes that it carries, not those that were asked for', () => {
    const { recording } = give({}, { token: giveToken({ scopes: ['openid', 'x'] }) });
    expect(recording.pairs('output')).toMatchObject({ scope: 'openid,x' });
    expect(recording.lines('info')).toEqual([expect.stringContaining(' for firefly (openid,x), ')]);
  });

  test('is not exported with `export-env: false`', () => {
    const { recording } = give({ inputs: { 'export-env': 'false' } });
    expect(recording.pairs('variable')).toEqual({});
    expect(recording.pairs('output')).toMatchObject({ 'access-token': OPAQUE_TOKEN });
  });

  test('is exported under the prefix that is wanted', () => {
    const { recording } = give({ inputs: { 'env-prefix': 'MINE' } });
    expect(recording.pairs('variable')).toEqual({
      MINE_ACCESS_TOKEN: OPAQUE_TOKEN,
      MINE_CLIENT_ID: 'the-client',
    });
  });

  test('comes with its seal where one was made', () => {
    const { recording } = give({}, { sealedToken: 'e30....' });
    expect(recording.pairs('output')).toMatchObject({ 'sealed-token': 'e30....' });
  });

  test('comes without a seal where none was made', () => {
    expect(give().recording.pairs('output')).not.toHaveProperty('sealed-token');
  });

  test('is summed up with `summary: true`', () => {
    const { recording, session, publication } = give({ inputs: { summary: 'true' } });
    const summaries = recording.calls.filter(([kind]) => kind === 'summary');
    expect(summaries).toEqual([['summary', renderSummary(context.inputs, publication, START_MS)]]);
  });

  test.each<[string, Partial<Publication>, Given, string]>([
    [
      'a sealed one',
      { source: 'sealed', attempts: 0 },
      {},
      `Took the sealed access token for firefly (${SCOPES}), valid until 2026-11-22T20:00:00Z, in 1.2 s`,
    ],
    [
      'one verified with IMS',
      { verified: 'token' },
      {},
      `Got an access token from ims-na1.adobelogin.com for firefly (${SCOPES}), valid until 2026-11-22T20:00:00Z, verified with IMS, in 1.2 s`,
    ],
    [
      'one verified with the service',
      { verified: 'service' },
      {},
      `Got an access token from ims-na1.adobelogin.com for firefly (${SCOPES}), valid until 2026-11-22T20:00:00Z, verified with the service, in 1.2 s`,
    ],
    [
      'one of another service and IMS, after two attempts',
      { attempts: 2 },
      { service: 'photoshop', 'ims-url': 'https://ims-na1-stg1.adobelogin.com' },
      `Got an access token from ims-na1-stg1.adobelogin.com for photoshop (${SCOPES}), valid until 2026-11-22T20:00:00Z, in 1.2 s, after 2 attempts`,
    ],
  ])('is told of: %s', (_name, changes, inputs, line) => {
    const { recording } = give({ inputs }, changes);
    expect(recording.lines('info')).toEqual([line]);
    const { source = 'minted', verified = 'none' } = changes;
    expect(recording.pairs('output')).toMatchObject({ source, verified });
  });
});

test('the variables are named after the prefix', () => {
  expect(variableNames('X')).toEqual({ token: 'X_ACCESS_TOKEN', clientId: 'X_CLIENT_ID' });
});

describe('a variable that holds a token already', () => {
  const TOKEN = 'FIREFLY_SERVICES_ACCESS_TOKEN';
  const CLIENT = 'FIREFLY_SERVICES_CLIENT_ID';
  const warn = (env: Readonly<Record<string, string>>, inputs: Given = {}) =>
    give({ env, inputs }).recording.lines('warning');
  const warning = (held: string) =>
    `${TOKEN} held ${held}, from an earlier step: steps after this one see the new token. Give this step another \`env-prefix\` to keep both`;
  const OTHER_SCOPES = warning('a token with other scopes');

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
    expect(warn(env)).toEqual([]);
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
    expect(warn(env)).toEqual([warning(`the token of another client, ${client}`)]);
  });

  test.each([
    ['more', `${SCOPES},x`],
    ['fewer', 'openid'],
  ])('of %s scopes is replaced with a warning', (_name, scope) => {
    expect(warn({ [TOKEN]: encodeJwt({ scope }), [CLIENT]: 'the-client' })).toEqual([OTHER_SCOPES]);
  });

  test('is left alone with `export-env: false`', () => {
    const env = { [TOKEN]: 'opaque', [CLIENT]: 'another' };
    expect(warn(env, { 'export-env': 'false' })).toEqual([]);
  });
});
