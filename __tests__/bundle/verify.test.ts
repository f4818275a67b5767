// The shipped bundle verifies a token before a pipeline relies on it: with IMS, or with the service itself.
import { describe, expect, test } from '@jest/globals';
import { runMain } from '../support/bundle.ts';
import { serveCounting } from '../support/server.ts';
import { listPaths, start } from '../support/stand-in.ts';

const token = { verify: 'token' };

function service(url: string, path = '/v3/custom-models') {
  return { verify: 'service', 'verify-url': `${url}${path}` };
}

describe('a token that is good', () => {
  test.concurrent('passes at IMS, requested as IMS documents it', async () => {
    const standIn = await start();
    const { exitCode, transcript } = await runMain(standIn, { inputs: token });
    expect(exitCode).toBe(0);
    expect(transcript).toMatchSnapshot();
    const [, request] = standIn.requests;
    const [value = ''] = standIn.tokens;
    expect(request).toMatchObject({
      method: 'POST',
      path: '/ims/validate_token/v1',
      query: '',
      body: `type=access_token&client_id=the-client&token=${value}`,
      headers: { authorization: `Bearer ${value}`, 'x-ims-clientid': 'the-client' },
    });
  });

  test.concurrent.each([
    ['/v3/custom-models', {}],
    ['/pie/psdService/hello', {}],
    ['/batches', { 'org-id': '1234567890ABCDEF@AdobeOrg' }],
  ])('passes at a service (%s)', async (path, organization) => {
    const standIn = await start();
    const inputs = { ...service(standIn.url, path), ...organization };
    const { exitCode, outputs, infos } = await runMain(standIn, { inputs });
    expect(exitCode).toBe(0);
    expect(outputs['verified']).toBe('service');
    expect(infos).toEqual([expect.stringMatching(/, verified with the service, in [\d.]+ s$/)]);
    const [, request] = standIn.requests;
    expect(request).toMatchObject({ method: 'GET', path, query: '', body: '' });
    expect(request?.headers).toMatchObject({
      authorization: `Bearer ${standIn.tokens[0]}`,
      'x-api-key': 'the-client',
    });
    expect(request?.headers).not.toHaveProperty('content-type');
  });

  test.concurrent('of a service that has no address is shown to IMS', async () => {
    const standIn = await start();
    const inputs = { service: 'lightroom', verify: 'service' };
    const { exitCode, outputs } = await runMain(standIn, { inputs });
    expect({ exitCode, verified: outputs['verified'] }).toEqual({ exitCode: 0, verified: 'token' });
    expect(listPaths(standIn)).toEqual(['/ims/token/v3', '/ims/validate_token/v1']);
  });

  test.concurrent('is tried again where the network fails', async () => {
    const standIn = await start({ failVerify: ['503', 'reset'] });
    const { exitCode, transcript } = await runMain(standIn, { inputs: token });
    expect(exitCode).toBe(0);
    expect(transcript).toMatchSnapshot();
    expect(standIn.requests).toHaveLength(4);
  });
});

describe('a token is not published', () => {
  test.concurrent.each([
    ['invalid', 'token', 'token-not-valid'],
    ['valid-string', 'token', 'token-not-valid'],
    ['valid-string-true', 'token', 'token-not-valid'],
    ['empty-object', 'token', 'token-not-valid'],
    ['html', 'token', 'html-answer'],
    ['redirect', 'token', 'redirect'],
    ['echo', 'token', 'token-not-valid'],
    ['401013', 'service', 'token-refused'],
    ['403003', 'service', 'api-not-added'],
    ['403025', 'service', 'not-entitled'],
    ['quota_exhausted', 'service', 'quota-exhausted'],
    ['user_non_entitled', 'service', 'not-entitled'],
    ['invalid_ims_scope', 'service', 'wrong-scope'],
    ['html', 'service', 'html-answer'],
    ['redirect', 'service', 'redirect'],
    ['echo', 'service', 'verification-refused'],
  ])('on the first answer %s, with verify: %s', async (fault, verify, topic) => {
    const standIn = await start({ failVerify: [fault] });
    const inputs = verify === 'token' ? token : service(standIn.url);
    const run = await runMain(standIn, { inputs });
    expect(run.exitCode).toBe(1);
    expect(run.errors).toEqual([expect.stringMatching(new RegExp(`#${topic}$`))]);
    expect(run.transcript).toMatchSnapshot();
    expect(standIn.requests).toHaveLength(2);
  });

  test.concurrent('when nobody answers in time', async () => {
    const standIn = await start({ failVerify: ['hang*'] });
    const inputs = { ...token, timeout: '3', 'max-attempts': '2' };
    const { exitCode, transcript } = await runMain(standIn, { inputs });
    expect(exitCode).toBe(1);
    expect(transcript).toMatchSnapshot();
    // An attempt gets ten seconds, which is all that this step has.
    expect(standIn.requests).toHaveLength(2);
  });

  test.concurrent('when the last try fails, too', async () => {
    const standIn = await start({ failVerify: ['503*'] });
    const inputs = { ...service(standIn.url), 'max-attempts': '2' };
    const { exitCode, transcript } = await runMain(standIn, { inputs });
    expect(exitCode).toBe(1);
    expect(transcript).toMatchSnapshot();
    expect(standIn.requests).toHaveLength(3);
  });

  test.concurrent('nor given to the host that a redirect names', async () => {
    const other = await serveCounting((_request, response) => response.end('{"valid":true}'));
    const standIn = await start({ failVerify: ['redirect-307'], redirectTo: `${other.url}/` });
    const { exitCode } = await runMain(standIn, { inputs: token });
    expect({ exitCode, received: other.count() }).toEqual({ exitCode: 1, received: 0 });
  });
});
