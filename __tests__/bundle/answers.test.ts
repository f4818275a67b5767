// The shipped bundle and answers that are neither good nor plainly a refusal, each as somebody met it.
import { describe, expect, test } from '@jest/globals';
import { type Run, runMain, runPost } from '../support/bundle.ts';
import { SECOND_SECRET, SECRET } from '../support/credentials.ts';
import { startMintingServer } from '../support/minting-server.ts';
import { serve } from '../support/server.ts';
import { start } from '../support/stand-in.ts';
import { encodeJwt } from '../support/tokens.ts';

const refused = ({ exitCode, errors }: Run) => ({ exitCode, error: errors[0] ?? '' });

describe('an unusual answer that is good is taken:', () => {
  test.concurrent.each(['bom', 'identity'])('%s', async (fault) => {
    const { exitCode, warnings } = await runMain(await start({ fail: [fault] }));
    expect({ exitCode, warnings }).toEqual({ exitCode: 0, warnings: [] });
  });

  test.concurrent('a token of seven days, which answer and claims both say, lives seven days', async () => {
    const { outputs } = await runMain(await start({ grant: { lifetimeS: 604_800 } }));
    expect(Number(outputs['expires-in'])).toBeGreaterThan(604_700);
  });
});

describe('an answer that is not what it seems is told as what it is:', () => {
  test.concurrent.each([
    ['xml', 'HTTP 500, an XML document, after 1 attempt', { 'max-attempts': '1' }],
    ['text-200', 'the answer is not a token: it is not a JSON object', {}],
    ['error-200', 'HTTP 200, invalid_client "invalid client_secret parameter"', {}],
    ['short-token', 'its access_token is shorter than 16 characters', {}],
    ['no-lifetime', 'neither its expires_in nor the token says how long the token lives', {}],
  ])('%s', async (fault, message, inputs) => {
    const run = await runMain(await start({ fail: [fault] }), { inputs });
    expect(refused(run).exitCode).toBe(1);
    expect(refused(run).error).toContain(message.replace(', after 1 attempt', ''));
  });

  test.concurrent('an OAuth error in a 200 has the next secret tried', async () => {
    const standIn = await start({ fail: ['error-200'] });
    const inputs = { 'client-secret': `${SECRET}\n${SECOND_SECRET}` };
    const { exitCode, warnings } = await runMain(standIn, { inputs });
    expect(exitCode).toBe(0);
    expect(warnings).toEqual([expect.stringContaining('IMS refused line 1 of client-secret')]);
  });
});

describe('a refused answer that holds a token', () => {
  test.concurrent('of 100 KiB leaves the post step able to start, and is said to stay valid', async () => {
    const standIn = await start({ fail: ['huge-token'] });
    const main = await runMain(standIn, { inputs: { revoke: 'true' } });
    expect(main.errors[0]).toContain('An answer held an access token: it stays valid');
    const post = await runPost(standIn, main);
    expect(post).toMatchObject({ exitCode: 0, infos: [], warnings: [] });
  });

  test.concurrent.each(['201', '202', '206', 'mac'])(
    '(%s) is masked, told of, and revoked by the post step',
    async (fault) => {
      const standIn = await start({ fail: [fault] });
      const main = await runMain(standIn, { inputs: { revoke: 'true', 'max-attempts': '1' } });
      expect(main.exitCode).toBe(1);
      expect(main.masks).toContain(standIn.tokens[0]);
      expect(main.errors[0]).toContain('An answer held an access token: the post step revokes it');
      const post = await runPost(standIn, main);
      expect(post.infos).toEqual([expect.stringMatching(/^Revoked the access token/)]);
      expect(standIn.revoked).toEqual(standIn.tokens);
    },
  );

  test.concurrent('in its description is hidden there, though nobody knows it', async () => {
    const standIn = await start({ fail: ['token-400'] });
    const { errors } = await runMain(standIn);
    expect(errors[0]).toContain('HTTP 400, invalid_request "already issued: ***"');
  });

  test.concurrent('of a failed attempt is revoked as well as the one that was taken', async () => {
    const standIn = await start({ fail: ['token-503'] });
    const main = await runMain(standIn, { inputs: { revoke: 'true' } });
    expect(main.exitCode).toBe(0);
    expect(standIn.tokens).toHaveLength(2);
    await runPost(standIn, main);
    expect(standIn.revoked).toEqual(standIn.tokens);
  });
});

// It took a minute at `timeout: 5`, and filled the disk with states.
test.concurrent('an answer with nine thousand tokens is over at once, and saves a few of them', async () => {
  const many = Array.from(
    { length: 9000 },
    (_, at) => `"access_token":"token-number-${at}"`,
  ).join();
  const url = await serve((_request, response) => response.writeHead(400).end(`{${many}}`));
  const run = await runMain({ url }, { inputs: { revoke: 'true', timeout: '5' } });
  expect(run.exitCode).toBe(1);
  expect(run.durationMs).toBeLessThan(5000);
  expect(run.masks.length).toBeLessThan(10);
  expect((run.rawFiles['GITHUB_STATE'] ?? '').length).toBeLessThan(10_000);
});

test.concurrent('a word in the place of a token does not hide the log', async () => {
  const url = await serve((_request, response) =>
    response.writeHead(400).end(JSON.stringify({ access_token: 'none', error: 'none of these' })),
  );
  const { masks, errors } = await runMain({ url });
  expect(masks).toEqual([SECRET]);
  expect(errors).toEqual([expect.stringContaining('HTTP 400, none of these')]);
});

