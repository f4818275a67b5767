// When the time of an exchange is over: it fails then, and leaves nothing open.
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import { exchange } from '../src/http.ts';
import { clearProxies } from './support/environment.ts';
import { startProxy } from './support/proxy.ts';
import { serve, serveSockets } from './support/server.ts';

/** For what never comes: long enough for a request to arrive, even on a busy machine. */
const SHORT_MS = 150;

clearProxies();
afterEach(clearProxies);

const get = (url: string, limitMs = SHORT_MS) =>
  exchange({ method: 'GET', url, headers: {} }, limitMs);

describe('an exchange whose time is over', () => {
  const late = {
    name: 'TimeoutError',
    message: 'no full answer within 0.15 s',
    topic: 'timeout',
    hint: 'Check whether the network or a proxy delays the connection, or raise `timeout`',
  };

  test('before the answer has begun fails, and closes the connection', async () => {
    const closed = Promise.withResolvers<void>();
    const url = await serve((request) => request.on('close', () => closed.resolve()));
    await expect(get(url)).rejects.toMatchObject(late);
    await closed.promise;
  });

  test('inside the answer fails, and closes the connection', async () => {
    const closed = Promise.withResolvers<void>();
    const url = await serve((_request, response) => {
      response.on('close', () => closed.resolve());
      response.write('half of an ans');
    });
    await expect(get(url)).rejects.toMatchObject(late);
    await closed.promise;
  });

  test('before TLS is agreed on fails', async () => {
    const port = await serveSockets(() => {});
    await expect(get(`https://127.0.0.1:${port}/`)).rejects.toMatchObject(late);
  });

  test('before the proxy has opened a tunnel fails', async () => {
    process.env['http_proxy'] = `http://127.0.0.1:${await serveSockets(() => {})}`;
    await expect(get('http://ims.example/')).rejects.toMatchObject(late);
  });

  test('inside an answer that comes through a proxy closes the connection', async () => {
    process.env['http_proxy'] = (await startProxy()).url;
    const closed = Promise.withResolvers<void>();
    const url = await serve((_request, response) => {
      response.on('close', () => closed.resolve());
      response.write('half of an ans');
    });
    await expect(get(throughProxy(url))).rejects.toMatchObject(late);
    await closed.promise;
  });

  test('leaves an answer unread that comes later through a proxy', async () => {
    process.env['http_proxy'] = (await startProxy()).url;
    const asked = Promise.withResolvers<ServerResponse>();
    const url = await serve((_request, response) => asked.resolve(response));
    await expect(get(throughProxy(url))).rejects.toMatchObject(late);
    const response = await asked.promise;
    response.write('too late');
    await once(response, 'close');
  });

  test('is not put off by an answer that comes in drops', async () => {
    const url = await serve((_request, response) => {
      const drip = setInterval(() => response.write('x'), SHORT_MS / 6);
      response.on('close', () => clearInterval(drip));
    });
    await expect(get(url)).rejects.toMatchObject(late);
  });

  test('is told in seconds', async () => {
    const url = await serve(() => {});
    await expect(get(url, 1)).rejects.toMatchObject({ message: 'no full answer within 0.00 s' });
  });

  function throughProxy(url: string): string {
    return url.replace('127.0.0.1', 'ims.example');
  }
});
