// The shipped bundle before parts that nobody wrote for it: a certified OAuth server, a forward proxy, Adobe's own library.
import { execFile, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { root } from '../../dev/support/repository.ts';
import { SERVICE_NAMES, SERVICES } from '../../src/services.ts';
import { type RunOptions, runMain } from '../support/bundle.ts';
import { type Authority, makeAuthority } from '../support/certificates.ts';
import * as files from '../support/credential-files.ts';
import { postmanEnvironment, project, projectCredential } from '../support/credential-files.ts';
import { CLIENT_ID } from '../support/credentials.ts';
import { makeFolder } from '../support/folder.ts';
import { startProxy } from '../support/proxy.ts';
import { start } from '../support/stand-in.ts';

const folder = join(root, 'dev/peers');
const installed = existsSync(`${folder}/node_modules/oidc-provider`);
if (!installed) {
  process.stderr.write(
    'Peers are not installed, their tests are skipped: npm ci --prefix dev/peers\n',
  );
}
const withPeers = installed ? describe : describe.skip;

/** What form encoding must not lose. */
const clientSecret = 'p8e-a+b&c=d%20e/f?g#h:i~j';

interface OAuthServer {
  readonly port: number;
  /** The next token request, as the server understood it. */
  nextRecord(): Promise<{
    readonly form: Readonly<Record<string, string>>;
    readonly granted: boolean;
  }>;
}

const running: (() => void)[] = [];

afterEach(() => {
  for (const end of running.splice(0)) end();
});

async function startOAuthServer(options: {
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly format?: 'jwt' | 'opaque';
  readonly tls?: { readonly key: string; readonly cert: string };
}): Promise<OAuthServer> {
  const described = JSON.stringify({
    clientId: CLIENT_ID,
    clientSecret,
    format: 'jwt',
    ...options,
  });
  const child = spawn(process.execPath, [`${folder}/oauth-server.ts`, described], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  running.push(() => child.kill());
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  async function next() {
    let line = '';
    // The server has notices of its own to print.
    while (!line.startsWith('{')) {
      const { value, done } = await lines.next();
      if (done) throw new Error('The server has ended');
      line = value;
    }
    return JSON.parse(line);
  }
  const { port } = await next();
  return { port, nextRecord: next };
}

withPeers('oidc-provider', () => {
  const mint = (url: string, options: RunOptions = {}) =>
    runMain(
      { url },
      {
        ...options,
        inputs: { 'client-secret': clientSecret, scope: 'openid', ...options.inputs },
      },
    );

  test.each(['jwt', 'opaque'] as const)('grants a token of the format %s', async (format) => {
    const server = await startOAuthServer({ format });
    const { exitCode, outputs } = await mint(`http://127.0.0.1:${server.port}`);
    expect(exitCode).toBe(0);
    const parts = format === 'jwt' ? 3 : 1;
    expect(outputs['access-token']?.split('.')).toHaveLength(parts);
    expect(outputs).toMatchObject({ 'token-type': 'bearer', scope: 'openid', source: 'minted' });
    expect(Number(outputs['expires-in'])).toBeGreaterThan(3590);
    expect(Number(outputs['expires-in'])).toBeLessThanOrEqual(3600);
    expect(await server.nextRecord()).toEqual({
      method: 'POST',
      path: '/ims/token/v3',
      querystring: '',
      type: 'application/x-www-form-urlencoded',
      authorization: false,
      form: {
        grant_type: 'client_credentials',
        client_id: CLIENT_ID,
        client_secret: clientSecret,
        scope: 'openid',
      },
      authMethod: 'client_secret_post',
      granted: true,
    });
  });

  test('refuses a wrong secret, and the next one is tried', async () => {
    const server = await startOAuthServer({});
    const { exitCode, warnings } = await mint(`http://127.0.0.1:${server.port}`, {
      inputs: { 'client-secret': `p8e-a-secret-that-is-wrong\n${clientSecret}` },
    });
    expect(exitCode).toBe(0);
    expect(warnings).toEqual([expect.stringContaining('line 1')]);
    expect(await server.nextRecord()).toMatchObject({ granted: false });
    expect(await server.nextRecord()).toMatchObject({ granted: true });
  });

  test('refuses an unknown client', async () => {
    const server = await startOAuthServer({ clientId: 'another-client' });
    const { exitCode, errors } = await mint(`http://127.0.0.1:${server.port}`);
    expect(exitCode).toBe(1);
    expect(errors).toEqual([expect.stringContaining('invalid_client')]);
  });

  test('grants a token for every service, asked for with the scopes of its row', async () => {
    const server = await startOAuthServer({});
    for (const service of SERVICE_NAMES) {
      const { exitCode } = await mint(`http://127.0.0.1:${server.port}`, {
        inputs: { service, scope: '' },
      });
      const { form, granted } = await server.nextRecord();
      expect({ service, exitCode, granted, scope: form['scope'] }).toEqual({
        service,
        exitCode: 0,
        granted: true,
        scope: SERVICES[service].scopes.join(','),
      });
    }
  });

  test.each([
    ['the Postman environment', postmanEnvironment()],
    ['the file of the project', JSON.stringify(project(projectCredential()))],
  ])('grants a token for %s as the whole configuration', async (_what, credentials) => {
    const server = await startOAuthServer({
      clientId: files.CLIENT_ID,
      clientSecret: files.SECRET,
    });
    const { exitCode, outputs } = await runMain(
      { url: `http://127.0.0.1:${server.port}` },
      { inputs: { 'client-id': '', 'client-secret': '', credentials } },
    );
    expect(exitCode).toBe(0);
    expect(outputs).toMatchObject({ 'client-id': files.CLIENT_ID, 'org-id': files.ORG_ID });
    expect(await server.nextRecord()).toMatchObject({
      granted: true,
      form: { client_id: files.CLIENT_ID, scope: files.SCOPES.join(',') },
    });
  });

  describe('over TLS, behind a proxy with a password', () => {
    /** Nobody resolves it but the proxy. */
    const host = 'ims.example';
    const account = { user: 'me', password: 'p@ss:w0rd-7Yq2Lx' };
    let authority: Authority;

    beforeAll(() => {
      authority = makeAuthority();
    });

    async function mintThrough(proxy: { url: string }, trusted: boolean) {
      const server = await startOAuthServer({ tls: authority.sign({ names: [host] }) });
      const run = await mint(`https://${host}:${server.port}`, {
        inputs: { 'allowed-hosts': `${host}:${server.port}`, 'max-attempts': '2' },
        env: {
          https_proxy: proxy.url,
          ...(trusted && { NODE_EXTRA_CA_CERTS: authority.file }),
        },
        passwords: [account.password],
      });
      return { server, run, target: `${host}:${server.port}` };
    }

    test('grants a token', async () => {
      const proxy = await startProxy(account);
      const { server, run, target } = await mintThrough(proxy, true);
      expect(run.exitCode).toBe(0);
      expect(proxy.tunnels).toEqual([target]);
      expect(await server.nextRecord()).toMatchObject({ path: '/ims/token/v3', granted: true });
    });

    test('is not asked when its authority is not trusted', async () => {
      const proxy = await startProxy(account);
      const { run, target } = await mintThrough(proxy, false);
      expect(run.exitCode).toBe(1);
      expect(run.errors).toEqual([expect.stringContaining('NODE_EXTRA_CA_CERTS')]);
      expect(proxy.tunnels).toEqual([target]);
    });

    test('is not reached with a wrong password', async () => {
      const proxy = await startProxy(account);
      const { run } = await mintThrough({ url: proxy.url.replace('7Yq2Lx', 'wrong!') }, true);
      expect(run.exitCode).toBe(1);
      expect(run.errors).toEqual([expect.stringContaining('407')]);
      expect(run.debug).toHaveLength(1);
    });
  });
});

withPeers("Adobe's library for IMS", () => {
  test('reads the same from a token as the action does', async () => {
    const standIn = await start();
    const { outputs } = await runMain(standIn);
    const read = execFileSync(process.execPath, [`${folder}/adobe.ts`, 'read'], {
      input: outputs['access-token'] ?? '',
      encoding: 'utf8',
    });
    const { claims, endpoint, expiresAtMs } = JSON.parse(read);
    expect(claims).toMatchObject({
      type: 'access_token',
      client_id: outputs['client-id'],
      scope: outputs['scope'],
    });
    expect(endpoint).toBe('https://ims-na1.adobelogin.com');
    // The action takes the shorter of what the answer and the token say: a second less, in whole seconds.
    const earlierMs = expiresAtMs - Date.parse(outputs['expires-at'] ?? '');
    expect(earlierMs).toBeGreaterThanOrEqual(0);
    expect(earlierMs).toBeLessThan(3000);
  });

  test('takes the token of `service: app-builder` without asking IMS', async () => {
    const standIn = await start();
    const { env, outputs } = await runMain(standIn, { inputs: { service: 'app-builder' } });
    expect(await askAio(env)).toBe(outputs['access-token']);
    expect(standIn.requests).toHaveLength(1);
  });

  test('takes no token without its expiry, which is why that is exported too', async () => {
    const { env } = await runMain(await start(), { inputs: { service: 'app-builder' } });
    const { AIO_IMS_CONTEXTS_CLI_ACCESS__TOKEN_EXPIRY: _expiry, ...rest } = env;
    await expect(askAio(rest)).rejects.toThrow('Command failed');
  });
});

/** Asks Adobe's library for a token, in an environment from which nobody can be reached. */
async function askAio(env: Readonly<Record<string, string>>): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [`${folder}/adobe.ts`, 'get'], {
    cwd: makeFolder(),
    env: { ...env, https_proxy: 'http://127.0.0.1:1', HOME: makeFolder() },
  });
  return stdout;
}