test.concurrent.each<[string, (text: string) => string]>([
  ['hexadecimal', (text) => Buffer.from(text).toString('hex')],
  [
    'percent-encoding, byte by byte',
    (text) => Buffer.from(text).toString('hex').replace(/../g, '%$&'),
  ],
  ['capitals', (text) => text.toUpperCase()],
])('the secret in %s is hidden in what IMS says', async (_how, encode) => {
  const url = await serve((_request, response) =>
    response.writeHead(400).end(JSON.stringify({ error: 'x', error_description: encode(SECRET) })),
  );
  expect((await runMain({ url })).errors).toEqual([expect.stringContaining('x "***"')]);
});

test.concurrent('a 503 that repeats the token of the next answer leaves nothing of it in the debug line', async () => {
  const next = encodeJwt({ expires_in: '3600000', filler: 'the-token-that-is-next' });
  let count = 0;
  const url = await serve((_request, response) => {
    count += 1;
    if (count > 1) {
      response.end(JSON.stringify({ access_token: next, token_type: 'bearer', expires_in: 3600 }));
      return;
    }
    const error_description = `${next} is on its way`;
    response.writeHead(503).end(JSON.stringify({ error: 'later', error_description }));
  });
  const { exitCode, debug } = await runMain({ url, tokens: [next] });
  expect(exitCode).toBe(0);
  expect(debug[0]).toContain('HTTP 503, later "*** is on its way"');
});

test.concurrent('an answer of 115 scopes that nobody requested and a token of 16 KB is read within its time', async () => {
  const scope = Array.from({ length: 80 }, (_, at) => `scope-${at}-that-nobody-requested`).join();
  const token = encodeJwt({ scope, expires_in: '3600000', filler: 'x'.repeat(8000) });
  const url = await serve((_request, response) =>
    response.end(JSON.stringify({ access_token: token, token_type: 'bearer', expires_in: 3600 })),
  );
  const { exitCode, durationMs } = await runMain(
    { url, tokens: [token] },
    { inputs: { timeout: '5' } },
  );
  expect(exitCode).toBe(0);
  expect(durationMs).toBeLessThan(5000);
});

test.concurrent('a token of 250 KB is masked as it is, and not in three forms: that wrote 1.5 MB', async () => {
  const token = `a%${'b'.repeat(250_000)}`;
  const url = await serve((_request, response) =>
    response.end(JSON.stringify({ access_token: token, token_type: 'bearer', expires_in: 3600 })),
  );
  const { exitCode, stdout } = await runMain({ url });
  expect(exitCode).toBe(1);
  expect(stdout.length).toBeLessThan(260_000);
});

describe('a service that answers a verification', () => {
  test.concurrent('with 340 KiB is believed at its status: the rest is not read', async () => {
    const server = await startMintingServer({
      answer: (_request, response) => response.end('x'.repeat(340 * 1024)),
    });
    const inputs = { verify: 'service', 'verify-url': `${server.url}/big` };
    const { exitCode, outputs } = await runMain(server, { inputs });
    expect({ exitCode, verified: outputs['verified'] }).toEqual({
      exitCode: 0,
      verified: 'service',
    });
  });

  test.concurrent('with a body whose end never comes is believed at its beginning', async () => {
    const server = await startMintingServer({
      answer: (_request, response) => response.write('{"voices":['),
    });
    const inputs = { verify: 'service', 'verify-url': `${server.url}/slow`, timeout: '5' };
    const { exitCode, outputs } = await runMain(server, { inputs });
    expect({ exitCode, verified: outputs['verified'] }).toEqual({
      exitCode: 0,
      verified: 'service',
    });
  });

  test.concurrent('with a page is not believed', async () => {
    const server = await startMintingServer({
      answer: (_request, response) => response.end(`<html>${'x'.repeat(340 * 1024)}`),
    });
    const inputs = { verify: 'service', 'verify-url': `${server.url}/big` };
    expect(refused(await runMain(server, { inputs }))).toEqual({
      exitCode: 1,
      error: expect.stringContaining('HTTP 200, but the answer is an HTML page'),
    });
  });
});

test.concurrent.each(['202', '206', 'text-200', 'error-200'])(
  '"revoked" is never said on %s: IMS has not confirmed it',
  async (fault) => {
    const standIn = await start({ failRevoke: [fault] });
    const main = await runMain(standIn, { inputs: { revoke: 'true' } });
    const post = await runPost(standIn, main);
    expect(post.infos).toEqual([]);
    expect(post.warnings).toEqual([expect.stringContaining('Treat the token as valid until it')]);
    expect(post.exitCode).toBe(0);
  },
);

test.concurrent('"revoked" is not said on an error that has no name', async () => {
  const server = await startMintingServer({
    answer: (_request, response) => response.end('{"error":true}'),
  });
  const main = await runMain(server, { inputs: { revoke: 'true' } });
  const { infos, warnings } = await runPost(server, main);
  expect(infos).toEqual([]);
  expect(warnings).toEqual([expect.stringContaining('Treat the token as valid until it')]);
});

test.concurrent.each(['/ims/token/v3', '/ims/token/v3/', '/ims/token'])(
  'the documented endpoint as ims-url is taken for its base: %s',
  async (path) => {
    const standIn = await start();
    const { exitCode } = await runMain(standIn, { inputs: { 'ims-url': `${standIn.url}${path}` } });
    expect(exitCode).toBe(0);
    expect(standIn.requests.map(({ path: requested }) => requested)).toEqual(['/ims/token/v3']);
  },
);

test.concurrent('a 404 with an error that nobody knows names ims-url first', async () => {
  const url = await serve((_request, response) =>
    response.writeHead(404).end(JSON.stringify({ error: 'no_route' })),
  );
  expect(refused(await runMain({ url })).error).toContain(
    'IMS refuses the request: check `ims-url`',
  );
});
