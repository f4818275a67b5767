// The stand-in's tokens in use: validated, shown to services, revoked, expired.
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { StandIn } from '../../dev/stand-in/server.ts';
import { SERVICE_NAMES, SERVICES, type Service } from '../../src/services.ts';
import { form, mint, post, start } from '../support/stand-in.ts';
import { decodeJwt } from '../support/tokens.ts';

describe('a token', () => {
  let standIn: StandIn;
  let token: string;
  beforeAll(async () => {
    standIn = await start();
    token = (await mint(standIn)).token;
  });

  function validate(value: string) {
    const headers = { Authorization: `Bearer ${value}`, 'X-IMS-ClientId': 'the-client' };
    const fields = { type: 'access_token', client_id: 'the-client', token: value };
    return post(standIn, '/ims/validate_token/v1', fields, headers);
  }

  function revoke(value: string, more: Readonly<Record<string, string>> = {}) {
    const { client_id, client_secret } = form;
    const fields = { token_type: 'access_token', token: value, client_id, client_secret, ...more };
    return post(standIn, '/ims/invalidate_token/v2', fields);
  }

  /** With token and key, unless `changes` says otherwise; an empty text leaves a header out. */
  function call(path: string, changes: Readonly<Record<string, string>> = {}, method = 'GET') {
    const given = { authorization: `Bearer ${token}`, 'x-api-key': 'the-client', ...changes };
    const headers = Object.entries(given).filter(([, value]) => value !== '');
    return fetch(`${standIn.url}${path}`, { method, headers });
  }

  test('is valid to IMS', async () => {
    expect(await (await validate(token)).json()).toEqual({ valid: true, token: decodeJwt(token) });
  });

  test('that was not issued is not valid', async () => {
    expect(await (await validate('x')).json()).toEqual({ valid: false, reason: 'bad_signature' });
  });

  test('is validated only as documented', async () => {
    const response = await post(standIn, '/ims/validate_token/v1', { token });
    expect(response.status).toBe(400);
    expect(await response.text()).toMatch(
      /fields are token, not client_id,token,type; .*Authorization.*X-IMS-ClientId/,
    );
  });

  test.each(SERVICE_NAMES.filter((name) => (SERVICES[name] as Service).verifyUrl))(
    'is good for the address of %s, with the organization where the service demands it',
    async (name) => {
      const { verifyUrl = '', orgHeader }: Service = SERVICES[name];
      const { pathname } = new URL(verifyUrl);
      const response = await call(pathname, { 'x-gw-ims-org-id': '12@AdobeOrg' });
      expect(response.status).toBe(200);
      expect(response.headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
      expect(await response.json()).toEqual(expect.any(Object));
      expect((await call(pathname)).status).toBe(orgHeader ? 400 : 200);
    },
  );

  test('is good for Photoshop', async () => {
    const response = await call('/pie/psdService/hello');
    expect(await response.text()).toBe('Welcome to the Photoshop API!');
  });

  test.each([
    ['no key', { 'x-api-key': '' }, 403, '403000'],
    ['no token', { authorization: '' }, 403, '403010'],
    ['a foreign token', { authorization: 'Bearer x' }, 401, '401013'],
  ])('is needed by a service: %s', async (_name, changes, status, code) => {
    const response = await call('/v1/voices', changes);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error_code: code });
  });

  test("is of no use with another client's key", async () => {
    const response = await call('/v1/voices', { 'x-api-key': 'other' });
    expect(await response.json()).toEqual({ error_code: '403003', message: 'Api Key is invalid' });
  });

  test('makes a picture', async () => {
    const response = await call('/v3/images/generate', {}, 'POST');
    const url = `${standIn.url}/picture.png`;
    expect(await response.json()).toEqual({ outputs: [{ seed: 1, image: { url } }] });
    const picture = Buffer.from(await (await fetch(url)).arrayBuffer());
    expect(picture.subarray(1, 4).toString()).toBe('PNG');
  });

  test('is not revoked together with others, nor when unknown', async () => {
    expect((await revoke(token, { cascading: 'all' })).status).toBe(400);
    expect((await revoke('x')).status).toBe(400);
    expect(standIn.revoked).toEqual([]);
  });

  test('is of no use once revoked', async () => {
    const response = await revoke(token);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
    expect(standIn.revoked).toEqual([token]);
    expect(await (await validate(token)).json()).toEqual({ valid: false, reason: 'revoked' });
    expect((await call('/v1/voices')).status).toBe(401);
  });

  test('is of no use once expired', async () => {
    standIn = await start({ grant: { lifetimeS: -1 } });
    token = (await mint(standIn)).token;
    expect(await (await validate(token)).json()).toEqual({ valid: false, reason: 'expired' });
  });
});
