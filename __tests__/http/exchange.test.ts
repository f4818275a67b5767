// One exchange with a real server: what is sent, what is read of the answer, and when it ends.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import type { TLSSocket } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { makeAuthority, trust } from '../support/certificates.ts';
import { isolateEnvironment } from '../support/environment.ts';
import { isolateExchange } from '../support/exchange.ts';
import { startProxy } from '../support/proxy.ts';
import { serve, serveCounting, serveSockets } from '../support/server.ts';
import { relay, startTunnels } from '../support/tunnels.ts';

/** Long on loopback, and shorter than a test may take: what hangs is told as such. */
const LIMIT_MS = 3000;
const CAP = 256 * 1024;

const authority = makeAuthority();
trust(authority);
isolateEnvironment();
const { env, exchange } = isolateExchange();

const get = (url: string) => exchange({ method: 'GET', url, headers: {} }, LIMIT_MS);

/** A server that answers every request alike. */
const always = (status: number, body: string | Buffer = '', headers = {}) =>
  serve((_request, response) => {
    response.writeHead(status, headers).end(body);
  });

/** A server whose answers never end. */
const pour = (status: number) =>
  serve((_request, response) => {
    const fill = () => {
      while (response.write('x'.repeat(65_536)));
    };
    response.writeHead(status).on('drain', fill);
    fill();
  });

describe('a request', () => {
  /** What a server sees of it. */
  async function observe(request: Parameters<typeof exchange>[0], host = '127.0.0.1') {
    const seen: (IncomingMessage & { text?: string })[] = [];
    const answer = async (message: IncomingMessage, response: ServerResponse) => {
      seen.push(Object.assign(message, { text: (await message.toArray()).join('') }));
      response.end();
    };
    const { port } = new URL(await serve(answer, { host }));
    await exchange({ ...request, url: request.url.replace('PORT', port) }, LIMIT_MS);
    const [{ method, url, headers, text }] = seen as [IncomingMessage & { text: string }];
    return { port, method, url, headers, text };
  }

  test('to GET bears its path, its query and its headers, and none that tells of the runner', async () => {
    process.env['ACTIONS_ORCHESTRATION_ID'] = 'the-orchestration';
    const url = 'http://127.0.0.1:PORT/some/path?with=a%20query#and-fragment';
    const seen = await observe({ method: 'GET', url, headers: { 'x-api-key': 'the-client' } });
    expect(seen).toMatchObject({ method: 'GET', url: '/some/path?with=a%20query', text: '' });
    expect(seen.headers).toEqual({
      host: `127.0.0.1:${seen.port}`,
      connection: 'close',
      'accept-encoding': 'identity',
      'user-agent': 'adobe-ims-token-action',
      'x-api-key': 'the-client',
    });
  });

  test("to POST bears its body, and the body's length in bytes", async () => {
    const url = 'http://127.0.0.1:PORT/';
    const seen = await observe({ method: 'POST', url, headers: {}, body: 'grüße=1' });
    expect(seen).toMatchObject({ method: 'POST', url: '/', text: 'grüße=1' });
    expect(seen.headers).toMatchObject({ 'content-length': '9' });
  });

  test('goes to an IPv6 address', async () => {
    const url = 'http://[::1]:PORT/six';
    const seen = await observe({ method: 'GET', url, headers: {} }, '::1');
    expect(seen.url).toBe('/six');
  });

  test('goes over TLS to a server whose authority is trusted', async () => {
    const tls = authority.sign();
    const url = await serve((_request, response) => response.end('safe'), { tls });
    expect(await get(url)).toMatchObject({ status: 200, body: 'safe' });
  });

  // A machine with several certificates shows the right one only to whoever names the host.
  test('over TLS names its host, but no address', async () => {
    const named: unknown[] = [];
    const tls = authority.sign({ names: ['localhost', '127.0.0.1'] });
    const url = await serve(
      ({ socket }, response) => {
        named.push((socket as TLSSocket).servername);
        response.end();
      },
      { tls },
    );
    await get(url.replace('127.0.0.1', 'localhost'));
    await get(url);
    expect(named).toEqual(['localhost', false]);
  });

  test('to a loopback address goes past the proxy', async () => {
    const proxy = await startProxy();
    env['https_proxy'] = proxy.url;
    expect(await get(await always(200, 'direct'))).toMatchObject({ body: 'direct' });
    expect(proxy.tunnels).toEqual([]);
  });

  test('names no port to the server where it is the usual one', async () => {
    const hosts: (string | undefined)[] = [];
    const tls = authority.sign({ names: ['ims.example'] });
    const server = await serve(
      ({ headers }, response) => {
        hosts.push(headers.host);
        response.end();
      },
      { tls },
    );
    const proxy = await startTunnels((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      relay(socket, server);
    });
    env['https_proxy'] = proxy.url;
    await get('https://ims.example/');
    await get('https://ims.example:8443/');
    expect(hosts).toEqual(['ims.example', 'ims.example:8443']);
  });

  test('is not sent past a proxy whose address is none', async () => {
    env['https_proxy'] = 'socks5://proxy.example:1080';
    await expect(get('https://ims.example/')).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringMatching(/^https_proxy is not the address of an HTTP proxy/),
      advice: { topic: 'wrong-input', hint: 'Nothing was sent' },
    });
  });

  // It was called a connection that was lost, and sent again.
  test('that this action makes wrongly is a defect', async () => {
    const url = await always(200);
    const sent = exchange({ method: 'GET', url, headers: { a: 'b\nc' } }, LIMIT_MS);
    await expect(sent).rejects.toMatchObject({ name: 'TypeError', code: 'ERR_INVALID_CHAR' });
  });
});

