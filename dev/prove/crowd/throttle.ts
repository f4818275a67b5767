// An IMS that gives so many tokens a second, and asks everybody else to wait for one.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { findEndpoint, type State } from '../../stand-in/endpoints.ts';
import {
  type Answer,
  type RecordedRequest,
  readField,
  recordRequest,
  sendAnswer,
} from '../../stand-in/exchange.ts';
import { longestJitterMs } from '../contract.ts';
import type { Retry } from './spread.ts';

export interface Throttle {
  readonly url: string;
  /** When each request came, from when the first answers were given. */
  readonly arrivalsMs: readonly number[];
  readonly retries: readonly Retry[];
  /** How often each client asked. */
  readonly attempts: readonly number[];
  /** How many requests came before the wait was over that their client was asked for. */
  readonly early: number;
  close(): Promise<void>;
}

interface Client {
  attempts: number;
  refusedAtMs: number;
}

const waitS = 1;

/** Starts it; answers are held back until `size` clients have asked. */
export async function startThrottle(options: {
  readonly perSecond: number;
  readonly size: number;
}): Promise<Throttle> {
  const clients = new Map<string, Client>();
  const arrivalsMs: number[] = [];
  const retries: Retry[] = [];
  const granted: number[] = [];
  const gate = Promise.withResolvers<void>();
  let openedMs: number | undefined;
  let early = 0;
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const state: State = { url, options: {}, ledger: { tokens: [], revoked: [], claims: new Map() } };

  /** Takes note of a token given, or of a refusal. */
  function choose(request: RecordedRequest, client: Client): Answer {
    const nowMs = performance.now();
    if (granted.filter((atMs) => atMs > nowMs - 1000).length < options.perSecond) {
      granted.push(nowMs);
      return findEndpoint(request).answer(request, state);
    }
    client.refusedAtMs = nowMs;
    return { status: 429, headers: { 'Retry-After': String(waitS) }, body: '' };
  }

  function note(client: Client, nowMs: number): void {
    arrivalsMs.push(nowMs - (openedMs ?? nowMs));
    client.attempts += 1;
    if (client.attempts === 1) return;
    const jitterMs = nowMs - client.refusedAtMs - waitS * 1000;
    // Timers may be a moment early.
    if (jitterMs < -5) early += 1;
    const ceilingMs = longestJitterMs(client.attempts - 1);
    retries.push({ atMs: nowMs - (openedMs ?? nowMs), jitterMs, ceilingMs });
  }

  server.on('request', async (message, response) => {
    const nowMs = performance.now();
    const request = await recordRequest(message);
    const name = readField(request, 'client_id');
    const client = clients.get(name) ?? { attempts: 0, refusedAtMs: 0 };
    clients.set(name, client);
    note(client, nowMs);
    if (clients.size === options.size) {
      openedMs ??= nowMs;
      gate.resolve();
    }
    await gate.promise;
    sendAnswer(response, choose(request, client));
  });

  return {
    url,
    arrivalsMs,
    retries,
    get attempts() {
      return [...clients.values()].map(({ attempts }) => attempts);
    },
    get early() {
      return early;
    },
    close: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}
