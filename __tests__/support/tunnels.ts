// A proxy of a few lines, for answers to CONNECT that no proxy gives. It ends with its tests.
import { connect, type Socket } from 'node:net';
import { serveSockets } from './server.ts';

interface Tunnels {
  readonly url: string;
  /** Each request for a tunnel, as it came. */
  readonly requests: readonly string[];
}

/** Calls `answer` once a request for a tunnel has come. */
export async function startTunnels(answer: (socket: Socket) => void): Promise<Tunnels> {
  const requests: string[] = [];
  const port = await serveSockets((socket) => {
    socket.once('data', (request) => {
      requests.push(request.toString());
      answer(socket);
    });
  });
  return { url: `http://127.0.0.1:${port}`, requests };
}

/** Leads what comes over a socket to a server, and back. */
export function relay(socket: Socket, url: string): void {
  const server = connect(Number(new URL(url).port), '127.0.0.1');
  server.on('error', () => {});
  server.pipe(socket).pipe(server);
}
