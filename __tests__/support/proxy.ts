// A forward proxy on loopback that takes every host for this machine, and ends with its tests.
import type { LookupAddress, lookup } from 'node:dns';
import { afterAll } from '@jest/globals';
import { Server, type ServerOptions } from 'proxy-chain';
import type { Certificate } from './certificates.ts';

interface ProxyOptions {
  /** Without it, anybody may use the proxy. */
  readonly user?: string;
  readonly password?: string;
  /** 127.0.0.1 by default. */
  readonly host?: string;
  /** Makes it an https proxy. */
  readonly tls?: Certificate;
}

interface Proxy {
  readonly port: number;
  /** With user and password where it wants them. */
  readonly url: string;
  /** Each tunnel that was asked for, as `host:port`. */
  readonly tunnels: readonly string[];
}

const started: Server[] = [];

afterAll(async () => {
  await Promise.all(started.map((server) => server.close(true)));
});

export async function startProxy({
  user,
  password,
  tls,
  host = '127.0.0.1',
}: ProxyOptions = {}): Promise<Proxy> {
  const tunnels: string[] = [];
  const options: ServerOptions = {
    port: 0,
    host,
    prepareRequestFunction: (request) => {
      tunnels.push(`${request.hostname}:${request.port}`);
      const known =
        user === undefined || (request.username === user && request.password === password);
      return {
        requestAuthentication: !known,
        dnsLookup: findLoopback as unknown as typeof lookup,
      };
    },
  };
  const server = new Server(
    tls ? { ...options, serverType: 'https', httpsOptions: { ...tls } } : options,
  );
  await server.listen();
  started.push(server);
  const account =
    user === undefined ? '' : `${encodeURIComponent(user)}:${encodeURIComponent(password ?? '')}@`;
  const url = `${tls ? 'https' : 'http'}://${account}${host.includes(':') ? `[${host}]` : host}:${server.port}`;
  return { port: server.port, url, tunnels };
}

type Found = (error: null, addresses: readonly LookupAddress[]) => void;

function findLoopback(_hostname: string, _options: unknown, found: Found): void {
  found(null, [{ address: '127.0.0.1', family: 4 }]);
}
