// Servers of a few lines, for answers that no stand-in gives. They end with their tests.
import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer, type ServerOptions } from 'node:https';
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Server,
  type Socket,
} from 'node:net';
import { afterAll } from '@jest/globals';
import type { Certificate } from './certificates.ts';

const servers: Server[] = [];
const sockets = new Set<Socket>();

afterAll(async () => {
  const ended = servers.map((server) => once(server, 'close'));
  for (const server of servers) server.close();
  for (const socket of sockets) socket.destroy();
  await Promise.all(ended);
});

interface ServeOptions {
  /** Makes it an https server. */
  readonly tls?: Certificate & ServerOptions;
  /** 127.0.0.1 by default. */
  readonly host?: string;
}

/** Serves HTTP, or HTTPS, and gives the base URL. */
export async function serve(
  answer: RequestListener,
  { tls, host = '127.0.0.1' }: ServeOptions = {},
): Promise<string> {
  const server = tls ? createHttpsServer(tls, answer) : createHttpServer(answer);
  const port = await listen(server, host);
  return `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Serves HTTP, and counts the requests that have come. */
export async function serveCounting(answer: RequestListener) {
  let requests = 0;
  const url = await serve((request, response) => {
    requests += 1;
    return answer(request, response);
  });
  return { url, count: () => requests };
}

/** Serves bare connections, and gives the port. */
export function serveSockets(answer: (socket: Socket) => void): Promise<number> {
  return listen(createTcpServer(answer), '127.0.0.1');
}

/** A port where nothing listens. */
export async function findClosedPort(): Promise<number> {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function listen(server: Server, host: string): Promise<number> {
  servers.push(server);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // A client that leaves in the middle of an answer is no news here.
    socket.on('error', () => {});
  });
  server.listen(0, host);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
