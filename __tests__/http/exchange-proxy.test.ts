// Requests on their way through a proxy: over plain HTTP and TLS, with a password, under any kind of address.
import { describe, expect, test } from '@jest/globals';
import { exchange } from '../../src/http/exchange.ts';
import { makeAuthority, trust } from '../support/certificates.ts';
import { isolateEnvironment } from '../support/environment.ts';
import { startProxy } from '../support/proxy.ts';
import { serve } from '../support/server.ts';

const authority = makeAuthority();
trust(authority);
isolateEnvironment();

/** A server behind the proxy, under a name that nobody else can resolve. */
async function serveIms(): Promise<string> {
  const tls = authority.sign({ names: ['ims.example'] });
  const url = await serve((_request, response) => response.end(), { tls });
  return url.replace('127.0.0.1', 'ims.example');
}

async function ask(url: string): Promise<number> {
  const request = { method: 'POST', url, headers: {}, body: 'a=b' } as const;
  return (await exchange(request, 3000)).status;
}

describe('a proxy', () => {
  test('is asked for a tunnel, through which TLS is spoken with the server itself', async () => {
    const proxy = await startProxy();
    process.env['https_proxy'] = proxy.url;
    const url = await serveIms();
    expect(await ask(url)).toBe(200);
    expect(proxy.tunnels).toEqual([new URL(url).host]);
  });

  test('is told user and password, whatever characters they have', async () => {
    const proxy = await startProxy({ user: 'us er', password: 'p@ss:w%rd' });
    process.env['https_proxy'] = proxy.url;
    expect(await ask(await serveIms())).toBe(200);
  });

  test('over TLS is held to a certificate for its own name or address', async () => {
    const proxy = await startProxy({ tls: authority.sign({ names: ['localhost', '127.0.0.1'] }) });
    const url = await serveIms();
    process.env['https_proxy'] = proxy.url;
    expect(await ask(url)).toBe(200);
    process.env['https_proxy'] = proxy.url.replace('127.0.0.1', 'localhost');
    expect(await ask(url)).toBe(200);
    expect(proxy.tunnels).toHaveLength(2);
  });

  test('over IPv6 is reached', async () => {
    const proxy = await startProxy({ host: '::1' });
    process.env['https_proxy'] = proxy.url;
    expect(await ask(await serveIms())).toBe(200);
  });
});
