// An IMS stand-in on loopback, with the services behind it: real enough to mint, verify, revoke and fail.
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { SERVICES } from '../../src/services.ts';
import { ageSecrets, makeSecrets } from './client-secrets.ts';
import { findEndpoint, grantToken, type State } from './endpoints.ts';
import { type RecordedRequest, recordRequest, sendAnswer } from './exchange.ts';
import { queueFaults } from './faults.ts';
import { requireRoutes } from './gateway.ts';
import type { StandInOptions } from './options.ts';

export type { RecordedRequest } from './exchange.ts';
export type { StandInOptions } from './options.ts';

export interface StandIn {
  readonly url: string;
  readonly port: number;
  /** All that came, oldest first. */
  readonly requests: readonly RecordedRequest[];
  /** All that were issued, oldest first. */
  readonly tokens: readonly string[];
  readonly revoked: readonly string[];
  /** Lets so many days pass for the client secrets. */
  passDays(days: number): void;
  /** Settles when it no longer listens. */
  readonly closed: Promise<unknown>;
  /** Ends it, and every connection with it. */
  close(): Promise<void>;
}

/**
 * Starts a stand-in on 127.0.0.1.
 * @throws Error for a failure that has no such name, or a service without a route
 */
export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
  requireRoutes(SERVICES);
  const requests: RecordedRequest[] = [];
  const sockets = new Set<Socket>();
  const queues = {
    fail: queueFaults(options.fail),
    failVerify: queueFaults(options.failVerify),
    failRevoke: queueFaults(options.failRevoke),
    failSecrets: queueFaults(options.failSecrets),
  };

  const server = options.tls ? createHttpsServer(options.tls) : createHttpServer();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const closed = once(server, 'close');
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');

  const { port } = server.address() as AddressInfo;
  const url = `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`;
  const secrets = makeSecrets(options.clientSecrets);
  const state: State = {
    options,
    url,
    ledger: { tokens: [], revoked: [], claims: new Map() },
    secrets,
  };
  async function close(): Promise<void> {
    clearTimeout(idle);
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  }
  const idle = options.idleExitS && setTimeout(close, options.idleExitS * 1000);

  server.on('request', async (message, response) => {
    if (idle) idle.refresh();
    const { remotePort } = message.socket;
    const request = await recordRequest(message).catch(() => undefined);
    // A client that left before its request was whole gets no answer.
    if (!request) return;
    requests.push(request);
    const { failures, answer } = findEndpoint(request);
    const good = () => answer(request, state);
    const fault = failures && queues[failures].shift();
    if (!fault) return sendAnswer(response, good());
    fault.play(request, response, {
      redirectTo: options.redirectTo ?? 'http://127.0.0.1:9/',
      socket: [...sockets].find((socket) => socket.remotePort === remotePort),
      good,
      grant: (changes) => grantToken(request, state, changes),
    });
  });

  const { tokens, revoked } = state.ledger;
  const passDays = (days: number) => ageSecrets(secrets, days);
  return { url, port, requests, tokens, revoked, passDays, closed, close };
}
