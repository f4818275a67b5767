// The shipped bundle mints: what it sends, what it publishes, and when it tries again.
import { describe, expect, test } from '@jest/globals';
import { runMain } from '../support/bundle.ts';
import { SECRET } from '../support/credentials.ts';
import { listPaths, start } from '../support/stand-in.ts';

describe('a good answer', () => {
  test.concurrent('is masked first, and then published', async () => {
    const standIn = await start();
    const { transcript } = await runMain(standIn);
    expect(transcript).toMatchSnapshot();
    expect(standIn.requests).toHaveLength(1);
  });

  test.concurrent.each([
    ['good', 86_399],
    ['strings', 86_399],
    ['milliseconds', 86_399],
    ['opaque', 86_399],
    ['short', 3599],
  ])('may be of the kind %s, good for %d s', async (fault, lifetimeS) => {
    const standIn = await start({ fail: [fault] });
    const { exitCode, outputs } = await runMain(standIn);
    expect(exitCode).toBe(0);
    expect(outputs['access-token']).toBe(standIn.tokens[0]);
    const leftS = Number(outputs['expires-in']);
    expect(leftS).toBeLessThanOrEqual(lifetimeS);
    expect(leftS).toBeGreaterThan(lifetimeS - 20);
    const endMs = Date.parse(outputs['expires-at'] ?? '');
    expect(Math.abs(endMs - Date.now() - leftS * 1000)).toBeLessThan(20_000);
  });

  test.concurrent('that grants less than was requested is published with a warning', async () => {
    const { exitCode, transcript } = await runMain(await start({ fail: ['fewer-scopes'] }));
    expect(exitCode).toBe(0);
    expect(transcript).toMatchSnapshot();
  });
});

describe('the request', () => {
  const env = { ACTIONS_ORCHESTRATION_ID: 'orchestration-5e1f', RUNNER_DEBUG: '1' };

  test.concurrent('holds what IMS wants, form-encoded, and nothing of the runner', async () => {
    const standIn = await start();
    const inputs = {
      'client-secret': 's+cret&100%=/?',
      scope: 'b,a  b\nc',
      'org-id': '1234567890ABCDEF@AdobeOrg',
    };
    const { exitCode } = await runMain(standIn, { inputs, env });
    expect(exitCode).toBe(0);
    const [request] = standIn.requests;
    expect(request).toMatchObject({ method: 'POST', path: '/ims/token/v3', query: '' });
    expect(request?.body).toBe(
      'grant_type=client_credentials&client_id=the-client&client_secret=s%2Bcret%26100%25%3D%2F%3F' +
        '&scope=b%2Ca%2Cc&org_id=1234567890ABCDEF%40AdobeOrg',
    );
    expect(request?.headers).toEqual({
      accept: 'application/json',
      'accept-encoding': 'identity',
      connection: expect.any(String),
      'content-length': String(request?.body.length),
      'content-type': 'application/x-www-form-urlencoded',
      host: new URL(standIn.url).host,
      'user-agent': 'adobe-ims-token-action',
    });
  });

  test.concurrent('goes below the path of a base URL', async () => {
    const standIn = await start();
    await runMain(standIn, { inputs: { 'ims-url': `${standIn.url}/gateway/` } });
    expect(listPaths(standIn)).toEqual(['/gateway/ims/token/v3']);
  });
});

describe('the secret', () => {
  test.concurrent.each([
    ['a line end of Windows', `${SECRET}\r\n`],
    ['blanks around it', ` \t${SECRET} \n\n`],
  ])('may have %s', async (_what, given) => {
    const standIn = await start({ clientSecrets: [SECRET] });
    const { exitCode, masks } = await runMain(standIn, { inputs: { 'client-secret': given } });
    expect(exitCode).toBe(0);
    expect(masks).toEqual([SECRET, standIn.tokens[0]]);
  });

  test.concurrent('is masked in the forms in which it travels, too', async () => {
    const secret = 's+cret&100%~(x)';
    const standIn = await start();
    const { masks } = await runMain(standIn, { inputs: { 'client-secret': secret } });
    expect(masks).toEqual([
      secret,
      's%2Bcret%26100%25~(x)',
      's%2Bcret%26100%25%7E%28x%29',
      standIn.tokens[0],
    ]);
  });
});

describe('another try', () => {
  test.concurrent.each(['408', '429', '500', '502', '503', 'reset', 'cut-header', 'cut'])(
    'follows %s',
    async (fault) => {
      const standIn = await start({ fail: [fault] });
      const { exitCode, infos, outputs } = await runMain(standIn);
      expect(exitCode).toBe(0);
      expect(infos).toEqual([expect.stringMatching(/, after 2 attempts$/)]);
      expect(outputs['access-token']).toBe(standIn.tokens.at(-1));
      expect(standIn.requests).toHaveLength(2);
    },
  );

  test.concurrent.each(['429-1', '429-date'])('waits as long as %s asks for', async (fault) => {
    const standIn = await start({ fail: [fault] });
    const { exitCode } = await runMain(standIn);
    expect(exitCode).toBe(0);
    const [first, second] = standIn.requests.map(({ atMs }) => atMs);
    expect(Number(second) - Number(first)).toBeGreaterThanOrEqual(1000);
    expect(standIn.requests).toHaveLength(2);
  });

  test.concurrent('follows several failures, each told in the debug log', async () => {
    const standIn = await start({ fail: ['500', '502'] });
    const { transcript } = await runMain(standIn, { env: { RUNNER_DEBUG: '1' } });
    expect(transcript).toMatchSnapshot();
    expect(standIn.requests).toHaveLength(3);
  });

  test.concurrent.each([
    ['503*', { 'max-attempts': '3' }, 3],
    ['reset*', { 'max-attempts': '2' }, 2],
    ['502*', { 'max-attempts': '1' }, 1],
  ])('of %s with %j comes no more often than allowed', async (fault, inputs, attempts) => {
    const standIn = await start({ fail: [fault] });
    const { exitCode, transcript, outputs } = await runMain(standIn, { inputs });
    expect({ exitCode, outputs }).toEqual({ exitCode: 1, outputs: {} });
    expect(transcript).toMatchSnapshot();
    expect(standIn.requests).toHaveLength(attempts);
  });

  test.concurrent('does not come when the server asks to wait too long', async () => {
    const standIn = await start({ fail: ['429-3600'] });
    const { exitCode, transcript } = await runMain(standIn);
    expect(exitCode).toBe(1);
    expect(transcript).toMatchSnapshot();
    expect(standIn.requests).toHaveLength(1);
  });
});
