// The shipped bundle before certificates and behind proxies: whom it trusts, and what it says of the others.
import { X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { runStep } from '../../dev/runner/step.ts';
import { type Run, type RunOptions, runMain } from '../support/bundle.ts';
import { type Authority, makeAuthority, makeSelfSigned } from '../support/certificates.ts';
import { CREDENTIALS } from '../support/credentials.ts';
import { makeFolder } from '../support/folder.ts';
import { startProxy } from '../support/proxy.ts';
import { findClosedPort, serve, serveSockets } from '../support/server.ts';
import { listPaths, start } from '../support/stand-in.ts';
import { relay, startTunnels } from '../support/tunnels.ts';

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
    ['with a key of 1024 bits', () => ({ tls: authority.sign({ weakness: 'key' }) }), true],
    ['signed with SHA-1', () => ({ tls: authority.sign({ weakness: 'digest' }) }), true],
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

function write(content: string | Buffer): string {
  const file = join(makeFolder(), 'ca.pem');
  writeFileSync(file, content);
  return file;
}

// The advice was to set NODE_EXTRA_CA_CERTS, which is set.
test.concurrent.each([
  ['is missing', () => join(makeFolder(), 'ca.pem'), /its file does not exist/],
  ['is empty', () => write(''), /its file is empty/],
  [
    'is in DER form',
    () => write(new X509Certificate(authority.cert).raw),
    /openssl x509 -inform der/,
  ],
  ['holds another CA', () => makeAuthority().file, /is not in its file: add that CA/],
])('a CA file that %s is told so', async (_what, make, advice) => {
  const standIn = await start({ tls: authority.sign() });
  // Not held to an empty stderr: Node itself warns of a file that it cannot read.
  const { exitCode, stdout } = await runStep({
    inputs: { ...CREDENTIALS, 'ims-url': standIn.url },
    env: { NODE_EXTRA_CA_CERTS: make() },
  });
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/^::error .*: the certificate of 127\.0\.0\.1:\d+ is not trusted/m);
  expect(stdout).toMatch(advice);
  expect(standIn.requests).toEqual([]);
});

