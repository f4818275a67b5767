/** Connections to a server: over TCP or through a proxy's tunnel, with TLS where its address says so. */

import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Environment } from '../values.ts';
import { sharedLookup } from './dns.ts';
import { bareHost, effectivePort } from './host.ts';
import { nodeError, toNetworkError } from './network-errors.ts';
import type { ProxyServer } from './proxy.ts';
import { openTunnel } from './tunnel.ts';

/** What each address of a host but the last may take: Node's own 250 ms are too few for a far server. */
const ADDRESS_TIMEOUT_MS = 2_000;

export interface Route {
  readonly url: URL;
  readonly proxy: ProxyServer | undefined;
  readonly env: Environment;
}

/**
 * Opens a connection. It is closed, whatever it is doing, when the signal is given.
 * @throws {NetworkError} when a proxy does not open a tunnel.
 * @throws what Node reports, for any other failure.
 */
export async function connect({ url, proxy, env }: Route, signal: AbortSignal): Promise<Socket> {
  if (!proxy) return openSocket(url, signal);
  const tunnel = await openTunnelThrough(proxy, url, signal).catch((error) => {
    throw toNetworkError(error, { role: 'proxy', url: proxy.url, env });
  });
  return openSocket(url, signal, tunnel);
}

async function openTunnelThrough(
  proxy: ProxyServer,
  target: URL,
  signal: AbortSignal,
): Promise<Socket> {
  const socket = await openSocket(proxy.url, signal);
  await openTunnel(socket, proxy, target);
  return socket;
}

/** A socket to a URL's host, over another one where that is given, once it is connected. */
async function openSocket(url: URL, signal: AbortSignal, over?: Socket): Promise<Socket> {
  const isSecure = url.protocol === 'https:';
  if (over && !isSecure) return over;
  const host = bareHost(url);
  const options = {
    host,
    port: effectivePort(url),
    lookup: sharedLookup,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: ADDRESS_TIMEOUT_MS,
    ...(over && { socket: over }),
  };
  const socket = isSecure
    ? connectTls({ ...options, servername: isIP(host) ? '' : host })
    : connectTcp(options);
  signal.addEventListener('abort', () => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    socket.once(isSecure ? 'secureConnect' : 'connect', resolve);
    // Stays, since an error that comes once nobody waits for the socket is no news.
    socket.on('error', reject);
    socket.once('close', () => reject(nodeError('ECONNRESET')));
  });
  return socket;
}
