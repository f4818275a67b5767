// Requests on their way through a proxy: over plain HTTP and TLS, with a password, under any kind of address.
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { makeAuthority, trust } from '../support/certificates.ts';
import { isolateExchange } from '../support/exchange.ts';
import { startProxy } from '../support/proxy.ts';
import { joinRealms } from '../support/realm.ts';
import { serve, serveCounting, serveSockets } from '../support/server.ts';
import { relay, startTunnels } from '../support/tunnels.ts';

const authority = makeAuthority();
trust(authority);
joinRealms();
const { env, exchange } = isolateExchange();

const imsCertificate = authority.sign({ names: ['ims.example'] });

/** A server behind the proxy, under a name that nobody else can resolve. */
async function serveIms(): Promise<string> {
  const url = await serve((_request, response) => response.end(), { tls: imsCertificate });
  return url.replace('127.0.0.1', 'ims.example');
}

async function ask(url: string, limitMs = 3000): Promise<number> {
  const request = { method: 'POST', url, headers: {}, body: 'a=b' } as const;
  return (await exchange(request, limitMs)).status;
}

/** Asks through a proxy that is asked for its answer once CONNECT has come. */
async function askThrough(answer: (socket: Socket, url: string) => void): Promise<number> {
  const url = await serveIms();
  env['https_proxy'] = (await startTunnels((socket) => answer(socket, url))).url;
  return ask(url);
}

describe('a proxy', () => {
  test('is asked for a tunnel, through which TLS is spoken with the server itself', async () => {
    const proxy = await startProxy();
    env['https_proxy'] = proxy.url;
    const url = await serveIms();
    expect(await ask(url)).toBe(200);
    expect(proxy.tunnels).toEqual([new URL(url).host]);
  });

  test('is told the host and its port, and nothing of the request', async () => {
    const proxy = await startTunnels((socket) => socket.end());
    env['https_proxy'] = proxy.url;
    await ask('https://ims.example/ims/token/v3').catch(() => {});
    await ask('https://[fd00::1]:8443/').catch(() => {});
    expect(proxy.requests).toEqual([
      'CONNECT ims.example:443 HTTP/1.1\r\nHost: ims.example:443\r\n\r\n',
      'CONNECT [fd00::1]:8443 HTTP/1.1\r\nHost: [fd00::1]:8443\r\n\r\n',
    ]);
  });

  test('is told user and password, whatever characters they have', async () => {
    const proxy = await startProxy({ user: 'us er', password: 'p@ss:w%rd' });
    env['https_proxy'] = proxy.url;
    expect(await ask(await serveIms())).toBe(200);
  });

  test('is told a Windows user with its domain', async () => {
    const proxy = await startTunnels((socket) => socket.end());
    env['https_proxy'] = proxy.url.replace('//', '//CORP%5Cuser:password@');
    await ask('https://ims.example/').catch(() => {});
    const account = Buffer.from('CORP\\user:password').toString('base64');
    expect(proxy.requests[0]).toContain(`\r\nProxy-Authorization: Basic ${account}\r\n`);
  });

  test('over TLS is held to a certificate for its own name or address', async () => {
    const proxy = await startProxy({ tls: authority.sign({ names: ['localhost', '127.0.0.1'] }) });
    const url = await serveIms();
    env['https_proxy'] = proxy.url;
    expect(await ask(url)).toBe(200);
    env['https_proxy'] = proxy.url.replace('127.0.0.1', 'localhost');
    expect(await ask(url)).toBe(200);
    expect(proxy.tunnels).toHaveLength(2);
  });

  test('over TLS that demands a certificate of the client is told so', async () => {
    const tls = {
      ...authority.sign({ names: ['127.0.0.1'] }),
      ...{ requestCert: true, rejectUnauthorized: true },
    };
    env['https_proxy'] = (await startProxy({ tls })).url;
    await expect(ask('https://ims.example/')).rejects.toMatchObject({
      message: expect.stringMatching(/ \(the proxy\) demands a client certificate, which /),
      advice: { topic: 'proxy-failed', transient: false },
    });
  });

  test('over IPv6 is reached', async () => {
    const proxy = await startProxy({ host: '::1' });
    env['https_proxy'] = proxy.url;
    expect(await ask(await serveIms())).toBe(200);
  });

  test('without a scheme is one over plain HTTP', async () => {
    const proxy = await startProxy();
    env['https_proxy'] = proxy.url.replace('http://', '');
    expect(await ask(await serveIms())).toBe(200);
    expect(proxy.tunnels).toHaveLength(1);
  });
});

