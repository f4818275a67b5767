// The shipped bundle and text that wants to be more than text: wherever it comes from, it never becomes a command.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { readAction } from '../../dev/runner/action.ts';
import { runMain, runPost } from '../support/bundle.ts';
import { SECRET } from '../support/credentials.ts';
import { startMintingServer } from '../support/minting-server.ts';
import { serve, serveSockets } from '../support/server.ts';
import { start } from '../support/stand-in.ts';
import { forgeToken } from '../support/tokens.ts';

// `runMain` and `runPost` fail where a log holds any command but the action's own, or a character that cannot be seen.

/** Short enough that no message cuts the worst of it away. */
const TEXTS = [
  ['line ends and commands', 'x\n::add-mask::x\r \t::set-output name=x::y'],
  ['commands of the old kind', 'x##[add-path]/tmp ##[set-env name=X]y'],
  ['line ends as the runner encodes them', '%0A::set-env name=X::y%0D%0A::stop-commands::x'],
  [
    'control characters and other line ends',
    '\u001b[31mred\u001b]0;x\u0007\u009b2J\u0000\u2028::error::x\u0085::debug::x\u202e',
  ],
] as const;

describe.each(TEXTS)('%s stay text', (_what, text) => {
  // A header may hold less than a body.
  const header = text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '');
  const headers = { 'x-debug-id': header, 'x-request-id': header, 'x-access-error': header };

  function refuse(_request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(400, header, { ...headers, 'content-type': header });
    response.end(JSON.stringify({ error: text, error_description: text }));
  }

  test.concurrent('in an error of IMS and its headers', async () => {
    const { errors } = await runMain({ url: await serve(refuse) });
    expect(errors).toEqual([expect.stringContaining('#refused')]);
  });

  test.concurrent('in the address of a redirect', async () => {
    const location = { location: `/${header}`, ...headers };
    const url = await serve((_request, response) => response.writeHead(302, location).end());
    const { errors } = await runMain({ url });
    expect(errors).toEqual([expect.stringContaining('#redirect')]);
  });

  test.concurrent('in the reason that IMS finds a token invalid', async () => {
    const server = await startMintingServer({
      answer: (_request, response) =>
        response.writeHead(200, headers).end(JSON.stringify({ valid: false, reason: text })),
    });
    const { errors } = await runMain(server, { inputs: { verify: 'token' } });
    expect(errors).toEqual([expect.stringContaining('#token-not-valid')]);
  });

  test.concurrent("in a service's refusal, and in IMS's of a revocation", async () => {
    const server = await startMintingServer({ answer: refuse });
    const inputs = { verify: 'service', 'verify-url': `${server.url}/api`, revoke: 'true' };
    const main = await runMain(server, { inputs });
    expect(main.errors).toEqual([expect.stringContaining('#verification-refused')]);
    const { warnings } = await runPost(server, main);
    expect(warnings).toEqual([expect.stringContaining('#not-revoked')]);
  });

  test.concurrent('in any input', async () => {
    const names = readAction().inputs.map(({ name }) => name);
    const wrong = names.filter((name) => !/^(client-secret|sealed-token)$/.test(name));
    // No environment variable holds a NUL.
    const value = text.replaceAll('\0', '');
    const inputs = Object.fromEntries(wrong.map((name) => [name, value]));
    const { url } = await start();
    const { errors } = await runMain({ url }, { inputs: { ...inputs, 'sealed-token': value } });
    expect(errors).toEqual([expect.stringContaining('#wrong-input')]);
  });
});

describe('all of it stays text', () => {
  const text = TEXTS.map(([, value]) => value).join('');

  test.concurrent.each(['commands', 'commands-200', 'commands-scope', 'echo'])(
    'in an answer of IMS: %s',
    async (fault) => {
      const { transcript } = await runMain(await start({ fail: [fault] }));
      expect(transcript).toMatchSnapshot();
    },
  );

  test.concurrent("in a proxy's refusal", async () => {
    const port = await serveSockets((socket) =>
      socket.end(`HTTP/1.1 403 Forbidden ${text.replace(/[^\t\x20-\x7e]/g, '')}\r\n\r\n${text}`),
    );
    const { errors } = await runMain(
      { url: 'https://ims.example' },
      {
        inputs: { 'allowed-hosts': 'ims.example' },
        env: { https_proxy: `http://127.0.0.1:${port}` },
      },
    );
    expect(errors).toEqual([expect.stringContaining('#proxy-failed')]);
  });

  test.concurrent("in the claims of an earlier step's token", async () => {
    const earlier = forgeToken({ clientId: text, scope: text });
    const [, , signature = ''] = earlier.split('.');
    const env = { FIREFLY_SERVICES_ACCESS_TOKEN: earlier };
    const { warnings } = await runMain(await start(), { env, passwords: [signature] });
    expect(warnings).toEqual([expect.stringContaining(' held the token of another client, ')]);
  });
});

test.concurrent.each([
  ['secret', SECRET.slice(0, -1)],
  ['token', 'opaque-token-of-a-hostile-serve'],
])('a piece of the %s does not become the name of a scope', async (_whose, piece) => {
  const token = 'opaque-token-of-a-hostile-server';
  const fields = { access_token: token, token_type: 'bearer', expires_in: 86_399 };
  const url = await serve((_request, response) =>
    response.end(JSON.stringify({ ...fields, scope: `openid ${piece}` })),
  );
  const { outputs } = await runMain({ url, tokens: [token] }, { inputs: { summary: 'true' } });
  expect(outputs).toMatchObject({ scope: 'openid,***' });
});

test('commands in inputs that are right stay what they are: text', async () => {
  const standIn = await start();
  const inputs = {
    'client-id': '::add-mask::x##[add-path]/tmp',
    'client-secret': '::stop-commands::pause\n%0A::set-env%20name=X::y',
    scope: '##[set-env],::error::x,%0A::warning::x',
    summary: 'true',
    revoke: 'true',
  };
  const main = await runMain(standIn, { inputs });
  expect(main.transcript).toMatchSnapshot();
  expect(main.outputs).toMatchObject({ 'client-id': inputs['client-id'], scope: inputs.scope });
  const post = await runPost(standIn, main);
  expect(post.transcript).toMatchSnapshot();
});
