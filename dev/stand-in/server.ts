// An IMS stand-in on loopback, with the services behind it: real enough to mint, verify, revoke and fail.
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { findEndpoint, type State } from './endpoints.ts';
import { type RecordedRequest, recordRequest } from './exchange.ts';
import { queueFaults } from './faults.ts';
import { type Grant, grantToken } from './grants.ts';
import { ageSecrets, makeSecret } from './services.ts';

export interface StandInOptions {
  /** Without them, any secret is taken. */
  readonly clientSecrets?: readonly string[];
  /** The failures of the token endpoint, one a request, then good answers; a last `name*` repeats for ever. */
  readonly fail?: readonly string[];
  /** The same for IMS's validation and for the services. */
  readonly failVerify?: readonly string[];
  /** The same for revocation. */
  readonly failRevoke?: readonly string[];
  /** The same for the API that lists, adds and removes client secrets. */
  readonly failSecrets?: readonly string[];
  /** Makes it https. */
  readonly tls?: { readonly key: string | Buffer; readonly cert: string | Buffer };
  /** What tokens are like, where that is not what was requested. */
  readonly grant?: Partial<Grant>;
  /** Where the `redirect` failures point; by default to a port where nothing listens. */
  readonly redirectTo?: string;
  /** Closes it after so long without a request. */
  readonly idleExitS?: number;
}

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
  /** Ends it and its connections; one that is still shaking hands over TLS is its client's to end. */
  close(): Promise<void>;
}

/**
 * Starts a stand-in on 127.0.0.1.
 * @throws Error for a failure that has no such name
 */
export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const { tls, redirectTo = 'http://127.0.0.1:9/', clientSecrets, idleExitS } = options;
  const queues = {
    fail: queueFaults(options.fail),
    failVerify: queueFaults(options.failVerify),
    failRevoke: queueFaults(options.failRevoke),
    failSecrets: queueFaults(options.failSecrets),
  };
  const server = tls ? createHttpsServer(tls) : createHttpServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const url = `${tls ? 'https' : 'http'}://127.0.0.1:${port}`;

  const requests: RecordedRequest[] = [];
  const ledger: State['ledger'] = { tokens: [], revoked: [], claims: new Map() };
  const state: State = { options, url, ledger, secrets: clientSecrets?.map(makeSecret) };
  async function close(): Promise<void> {
    clearTimeout(idle);
    const closed = once(server.close(), 'close');
    server.closeAllConnections();
    await closed;
  }
  const idle = idleExitS ? setTimeout(close, idleExitS * 1000) : undefined;

  server.on('request', async (message, response) => {
    idle?.refresh();
    const request = await recordRequest(message).catch(() => undefined);
    // A client that left before its request was whole gets no answer.
    if (!request) return;
    requests.push(request);
    const { failures, answer } = findEndpoint(request);
    const good = () => answer(request, state);
    const fault = failures && queues[failures]();
    const grant = (changes?: Partial<Grant>) => grantToken(request, state, changes);
    const context = { redirectTo, good, grant };
    if (fault?.takeOver) return fault.takeOver(message.socket, context);
    const { status, headers, body } = fault?.make?.(request, context) ?? good();
    response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) }).end(body);
  });

  const { tokens, revoked } = ledger;
  const passDays = (days: number) => ageSecrets(state, days);
  return { url, port, requests, tokens, revoked, passDays, close };
}