describe('an answer', () => {
  test.each([200, 204, 299, 400, 401, 404, 429, 500, 503])(
    'with status %i is given, with its headers',
    async (status) => {
      const url = await always(status, '', { 'X-Debug-ID': 'id' });
      const { headers, ...rest } = await get(url);
      expect(rest).toEqual({ status, body: '' });
      expect(headers).toMatchObject({ 'x-debug-id': 'id' });
    },
  );

  test.each([200, 299, 400, 503])('with status %i is given with its body', async (status) => {
    expect((await get(await always(status, 'text'))).body).toBe('text');
  });

  test.each([300, 302, 307, 399])(
    'with status %i is given, not followed, its body unread',
    async (status) => {
      const target = await serveCounting((_request, response) => response.end());
      const answer = await get(await always(status, 'moved', { Location: target.url }));
      expect(answer).toMatchObject({ status, body: '', headers: { location: target.url } });
      expect(target.count()).toBe(0);
    },
  );

  // Node ended the connection without a word, and the step waited until its time was over.
  test.each([
    ['', 'Upgrade: x\r\nConnection: Upgrade\r\n'],
    [' without saying to what', ''],
  ])('that changes the protocol%s is given at once', async (_how, headers) => {
    const port = await serveSockets((socket) => {
      socket.once('data', () => socket.end(`HTTP/1.1 101 Switching\r\n${headers}\r\nmore`));
    });
    expect(await get(`http://127.0.0.1:${port}`)).toMatchObject({ status: 101, body: '' });
  });

  test('may be cut between the bytes of a character', async () => {
    const [first, ...rest] = Buffer.from('€');
    const url = await serve((_request, response) => {
      response.write(Buffer.from([first ?? 0]), () => response.end(Buffer.from(rest)));
    });
    expect((await get(url)).body).toBe('€');
  });

  test('of 256 KiB is read', async () => {
    expect((await get(await always(200, 'x'.repeat(CAP)))).body).toHaveLength(CAP);
  });

  test('that is a success of more than 256 KiB is refused', async () => {
    await expect(get(await always(200, 'x'.repeat(CAP + 1)))).rejects.toMatchObject({
      name: 'ResponseError',
      message: 'the answer is larger than 256 KiB',
      advice: {
        topic: 'malformed-answer',
        hint: 'A proxy, gateway or sign-in page probably answered instead of Adobe: check `https_proxy`, and `ims-url` and `verify-url` if they are set',
      },
    });
  });

  test('that is a success without end is refused', async () => {
    await expect(get(await pour(200))).rejects.toMatchObject({ name: 'ResponseError' });
  });

  test('that is an error without end is cut', async () => {
    const { status, body } = await get(await pour(503));
    expect(status).toBe(503);
    expect(body.length).toBeLessThanOrEqual(CAP);
  });

  test('that is cut short is none', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'Content-Length': 10 });
      response.write('half', () => response.destroy());
    });
    await expect(get(url)).rejects.toMatchObject({
      name: 'NetworkError',
      advice: { topic: 'connection-lost' },
    });
  });

  test('that is an error of more than 256 KiB is cut there', async () => {
    const { status, body } = await get(await always(503, 'x'.repeat(4 * CAP)));
    expect(status).toBe(503);
    expect(body.length).toBeGreaterThan(0);
    expect(body.length).toBeLessThanOrEqual(CAP);
  });

  test('that is a compressed success is refused', async () => {
    const url = await always(299, gzipSync('{}'), { 'Content-Encoding': 'gzip' });
    await expect(get(url)).rejects.toMatchObject({
      name: 'ResponseError',
      message: 'the answer is compressed, which the request ruled out',
      advice: {
        topic: 'malformed-answer',
        hint: 'A proxy or gateway between this runner and Adobe probably changed it: check `https_proxy`',
      },
    });
  });

  test('that is a compressed error is given without its body', async () => {
    const url = await always(503, gzipSync('down'), { 'Content-Encoding': 'gzip' });
    expect(await get(url)).toMatchObject({ status: 503, body: '' });
  });

  test.each(['identity', 'Identity', ' IDENTITY', ''])(
    'whose encoding is %j is read',
    async (encoding) => {
      const url = await always(200, 'plain', { 'Content-Encoding': encoding });
      expect((await get(url)).body).toBe('plain');
    },
  );

  test.each(['gzip', 'GZIP', 'br', 'identity, gzip'])(
    'whose encoding is %j is compressed',
    async (encoding) => {
      const url = await always(200, 'plain', { 'Content-Encoding': encoding });
      await expect(get(url)).rejects.toMatchObject({ name: 'ResponseError' });
    },
  );
});