describe('a tunnel', () => {
  test.each([
    'HTTP/1.1 200 OK\r\n\r\n',
    'HTTP/1.1 200\r\n\r\n',
    'HTTP/1.0 200 Connection established\r\nProxy-Agent: x\r\n\r\n',
    'HTTP/1.1 204 No Content\r\n\r\n',
    'HTTP/1.1 299 Why Not\r\nContent-Length: 0\r\n\r\n',
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\n\r\n',
  ])('is opened by %j', async (head) => {
    const status = await askThrough((socket, url) => {
      socket.write(head);
      relay(socket, url);
    });
    expect(status).toBe(200);
  });

  test('is opened by an answer that comes byte by byte', async () => {
    const status = await askThrough(async (socket, url) => {
      for (const byte of 'HTTP/1.1 103 Wait\r\n\r\nHTTP/1.1 200 OK\r\nX-Y: z\r\n\r\n') {
        socket.write(byte);
        await new Promise((resolve) => setImmediate(resolve));
      }
      relay(socket, url);
    });
    expect(status).toBe(200);
  });

  // The usual port of the other scheme is no usual one here.
  test('leads to a server that is told a port other than its own scheme has', async () => {
    const hosts: (string | undefined)[] = [];
    const listener = await serve(
      ({ headers }, response) => {
        hosts.push(headers.host);
        response.end();
      },
      { tls: imsCertificate },
    );
    const tunnels = await startTunnels((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      relay(socket, listener);
    });
    env['https_proxy'] = tunnels.url;
    await ask('https://ims.example:80/');
    await ask('https://ims.example:443/');
    expect(hosts).toEqual(['ims.example:80', 'ims.example']);
  });

  test('has in it what follows the answer, which is no TLS', async () => {
    const asked = askThrough((socket) => socket.write('HTTP/1.1 200 OK\r\n\r\nand more'));
    await expect(asked).rejects.toMatchObject({
      message: expect.stringMatching(/^the TLS handshake with ims\.example:\d+ failed /),
    });
  });

  test.each([
    'SSH-2.0-OpenSSH',
    'HTTP/2 200\r\n\r\n',
    'HTTP/1.1 OK\r\n\r\n',
    'HTTP/1.1 2000 OK\r\n\r\n',
    'and HTTP/1.1 200 OK\r\n\r\n',
    '\r\n\r\n',
  ])('is not opened by %j', async (said) => {
    await expect(askThrough((socket) => socket.write(said))).rejects.toMatchObject({
      message: expect.stringMatching(
        /^the answer from 127\.0\.0\.1:\d+ \(the proxy\) is not HTTP \(HPE_INVALID_CONSTANT\)$/,
      ),
      advice: { topic: 'proxy-failed', transient: true },
    });
  });

  test.each(['099', '300', '502'])('is not opened by the status %s', async (status) => {
    await expect(
      askThrough((socket) => socket.write(`HTTP/1.1 ${status} What\r\n\r\n`)),
    ).rejects.toMatchObject({
      message: `the proxy did not open a tunnel (HTTP ${Number(status)})`,
    });
  });

  const fill = (bytes: number) => 'HTTP/1.1 200 OK\r\nX: '.padEnd(bytes - 4, 'x');

  test('is opened by an answer of 16 KiB', async () => {
    const status = await askThrough((socket, url) => {
      socket.write(`${fill(16_384)}\r\n\r\n`);
      relay(socket, url);
    });
    expect(status).toBe(200);
  });

  test('is not opened by a longer answer, which may have no end', async () => {
    const asked = askThrough((socket) => socket.write(`${fill(16_385)}\r\n\r\n`));
    await expect(asked).rejects.toMatchObject({
      message: expect.stringMatching(
        /^the headers of the answer from 127\.0\.0\.1:\d+ \(the proxy\) are too large /,
      ),
      advice: { topic: 'proxy-failed', transient: false },
    });
  });

  test('is not opened by a proxy that leaves', async () => {
    const asked = askThrough((socket) => socket.end('HTTP/1.1 200 OK\r\n'));
    await expect(asked).rejects.toMatchObject({
      message: expect.stringMatching(
        /^the connection to .* \(the proxy\) was lost .*\(ECONNRESET\)$/,
      ),
      advice: { topic: 'proxy-failed', transient: true },
    });
  });
});

// It sent the secret a second later: two tokens were issued, and one was revoked.
describe('an attempt that is given up', () => {
  const SHORT_MS = 150;
  const late = { name: 'TimeoutError', message: 'no full answer within 0.15 s' };

  test('sends nothing through a tunnel that is opened later', async () => {
    const ims = await serveCounting((_request, response) => response.end());
    const asked = Promise.withResolvers<Socket>();
    env['https_proxy'] = (await startTunnels(asked.resolve)).url;
    const url = ims.url.replace('127.0.0.1', 'ims.example');
    await expect(ask(url, SHORT_MS)).rejects.toMatchObject(late);
    const socket = await asked.promise;
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    relay(socket, ims.url);
    await once(socket, 'close');
    expect(ims.count()).toBe(0);
  });

  test.each([
    ['http', ''],
    ['https', ''],
    ['http', 'HTTP/1.1 200 OK\r\n\r\n'],
  ])('closes its connection to an %s proxy that says %j and no more', async (scheme, said) => {
    const closed = Promise.withResolvers<string>();
    const port = await serveSockets((socket) => {
      let received = '';
      socket.on('data', (chunk) => {
        received += chunk.toString('latin1');
        if (said && received.endsWith('\r\n\r\n')) socket.write(said);
      });
      socket.on('close', () => closed.resolve(received));
    });
    env['https_proxy'] = `${scheme}://127.0.0.1:${port}`;
    await expect(ask('https://ims.example/', SHORT_MS)).rejects.toMatchObject(late);
    expect(await closed.promise).not.toContain('a=b');
  });
});
