// The servers of one run: an IMS where every attempt meets its fault, and a trap for what must never be called.
import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { findEndpoint, type State } from '../stand-in/endpoints.ts';
import {
  type Answer,
  type RecordedRequest,
  readField,
  recordRequest,
} from '../stand-in/exchange.ts';
import { faults } from '../stand-in/faults.ts';
import { grantToken } from '../stand-in/grants.ts';
import { type Fault, noFault } from './faults.ts';
import { sendFaulty } from './wire.ts';

/** One try of one request, as the server saw it. */
export interface Attempt {
  /** `mint 1` for the first secret, `validate`, `service`, `revoke`. */
  readonly label: string;
  readonly fault: Fault;
  readonly startMs: number;
  /** When its answer was sent: later than its start by what else this process had to do. */
  readonly answeredMs: number;
  readonly answer: Answer;
  /** The token that the answer would bring, were it to arrive. */
  readonly token?: string | undefined;
  /** Why IMS would not have taken the request, had nothing else gone wrong. */
  readonly objection?: string | undefined;
  /** How long its `Retry-After` asks to wait: at least, and at most as it may be read. */
  readonly waitMs: readonly [number, number];
}

/** All that came. */
export interface Traffic {
  readonly attempts: Attempt[];
  /** Connections to the host that no request may reach. */
  trapped: number;
  /** Emits the number of each attempt, from 0, when it was received. */
  readonly received: EventEmitter;
}

export interface Servers {
  readonly url: string;
  /** A host that no request may reach. */
  readonly trapUrl: string;
  /** Ends all connections, and begins anew: what was issued is not forgotten. */
  prepare(script: Script): Traffic;
}

export interface Script {
  readonly secrets: readonly string[];
  /** What the attempt meets that has this number, from 0, so long after the first. */
  readonly findFault: (attempt: number, sinceMs: number) => Fault | undefined;
}

export async function withServers<T>(use: (servers: Servers) => Promise<T>): Promise<T> {
  const ledger: State['ledger'] = { tokens: [], revoked: [], claims: new Map() };
  let script: Script = { secrets: [], findFault: () => undefined };
  let traffic = recordTraffic();
  const trap = createTcpServer((socket) => {
    traffic.trapped += 1;
    socket.destroy();
  });
  const trapUrl = await listen(trap);
  const server = createServer(async (message) => {
    const current = traffic;
    const request = await recordRequest(message).catch(() => undefined);
    if (!request || current !== traffic) return;
    const { attempts, received } = traffic;
    const sinceMs = request.atMs - (attempts[0]?.startMs ?? request.atMs);
    const fault = script.findFault(attempts.length, sinceMs) ?? noFault;
    const label = labelRequest(request, script.secrets);
    const prepared = prepareAnswer(request, fault, { url, ledger, options: {} }, trapUrl);
    attempts.push({ ...prepared, label, fault, startMs: request.atMs, answeredMs: Date.now() });
    received.emit(`${attempts.length - 1}`);
    sendFaulty(message.socket, prepared.answer, fault);
  });
  const url = await listen(server);

  const prepare = (next: Script) => {
    server.closeAllConnections();
    script = next;
    traffic = recordTraffic();
    return traffic;
  };
  try {
    return await use({ url, trapUrl, prepare });
  } finally {
    const closed = [server, trap].map((one) => once(one.close(), 'close'));
    server.closeAllConnections();
    await Promise.all(closed);
  }
}

function recordTraffic(): Traffic {
  return { attempts: [], trapped: 0, received: new EventEmitter() };
}

/** Where `server` listens. */
async function listen(server: Server): Promise<string> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function labelRequest(request: RecordedRequest, secrets: readonly string[]): string {
  switch (findEndpoint(request).failures) {
    case 'fail':
      return `mint ${secrets.indexOf(readField(request, 'client_secret')) + 1}`;
    case 'failRevoke':
      return 'revoke';
    case 'failVerify':
      return request.method === 'GET' ? 'service' : 'validate';
    default:
      return `${request.method} ${request.path}`;
  }
}

/** The answer that the fault wants, and what the oracle wants to know of it; redirects lead to `trapUrl`. */
function prepareAnswer(request: RecordedRequest, fault: Fault, state: State, trapUrl: string) {
  const issued = state.ledger.tokens.length;
  const good = findEndpoint(request).answer(request, state);
  const made = faults[fault.answer]?.make?.(request, {
    redirectTo: `${trapUrl}/ims/token/v3`,
    good: () => good,
    grant: (changes) => grantToken(request, state, changes),
  });
  const status = Number(fault.answer);
  const answer = made ?? { ...good, status, body: status === 204 ? '' : good.body };
  const date = /^date(.+)/.exec(fault.retryAfter)?.[1];
  // An HTTP date has no fractions of a second.
  const endMs = Math.floor(request.atMs / 1000 + Number(date)) * 1000;
  const retryAfter = date === undefined ? fault.retryAfter : new Date(endMs).toUTCString();
  const requestedMs = Math.max(
    0,
    date ? endMs - request.atMs : Number(fault.retryAfter) * 1000 || 0,
  );
  const headers = retryAfter === 'none' ? {} : { 'Retry-After': retryAfter };
  return {
    answer: { ...answer, headers: { ...answer.headers, ...headers } },
    token: state.ledger.tokens.slice(issued).at(-1),
    objection: good.status >= 400 ? good.body.toString() : undefined,
    // A fraction is no delay that RFC 9110 knows: who reads it may wait, who does not need not.
    waitMs: [fault.retryAfter === '1.5' ? 0 : requestedMs, requestedMs] as const,
  };
}
