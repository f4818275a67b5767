// The shipped bundle before certificates and behind proxies: whom it trusts, and what it says of the others.
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type Run, type RunOptions, runMain } from '../support/bundle.ts';
import { type Authority, makeAuthority, makeSelfSigned } from '../support/certificates.ts';
import { startProxy } from '../support/proxy.ts';
import { findClosedPort, serveSockets } from '../support/server.ts';
import { start } from '../support/stand-in.ts';

let authority: Authority;
let trusting: Readonly<Record<string, string>>;

beforeAll(() => {
  authority = makeAuthority();
  trusting = { NODE_EXTRA_CA_CERTS: authority.file };
});

describe('a certificate', () => {
  test.concurrent('of a private authority that is named is trusted', async () => {
    const standIn = await start({ tls: authority.sign() });
    const { exitCode, outputs } = await runMain(standIn, { env: trusting });
    expect(exitCode).toBe(0);
    expect(outputs['access-token']).toBe(standIn.tokens[0]);
  });

  test.concurrent.each<[string, () => Parameters<typeof start>[0], boolean]>([
    ['of a private authority that is not named', () => ({ tls: authority.sign() }), false],
    ['that is self-signed', () => ({ tls: makeSelfSigned() }), false],
    ['that has expired', () => ({ tls: authority.sign({ validity: 'expired' }) }), true],
    ['of another host', () => ({ tls: authority.sign({ names: ['other.example'] }) }), true],
  ])('%s ends the run at once, with nothing sent', async (_what, describeServer, trusted) => {
    const standIn = await start(describeServer());
    const { exitCode, debug, transcript } = await runMain(standIn, {
      env: trusted ? trusting : {},
    });
    expect(exitCode).toBe(1);
    expect(debug).toHaveLength(1);
    expect(transcript).toMatchSnapshot();
    expect(standIn.requests).toEqual([]);
  });
});

test.concurrent('a server that does not speak TLS ends the run, and no certificate is blamed', async () => {
  const { port } = await start();
  const server = { url: `https://127.0.0.1:${port}` };
  const { exitCode, errors } = await runMain(server, { inputs: { 'max-attempts': '1' } });
  expect(exitCode).toBe(1);
  expect(errors).toEqual([
    expect.stringMatching(/: the TLS handshake with .* failed .*#tls-failed$/),
  ]);
});

describe('a proxy', () => {
  /** Nobody resolves it but the proxy. */
  const host = 'ims.example';
  const account = { user: 'me', password: 'p@ss:w0rd-7Yq2Lx' };

  /** Mints from a stand-in that only `proxyUrl` can reach. */
  async function mintThrough(proxyUrl: string, options: RunOptions = {}) {
    const standIn = await start({ tls: authority.sign({ names: [host] }) });
    const url = `https://${host}:${standIn.port}`;
    const run = await runMain(
      { url, tokens: standIn.tokens },
      {
        ...options,
        inputs: { 'allowed-hosts': host, ...options.inputs },
        env: { ...trusting, https_proxy: proxyUrl },
      },
    );
    return { run, standIn, target: `${host}:${standIn.port}` };
  }

  test.concurrent('that wants a password gets it, and nobody else does', async () => {
    const proxy = await startProxy(account);
    const { run, standIn, target } = await mintThrough(proxy.url, {
      passwords: [account.password],
    });
    expect(run.exitCode).toBe(0);
    expect(run.transcript).toMatchSnapshot();
    expect(proxy.tunnels).toEqual([target]);
    expect(standIn.requests).toHaveLength(1);
    expect(standIn.requests[0]?.headers).not.toHaveProperty('proxy-authorization');
  });

  test.concurrent('may be one that speaks TLS, with a certificate of its own', async () => {
    const proxy = await startProxy({ tls: authority.sign() });
    const { run, target } = await mintThrough(proxy.url);
    expect(run.exitCode).toBe(0);
    expect(proxy.tunnels).toEqual([target]);
  });

  test.concurrent('that refuses the password ends the run at once', async () => {
    const proxy = await startProxy(account);
    const wrong = 'wr@ng-0-7Yq2LxZZZ';
    const proxyUrl = `http://me:${encodeURIComponent(wrong)}@127.0.0.1:${proxy.port}`;
    const { run, standIn } = await mintThrough(proxyUrl, { passwords: [wrong] });
    expectFailure(run);
    expect(run.debug).toHaveLength(1);
    expect(standIn.requests).toEqual([]);
  });

  test.concurrent('that hangs ends the run in time', async () => {
    const port = await serveSockets(() => {});
    const inputs = { timeout: '3', 'max-attempts': '2' };
    const { run } = await mintThrough(`http://127.0.0.1:${port}`, { inputs });
    expectFailure(run);
  });

  test.concurrent('that is not there is tried again', async () => {
    const inputs = { 'max-attempts': '2' };
    const { run } = await mintThrough(`http://127.0.0.1:${await findClosedPort()}`, { inputs });
    expectFailure(run);
  });

  test.concurrent('that does not reach the host is tried again', async () => {
    const port = await serveSockets((socket) => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
    const inputs = { 'max-attempts': '2' };
    const { run } = await mintThrough(`http://127.0.0.1:${port}`, { inputs });
    expectFailure(run);
  });

  test.concurrent('is not asked for what is on this machine', async () => {
    const proxy = await startProxy();
    const { exitCode } = await runMain(await start(), { env: { http_proxy: proxy.url } });
    expect(exitCode).toBe(0);
    expect(proxy.tunnels).toEqual([]);
  });
});

function expectFailure({ exitCode, transcript }: Run): void {
  expect(exitCode).toBe(1);
  expect(transcript).toMatchSnapshot();
}
