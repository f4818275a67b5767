// The stand-in's token endpoint: it holds requests to the documentation and answers as IMS does.
import { describe, expect, test } from '@jest/globals';
import { form, formType, mint, post, start } from '../support/stand-in.ts';
import { decodeJwt } from '../support/tokens.ts';

describe('a token request', () => {
  test('is answered with a JWT as IMS makes it', async () => {
    const standIn = await start();
    const { response, answer, token } = await mint(standIn);
    expect(response.status).toBe(200);
    expect(response.headers.get('x-debug-id')).toMatch(/^[\w-]{36}$/);
    expect(answer).toEqual({ access_token: token, token_type: 'bearer', expires_in: 86_399 });
    expect(token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]{342}$/);
    expect(decodeJwt(token)).toEqual({
      id: expect.any(String),
      type: 'access_token',
      client_id: 'the-client',
      user_id: expect.stringMatching(/@techacct\.adobe\.com$/),
      as: 'ims-na1',
      scope: 'openid,AdobeID,ff_apis',
      created_at: expect.stringMatching(/^\d{13}$/),
      expires_in: '86400000',
    });
    expect(standIn.tokens).toEqual([token]);
  });

  test('is recorded', async () => {
    const standIn = await start();
    await mint(standIn);
    expect(standIn.requests).toEqual([
      {
        method: 'POST',
        path: '/ims/token/v3',
        query: '',
        headers: expect.objectContaining({ 'content-type': formType }),
        body: new URLSearchParams(form).toString(),
        form: Object.entries(form),
        atMs: expect.any(Number),
      },
    ]);
  });

  test.each([
    ['a query', '?client_id=x', form, {}, 'query sent'],
    [
      'Basic authentication',
      '',
      form,
      { Authorization: 'Basic eDp5' },
      'Authorization header sent',
    ],
    ['JSON', '', form, { 'Content-Type': 'application/json' }, 'Content-Type is application/json'],
    ['no secret', '', { ...form, client_secret: '' }, {}, 'client_secret does not match /./'],
    ['another grant', '', { ...form, grant_type: 'password' }, {}, 'grant_type does not match'],
    ['blanks between scopes', '', { ...form, scope: 'a, b' }, {}, 'scope does not match'],
    ['a field of its own', '', { ...form, audience: 'x' }, {}, 'fields are audience,client_id,'],
  ])('with %s is refused', async (_name, query, fields, headers, fault) => {
    const response = await post(await start(), `/ims/token/v3${query}`, fields, headers);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      error: 'invalid_request',
      error_description: expect.stringContaining(fault),
    });
  });

  test.each([
    ['a value that is not form-encoded', 'client_secret=s cret', 'body is not form-encoded'],
    ['a repeated field', `${new URLSearchParams(form)}&scope=x`, 'scope,scope, not client_id,'],
  ])('with %s is refused', async (_name, body, fault) => {
    const { url } = await start();
    const response = await fetch(`${url}/ims/token/v3`, {
      method: 'POST',
      headers: { 'Content-Type': formType },
      body,
    });
    expect(await response.text()).toContain(fault);
  });

  test('with a wrong secret gets the error of IMS', async () => {
    const standIn = await start({ clientSecrets: ['s+cret & 100%', 'b'] });
    const { response, answer } = await mint(standIn, { client_secret: 'old' });
    expect(response.status).toBe(400);
    expect(answer).toEqual({
      error: 'invalid_client',
      error_description: 'invalid client_secret parameter',
    });
    expect((await mint(standIn, { client_secret: 'b' })).response.status).toBe(200);
  });

  test('can be answered with other tokens', async () => {
    const opaque = await mint(await start({ grant: { opaque: true, bytes: 16_384 } }));
    expect(opaque.token).toMatch(/^[\w-]{16384}$/);
    const large = await mint(await start({ grant: { bytes: 5000 } }));
    expect(large.token.length).toBeGreaterThanOrEqual(5000);
    const other = await mint(await start({ grant: { lifetimeS: 60, scope: 'openid,x' } }));
    expect(other.answer['expires_in']).toBe(60);
    expect(decodeJwt(other.token)).toMatchObject({ scope: 'openid,x', expires_in: '61000' });
  });
});
