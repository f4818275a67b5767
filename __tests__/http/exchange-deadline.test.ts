// The time of an exchange: once it is over it fails, and whenever it ends it leaves nothing open.
import type { ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import { describe, expect, jest, test } from '@jest/globals';
import { isolateExchange } from '../support/exchange.ts';
import { startProxy } from '../support/proxy.ts';
import { serve, serveSockets } from '../support/server.ts';

/** For what never comes: long enough for a request to arrive, even on a busy machine. */
const SHORT_MS = 150;

const { env, exchange } = isolateExchange();

const get = (url: string, limitMs = SHORT_MS) =>
  exchange({ method: 'GET', url, headers: {} }, limitMs);

/**
 * Writes drop by drop, so that no limit of idle time is ever reached. Gives whether the client left
 * before the end, which comes after a thousand drops.
 */
function drip(stream: Writable): Promise<boolean> {
  let drops = 0;
  const timer = setInterval(() => {
    drops += 1;
    if (drops < 1000) stream.write('x');
    else stream.end();
  }, 2);
  return new Promise((resolve) => {
    stream.on('close', () => {
      clearInterval(timer);
      resolve(!stream.writableFinished);
    });
  });
}

describe('an exchange whose time is over', () => {
  const late = {
    name: 'TimeoutError',
    message: 'no full answer within 0.15 s',
    topic: 'timeout',
    hint: 'Check whether the network or a proxy delays the connection, or raise `timeout`',
  };

  test('before the answer has begun fails, and closes the connection', async () => {
    const left = Promise.withResolvers<boolean>();
    const port = await serveSockets((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nX-Head: ');
      left.resolve(drip(socket));
    });
    await expect(get(`http://127.0.0.1:${port}/`)).rejects.toMatchObject(late);
    expect(await left.promise).toBe(true);
  });

  test('inside the answer fails, and closes the connection', async () => {
    const left = Promise.withResolvers<boolean>();
    const url = await serve((_request, response) => left.resolve(drip(response)));
    await expect(get(url)).rejects.toMatchObject(late);
    expect(await left.promise).toBe(true);
  });

  test('before TLS is agreed on fails', async () => {
    const port = await serveSockets(() => {});
    await expect(get(`https://127.0.0.1:${port}/`)).rejects.toMatchObject(late);
  });

  test('before the proxy has opened a tunnel fails', async () => {
    env['https_proxy'] = `http://127.0.0.1:${await serveSockets(() => {})}`;
    await expect(get('http://ims.example/')).rejects.toMatchObject(late);
  });

  test('inside an answer that comes through a proxy closes the connection', async () => {
    env['https_proxy'] = (await startProxy()).url;
    const left = Promise.withResolvers<boolean>();
    const url = await serve((_request, response) => left.resolve(drip(response)));
    await expect(get(throughProxy(url))).rejects.toMatchObject(late);
    expect(await left.promise).toBe(true);
  });

  test('leaves an answer unread that comes later through a proxy', async () => {
    env['https_proxy'] = (await startProxy()).url;
    const asked = Promise.withResolvers<ServerResponse>();
    const url = await serve((_request, response) => asked.resolve(response));
    await expect(get(throughProxy(url))).rejects.toMatchObject(late);
    expect(await drip(await asked.promise)).toBe(true);
  });

  test('is told in seconds', async () => {
    const url = await serve(() => {});
    await expect(get(url, 1)).rejects.toMatchObject({ message: 'no full answer within 0.00 s' });
  });

  function throughProxy(url: string): string {
    return url.replace('127.0.0.1', 'ims.example');
  }
});

describe('an exchange in time', () => {
  test('leaves no timer behind, which would hold the process', async () => {
    const countTimers = () =>
      process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const url = await serve((_request, response) => response.end());
    const before = countTimers();
    await get(url, 60_000);
    expect(countTimers()).toBe(before);
  });

  // Else http-client ends it after three minutes of silence, which no test can wait for: so what it sets on the socket is looked at.
  test('may be idle for as long as it lasts', async () => {
    const limits: number[] = [];
    const { setTimeout } = Socket.prototype;
    const spy = jest.spyOn(Socket.prototype, 'setTimeout').mockImplementation(function (
      this: Socket,
      ...given
    ) {
      limits.push(given[0]);
      return setTimeout.apply(this, given);
    });
    const url = await serve((_request, response) => response.end());
    await get(url, 1_800_000);
    spy.mockRestore();
    expect(Math.max(...limits)).toBeGreaterThan(1_800_000);
  });
});
