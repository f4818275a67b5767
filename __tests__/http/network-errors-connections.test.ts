// Connections that fail, at a server or on the way through a proxy, and what is said of it.
import type { RequestListener } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { exchange } from '../../src/http/exchange.ts';
import { makeAuthority, makeSelfSigned, trust } from '../support/certificates.ts';
import { isolateEnvironment } from '../support/environment.ts';
import { startProxy } from '../support/proxy.ts';
import { joinRealms } from '../support/realm.ts';
import { findClosedPort, serve, serveSockets } from '../support/server.ts';
import { start } from '../support/stand-in.ts';

const authority = makeAuthority();
trust(authority);
joinRealms();
isolateEnvironment();

/** The error that an exchange with this address ends in. */
async function fail(url: string): Promise<unknown> {
  const request = { method: 'POST', url, headers: {}, body: 'a=b' } as const;
  return exchange(request, 3000).then(
    ({ status }) => status,
    (error: unknown) => error,
  );
}

const noAnswer: RequestListener = (_request, response) => response.end();

describe('a connection', () => {
  test('to a port where nothing listens is refused', async () => {
    const port = await findClosedPort();
    expect(await fail(`http://127.0.0.1:${port}/`)).toMatchObject({
      message: `127.0.0.1:${port} refuses the connection (ECONNREFUSED)`,
      transient: true,
    });
  });

  test.each(['reset', 'cut-header', 'cut', 'broken-chunk'])(
    'that is lost (%s) is worth another try',
    async (fault) => {
      const { url, port } = await start({ fail: [fault] });
      expect(await fail(`${url}/ims/token/v3`)).toMatchObject({
        message: `the connection to 127.0.0.1:${port} was lost before a full answer had arrived (ECONNRESET)`,
        transient: true,
      });
    },
  );

  test('whose answer is not HTTP is told so', async () => {
    const { url, port } = await start({ fail: ['huge-headers'] });
    expect(await fail(`${url}/ims/token/v3`)).toMatchObject({
      message: `the answer from 127.0.0.1:${port} is not HTTP (HPE_HEADER_OVERFLOW)`,
      transient: true,
    });
  });

  test('over TLS with a server that speaks HTTP only does not come about', async () => {
    const url = (await serve(noAnswer)).replace('http:', 'https:');
    expect(await fail(url)).toMatchObject({ topic: 'tls-failed', transient: true });
  });
});

describe('a certificate', () => {
  test.each([
    ['self-signed', makeSelfSigned(), 'is self-signed (DEPTH_ZERO_SELF_SIGNED_CERT)'],
    [
      'of an authority that is not trusted',
      makeAuthority().sign(),
      'is not trusted (UNABLE_TO_VERIFY_LEAF_SIGNATURE)',
    ],
    [
      'that has expired',
      authority.sign({ validity: 'expired' }),
      'is expired or not yet valid (CERT_HAS_EXPIRED)',
    ],
  ])('%s is refused for good', async (_name, tls, what) => {
    const url = await serve(noAnswer, { tls });
    expect(await fail(url)).toMatchObject({
      message: `the certificate of ${new URL(url).host} ${what}`,
      transient: false,
    });
  });

  test('for another host is refused for good', async () => {
    const url = await serve(noAnswer, { tls: authority.sign({ names: ['ims.example'] }) });
    expect(await fail(url)).toMatchObject({
      message: `the certificate that ${new URL(url).host} presents is for another host (ERR_TLS_CERT_ALTNAME_INVALID)`,
      transient: false,
    });
  });
});

describe('a proxy', () => {
  const TUNNEL =
    'Check `https_proxy`, and that the proxy allows this host; `no_proxy` names the hosts to reach without it';
  const imsCertificate = authority.sign({ names: ['ims.example'] });

  /** A proxy that says this to every CONNECT; gives its address. */
  async function startProxyThatSays(said: string): Promise<string> {
    const port = await serveSockets((socket) => {
      socket.once('data', () => socket.end(said));
    });
    return `http://127.0.0.1:${port}`;
  }

  test('that refuses user and password is not asked again', async () => {
    const proxy = await startProxy({ user: 'user', password: 'right' });
    process.env['https_proxy'] = proxy.url.replace('right', 'wrong-password');
    const error = await fail('https://ims.example/');
    expect(error).toMatchObject({
      name: 'NetworkError',
      message: 'the proxy requires a valid user name and password (HTTP 407)',
      topic: 'proxy-authentication',
      transient: false,
      hint: 'Check user and password in `https_proxy`; characters such as @ and : must be percent-encoded there',
      cause: { message: 'HTTP 407' },
    });
  });

  test('that is not there may be so later', async () => {
    process.env['https_proxy'] = `http://127.0.0.1:${await findClosedPort()}`;
    expect(await fail('https://ims.example/')).toMatchObject({
      name: 'NetworkError',
      message: 'the proxy did not open a tunnel (ECONNREFUSED)',
      topic: 'proxy-failed',
      transient: true,
      hint: TUNNEL,
      cause: { message: 'ECONNREFUSED' },
    });
  });

  test.each([
    [403, false],
    [404, false],
    [408, true],
    [429, true],
    [499, false],
    [500, true],
    [502, true],
  ])('that refuses with %i is asked again: %s', async (status, transient) => {
    process.env['https_proxy'] = await startProxyThatSays(`HTTP/1.1 ${status} No\r\n\r\n`);
    expect(await fail('https://ims.example/')).toMatchObject({
      message: `the proxy did not open a tunnel (HTTP ${status})`,
      topic: 'proxy-failed',
      transient,
      hint: TUNNEL,
      cause: { message: `HTTP ${status}` },
    });
  });

  test('that opens a tunnel with more than its head is not believed', async () => {
    process.env['https_proxy'] = await startProxyThatSays('HTTP/1.1 200 OK\r\n\r\nand more');
    expect(await fail('https://ims.example/')).toMatchObject({
      message: 'the proxy did not open a tunnel (no reason given)',
      transient: true,
      cause: { message: 'no reason given' },
    });
  });

  test.each([
    ['that is not trusted', makeSelfSigned()],
    ['for the server instead of itself', imsCertificate],
  ])('with a certificate %s is not asked again', async (_name, tls) => {
    process.env['https_proxy'] = (await startProxy({ tls })).url;
    expect(await fail('https://ims.example/')).toMatchObject({
      name: 'NetworkError',
      message: 'the certificate of the proxy is not trusted',
      topic: 'certificate-refused',
      transient: false,
      hint: expect.stringContaining('`NODE_EXTRA_CA_CERTS`'),
      cause: { message: 'proxy certificate' },
    });
  });
});