test.concurrent.each(['TLSv1.3', 'TLSv1.2'] as const)(
  'a server that demands a client certificate over %s ends the run at once',
  async (maxVersion) => {
    const tls = { ...authority.sign(), requestCert: true, rejectUnauthorized: true, maxVersion };
    const server = { url: await serve((_request, response) => response.end(), { tls }) };
    const { exitCode, debug, errors } = await runMain(server, { env: trusting });
    expect(exitCode).toBe(1);
    expect(debug).toHaveLength(1);
    expect(errors).toEqual([expect.stringMatching(/demands? a client certificate.*#tls-failed$/)]);
    expect(errors[0]).not.toContain('NODE_EXTRA_CA_CERTS');
  },
);

test.concurrent('a server that does not speak TLS ends the run, and no certificate is blamed', async () => {
  const { port } = await start();
  const server = { url: `https://127.0.0.1:${port}` };
  const { exitCode, errors } = await runMain(server, { inputs: { 'max-attempts': '1' } });
  expect(exitCode).toBe(1);
  expect(errors).toEqual([
    expect.stringMatching(/: the TLS handshake with .* failed .*#tls-failed$/),
  ]);
});

/** What the parts of a proxy's address are made of. */
interface Listening {
  readonly port: number;
  readonly url: string;
}

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
        inputs: { 'allowed-hosts': `${host}:${standIn.port}`, ...options.inputs },
        env: { ...trusting, https_proxy: proxyUrl, ...options.env },
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
    const { run } = await mintThrough(`http://127.0.0.1:${port}`, { inputs: { timeout: '3' } });
    expectFailure(run);
  });

  test.concurrent.each([
    ['without its scheme', ({ port }: Listening) => ({ https_proxy: `127.0.0.1:${port}` })],
    [
      'beside variables that are not read',
      ({ url }: Listening) => ({ https_proxy: url, http_proxy: 'none', ALL_PROXY: 'socks5://x' }),
    ],
    [
      'beside a no_proxy for other hosts',
      ({ url }: Listening) => ({ https_proxy: url, no_proxy: 'x' }),
    ],
  ])('is used %s', async (_what, name) => {
    const proxy = await startProxy();
    const { run, target } = await mintThrough(proxy.url, { env: name(proxy) });
    expect(run.exitCode).toBe(0);
    expect(proxy.tunnels).toEqual([target]);
  });

  test.concurrent.each([
    ['a domain', 'CORP\\user:hunter2-7Yq2Lx@proxy.example:3128', /has a backslash.*%5C/],
    [
      'SOCKS',
      'socks5://user:hunter2-7Yq2Lx@proxy.example:1080',
      /is not the address of an HTTP proxy/,
    ],
    [
      'a slash in the password',
      'http://user:hunter2-7Yq2Lx/1@proxy.example:3128',
      /percent-encoded: %2F for \//,
    ],
    // It took ten seconds.
    ['120 KB of slashes', '/'.repeat(120_000), /is longer than 2048 characters/],
  ])('in the wrong form is refused at once: %s', async (_what, proxyUrl, fault) => {
    const { run, standIn } = await mintThrough(proxyUrl, { passwords: ['hunter2-7Yq2Lx'] });
    expect(run.exitCode).toBe(1);
    expect(run.errors).toEqual([expect.stringMatching(fault)]);
    expect(run.durationMs).toBeLessThan(5000);
    expect(standIn.requests).toEqual([]);
  });

  test.concurrent('that is not there is tried again', async () => {
    const inputs = { 'max-attempts': '2' };
    const port = await findClosedPort();
    const { run } = await mintThrough(`http://127.0.0.1:${port}`, { inputs });
    expect(run.exitCode).toBe(1);
    expect(run.errors).toEqual([
      expect.stringMatching(
        `: 127.0.0.1:${port} \\(the proxy\\) refuses the connection .*, after 2 attempts.*#proxy-failed$`,
      ),
    ]);
  });

  test.concurrent('that does not reach the host is tried again', async () => {
    const port = await serveSockets((socket) => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
    const inputs = { 'max-attempts': '2' };
    const { run } = await mintThrough(`http://127.0.0.1:${port}`, { inputs });
    expectFailure(run);
  });

  test.concurrent('is not used for what is on this machine', async () => {
    const proxy = await startProxy();
    const { exitCode } = await runMain(await start(), { env: { http_proxy: proxy.url } });
    expect(exitCode).toBe(0);
    expect(proxy.tunnels).toEqual([]);
  });
});

test.concurrent.each([
  ['firefly, audio-video', 'service', ['/v3/custom-models', '/v1/voices']],
  ['firefly, lightroom', 'token', ['/v3/custom-models', '/ims/validate_token/v1']],
])('several services are all called, in one step: %s', async (service, verified, paths) => {
  const names = ['ims-na1.adobelogin.com', 'firefly-api.adobe.io', 'audio-video-api.adobe.io'];
  const standIn = await start({ tls: authority.sign({ names }) });
  const proxy = await startTunnels((socket) => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    relay(socket, standIn.url);
  });
  const { exitCode, outputs } = await runMain(
    { url: 'https://ims-na1.adobelogin.com', tokens: standIn.tokens },
    {
      inputs: { service, verify: 'service' },
      env: { ...trusting, https_proxy: proxy.url },
    },
  );
  expect({ exitCode, verified: outputs['verified'] }).toEqual({ exitCode: 0, verified });
  expect(listPaths(standIn)).toEqual(['/ims/token/v3', ...paths]);
});

function expectFailure({ exitCode, transcript }: Run): void {
  expect(exitCode).toBe(1);
  expect(transcript).toMatchSnapshot();
}
