// The stand-in's API for a credential's client secrets, as Adobe documents it.
import { expect, test } from '@jest/globals';
import type { StandIn } from '../../dev/stand-in/server.ts';
import { SERVICES } from '../../src/services.ts';
import { mint, start } from '../support/stand-in.ts';

const path = '/console/organizations/12/credentials/34/secrets';
const OLD = 'p8e-old-secret-of-a-credential';
const dayMs = 86_400_000;

interface Listed {
  readonly uuid: string;
  readonly created_at: string;
  readonly secret_usages: readonly { readonly last_used_at: string }[] | null;
}

/** Calls it with a token of these scopes. */
async function openApi(
  standIn: StandIn,
  scopes: readonly string[] = SERVICES['io-management'].scopes,
) {
  const { token } = await mint(standIn, { client_secret: OLD, scope: scopes.join() });
  return async (method: string, where = path) => {
    const headers = { Authorization: `Bearer ${token}`, 'x-api-key': 'the-client' };
    const response = await fetch(`${standIn.url}${where}`, { method, headers });
    const text = await response.text();
    const answer = text.startsWith('{') ? JSON.parse(text) : {};
    return { status: response.status, answer, text };
  };
}

test('secrets are listed with their use, and without their values', async () => {
  const standIn = await start({ clientSecrets: [OLD, 'unused'] });
  const { status, answer, text } = await (await openApi(standIn))('GET');
  expect(status).toBe(200);
  const time = expect.stringMatching(/^\d{13}$/);
  const listed = { uuid: expect.stringMatching(/^[\da-f-]{36}$/), created_at: time };
  expect(answer).toEqual({
    client_id: 'the-client',
    client_secrets: [
      {
        ...listed,
        expires_at: 'PERMANENT',
        secret_usages: [{ last_used_at: time, grant_type: 'client_credentials' }],
      },
      { ...listed, expires_at: 'PERMANENT', secret_usages: null },
    ],
  });
  expect(text).not.toContain(OLD);
});

test('one is added, mints at once, and there are never more than two', async () => {
  const standIn = await start({ clientSecrets: [OLD] });
  const call = await openApi(standIn);
  const { status, answer } = await call('POST');
  expect(status).toBe(201);
  const minted = await mint(standIn, { client_secret: answer['client_secret'] });
  expect(minted.response.status).toBe(200);
  expect((await call('POST')).status).toBe(400);
});

test('one that is removed mints no more', async () => {
  const standIn = await start({ clientSecrets: [OLD] });
  const call = await openApi(standIn);
  const { answer } = await call('POST');
  expect(await call('DELETE', `${path}/${answer.uuid}`)).toMatchObject({ status: 204, text: '' });
  const refused = await mint(standIn, { client_secret: answer['client_secret'] });
  expect(refused.response.status).toBe(400);
  expect((await call('DELETE', `${path}/${answer.uuid}`)).status).toBe(404);
});

test('days pass for their times', async () => {
  const standIn = await start({ clientSecrets: [OLD] });
  const call = await openApi(standIn);
  const before: readonly Listed[] = (await call('GET')).answer.client_secrets;
  standIn.passDays(2);
  const after: readonly Listed[] = (await call('GET')).answer.client_secrets;
  const read = (secrets: readonly Listed[]) => [
    Number(secrets[0]?.created_at),
    Number(secrets[0]?.secret_usages?.[0]?.last_used_at),
  ];
  expect(read(after)).toEqual(read(before).map((timeMs) => timeMs - 2 * dayMs));
});

test.each([
  ['a token for another service', ['openid', 'firefly_api'], path, 403],
  ['an organization that is no number', undefined, path.replace('12', 'x@AdobeOrg'), 404],
])('%s gets nowhere', async (_what, scopes, where, status) => {
  const call = await openApi(await start({ clientSecrets: [OLD] }), scopes);
  expect((await call('GET', where)).status).toBe(status);
});

test.each([
  ['GET', ['500']],
  ['POST', ['good', '500']],
])('a failure of %s can be had', async (method, failSecrets) => {
  const call = await openApi(await start({ clientSecrets: [OLD], failSecrets }));
  if (method === 'POST') await call('GET');
  expect((await call(method)).status).toBe(500);
});
