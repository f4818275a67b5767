// Connections that fail, at a server or on the way through a proxy, and what is said of it.
import type { RequestListener } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { NetworkError } from '../../src/errors.ts';
import { makeAuthority, makeSelfSigned, trust } from '../support/certificates.ts';
import { isolateExchange } from '../support/exchange.ts';
import { startProxy } from '../support/proxy.ts';
import { joinRealms } from '../support/realm.ts';
import { findClosedPort, serve, serveSockets } from '../support/server.ts';
import { start } from '../support/stand-in.ts';
import { startTunnels } from '../support/tunnels.ts';

const authority = makeAuthority();
trust(authority);
joinRealms();
const { env, exchange } = isolateExchange();

/** The error that an exchange with this address ends in. */
async function fail(url: string) {
  const request = { method: 'POST', url, headers: {}, body: 'a=b' } as const;
  const error: unknown = await exchange(request, 3000).then(
    ({ status }) => status,
    (reason: unknown) => reason,
  );
  if (!(error instanceof NetworkError)) return error;
  const { message, advice } = error;
  return { message, topic: advice.topic, transient: advice.transient, hint: advice.hint };
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

  // They were called "not HTTP", and the request was sent again.
  test('whose answer has headers that are too large is not tried again', async () => {
    const { url, port } = await start({ fail: ['huge-headers'] });
    expect(await fail(`${url}/ims/token/v3`)).toMatchObject({
      message: `the headers of the answer from 127.0.0.1:${port} are too large (HPE_HEADER_OVERFLOW)`,
      topic: 'malformed-answer',
      transient: false,
    });
  });

  test('whose answer is not HTTP is told so', async () => {
    const port = await serveSockets((socket) => socket.end('SSH-2.0-OpenSSH\r\n'));
    expect(await fail(`http://127.0.0.1:${port}/`)).toMatchObject({
      message: `the answer from 127.0.0.1:${port} is not HTTP (HPE_INVALID_CONSTANT)`,
      transient: true,
    });
  });

  test('over TLS with a server that speaks HTTP only does not come about', async () => {
    const url = (await serve(noAnswer)).replace('http:', 'https:');
    expect(await fail(url)).toMatchObject({ topic: 'tls-failed', transient: true });
  });

  test('over TLS that ends in the handshake is lost', async () => {
    const port = await serveSockets((socket) => socket.once('data', () => socket.end()));
    expect(await fail(`https://127.0.0.1:${port}/`)).toMatchObject({
      topic: 'connection-lost',
      transient: true,
    });
  });

  test('to a name that nobody knows is worth another try, with advice on the proxy', async () => {
    env['ALL_PROXY'] = 'http://proxy.example:3128';
    // No label may have 64 characters, so this fails without a word to any name server.
    const name = 'x'.repeat(64);
    expect(await fail(`https://${name}:8443/`)).toEqual({
      message: expect.stringMatching(/^the name x{64} cannot be resolved \((ENOTFOUND|EAI_\w+)\)$/),
      topic: 'host-not-found',
      transient: true,
      hint: 'ALL_PROXY is set, but this action reads `https_proxy` alone: set that if this runner needs the proxy',
    });
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
    // Both were called "connection lost (UNSPECIFIED)", and tried again.
    [
      'with a key of 1024 bits',
      authority.sign({ weakness: 'key' }),
      'is too weak to be trusted (UNSPECIFIED, EE certificate key too weak)',
    ],
    [
      'signed with SHA-1',
      authority.sign({ weakness: 'digest' }),
      'is too weak to be trusted (UNSPECIFIED, CA signature digest algorithm too weak)',
    ],
  ])('%s is refused for good', async (_name, tls, what) => {
    const url = await serve(noAnswer, { tls });
    expect(await fail(url)).toMatchObject({
      message: `the certificate of ${new URL(url).host} ${what}`,
      topic: 'certificate-refused',
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

  test('that is not trusted sends to the file that was named, not to naming one', async () => {
    env['NODE_EXTRA_CA_CERTS'] = '/there/is/no/such.pem';
    expect(await fail(await serve(noAnswer, { tls: makeSelfSigned() }))).toMatchObject({
      hint: expect.stringMatching(/^`NODE_EXTRA_CA_CERTS` is set, but its file does not exist: /),
    });
  });

  // The advice was to name a CA.
  test.each([
    ['TLSv1.3', 'demands a client certificate, which this action does not have'],
    ['TLSv1.2', 'refuses the TLS handshake ('],
  ] as const)('of the client, demanded over %s, ends it for good', async (version, what) => {
    const tls = {
      ...authority.sign(),
      ...{ requestCert: true, rejectUnauthorized: true, maxVersion: version },
    };
    const url = await serve(noAnswer, { tls });
    expect(await fail(url)).toMatchObject({
      message: expect.stringContaining(`${new URL(url).host} ${what}`),
      topic: 'tls-failed',
      transient: false,
      hint: expect.not.stringContaining('NODE_EXTRA_CA_CERTS'),
    });
  });
});

describe('a proxy', () => {
  const TUNNEL =
    'Check `https_proxy`, and that the proxy allows this host; `no_proxy` names the hosts to reach without it';
  const imsCertificate = authority.sign({ names: ['ims.example'] });

  test('that refuses user and password is not asked again', async () => {
    const proxy = await startProxy({ user: 'user', password: 'right' });
    env['https_proxy'] = proxy.url.replace('right', 'wrong-password');
    expect(await fail('https://ims.example/')).toEqual({
      message: 'the proxy requires a valid user name and password (HTTP 407)',
      topic: 'proxy-authentication',
      transient: false,
      hint: 'Check user and password in `https_proxy`; characters such as @ and : must be percent-encoded there',
    });
  });

  test('that is not there may be so later', async () => {
    const port = await findClosedPort();
    env['https_proxy'] = `http://user:password@127.0.0.1:${port}`;
    expect(await fail('https://ims.example/')).toEqual({
      message: `127.0.0.1:${port} (the proxy) refuses the connection (ECONNREFUSED)`,
      topic: 'proxy-failed',
      transient: true,
      hint: expect.stringMatching(/^Check scheme, host and port in `https_proxy` /),
    });
  });

  test('whose name nobody knows is named', async () => {
    env['https_proxy'] = `http://user:password@${'x'.repeat(64)}:3128`;
    expect(await fail('https://ims.example/')).toMatchObject({
      message: expect.stringMatching(/^the name x{64} \(the proxy\) cannot be resolved /),
      topic: 'proxy-failed',
      transient: true,
    });
  });

  test('that does not speak TLS itself, though its address says so, is told', async () => {
    const { url } = await startProxy();
    env['https_proxy'] = url.replace('http:', 'https:');
    expect(await fail('https://ims.example/')).toMatchObject({
      message: expect.stringMatching(
        /^the TLS handshake with 127\.0\.0\.1:\d+ \(the proxy\) failed /,
      ),
      topic: 'proxy-failed',
      hint: expect.stringContaining('http:// for a proxy that is not itself reached over TLS'),
    });
  });

  test.each([
    [300, false],
    [403, false],
    [404, false],
    [408, true],
    [429, true],
    [499, false],
    [500, true],
    [502, true],
  ])('that refuses with %i is asked again: %s', async (status, transient) => {
    const { url } = await startTunnels((socket) => socket.end(`HTTP/1.1 ${status} No\r\n\r\n`));
    env['https_proxy'] = url;
    expect(await fail('https://ims.example/')).toEqual({
      message: `the proxy did not open a tunnel (HTTP ${status})`,
      topic: 'proxy-failed',
      transient,
      hint: TUNNEL,
    });
  });

  test.each([
    ['that is not trusted', makeSelfSigned(), 'is self-signed (DEPTH_ZERO_SELF_SIGNED_CERT)'],
    [
      'for the server instead of itself',
      imsCertificate,
      'is for another host (ERR_TLS_CERT_ALTNAME_INVALID)',
    ],
  ])('with a certificate %s is not asked again', async (_name, tls, what) => {
    env['https_proxy'] = (await startProxy({ tls })).url;
    expect(await fail('https://ims.example/')).toMatchObject({
      message: expect.stringMatching(/^the certificate .*127\.0\.0\.1:\d+ \(the proxy\) /),
      topic: 'certificate-refused',
      transient: false,
    });
    expect(await fail('https://ims.example/')).toMatchObject({
      message: expect.stringContaining(what),
    });
  });
});