// A service's answer of 340 KiB failed a token that was good.
describe('an answer of which the beginning is enough', () => {
  const begin = (url: string) =>
    exchange({ method: 'GET', url, headers: {}, readsBeginning: true }, LIMIT_MS);

  test('is given with its beginning, however long it is', async () => {
    const url = await always(200, `<html>${'x'.repeat(2 * CAP)}`);
    const { status, body } = await begin(url);
    expect(status).toBe(200);
    expect(body.slice(0, 1024)).toBe(`<html>${'x'.repeat(1018)}`);
    expect(body.length).toBeLessThan(CAP);
  });

  test('is given though it has no end', async () => {
    const { status, body } = await begin(await pour(200));
    expect(status).toBe(200);
    expect(body.length).toBeLessThan(CAP);
  });

  test('is given whole where it is short', async () => {
    expect((await begin(await always(200, 'Welcome'))).body).toBe('Welcome');
  });

  // A service that sends the rest later, or never, had a good token refused when time was over.
  test.each(['{"a":', ' \n[', '\ufeff{'])('is given once it is no page: %j', async (beginning) => {
    const url = await serve((_request, response) => response.write(beginning));
    expect((await begin(url)).body).toBe(beginning);
  });

  test('is waited for where it may be a page', async () => {
    const url = await serve((_request, response) => {
      response.write(' \n');
      setTimeout(20).then(() => response.write('<ht'));
      setTimeout(40).then(() => response.end('ml>'));
    });
    expect((await begin(url)).body).toBe(' \n<html>');
  });

  // A page was taken for a service's answer where only its first letter had come, or blanks alone.
  test.each([
    ['in single letters', [...'<html>'], '<html>'],
    ['behind a line break of its own', ['\n', '<', 'h', 'tml>'], '\n<html>'],
    ['behind many blanks', [' '.repeat(3000), '<html>'], `${' '.repeat(3000)}<html>`],
    ['behind a byte order mark', ['\ufeff', ' ', '<html>'], '\ufeff <html>'],
  ])('is waited for %s', async (_how, parts, whole) => {
    const url = await serve(async (_request, response) => {
      for (const part of parts) {
        response.write(part);
        await setTimeout(5);
      }
      response.end();
    });
    expect((await begin(url)).body).toBe(whole);
  });

  test('is read to its cap where it is blank', async () => {
    expect((await begin(await always(200, ' '.repeat(2 * CAP)))).body).toHaveLength(CAP);
  });

  test('is read further where it is an error', async () => {
    expect((await begin(await always(503, 'x'.repeat(5000)))).body).toHaveLength(5000);
  });
});
