// The servers of one run: an IMS where every attempt meets its fault, and a trap for what must never be called.
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Server,
  type Socket,
} from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { findEndpoint, grantToken, type State } from '../stand-in/endpoints.ts';
import {
  type Answer,
  type RecordedRequest,
  readField,
  recordRequest,
} from '../stand-in/exchange.ts';
import { faults } from '../stand-in/faults.ts';
import { type Fault, noFault } from './faults.ts';
import type { Schedule } from './schedule.ts';
import { sendFaulty } from './wire.ts';

/** One try of one request, as the server saw it. */
export interface Attempt {
  /** `mint 1` for the first secret, `validate`, `service`, `revoke`; `?` if the connection was gone before. */
  readonly label: string;
  readonly fault: Fault;
  readonly startMs: number;
  /** When the answer was begun: nobody can have read of it before. */
  answeredMs?: number;
  /** When all was sent that would be at once. */
  sentMs?: number;
  answer?: Answer;
  /** The token that the answer would bring, were it to arrive. */
  token?: string | undefined;
  /** Why IMS would not have taken the request, had nothing else gone wrong. */
  objection?: string | undefined;
  /** How long its `Retry-After` asks to wait, from `answeredMs` on: at least, and at most as it may be read. */
  waitMs?: readonly [number, number];
}

export interface Servers {
  readonly url: string;
  /** A host that no request may reach; its connections are counted. */
  readonly trapUrl: string;
  /** Begins anew: what was recorded is forgotten, what was issued is not. */
  prepare(script: Script): void;
  readonly attempts: readonly Attempt[];
  readonly trapped: number;
  /** Settles when the attempt with this number, from 0, was received. */
  received(attempt: number): Promise<void>;
  close(): Promise<void>;
}

export interface Script extends Pick<Schedule, 'faults' | 'secrets'> {
  readonly outage?: Schedule['outage'];
  readonly lifetimeS?: number | undefined;
}

export async function startServers(): Promise<Servers> {
  const sockets = new Set<Socket>();
  const ledger: State['ledger'] = { tokens: [], revoked: [], claims: new Map() };
  const waiting = new Map<number, () => void>();
  let script: Script = { faults: [], secrets: [] };
  let attempts: Attempt[] = [];
  let trapped = 0;

  const server = createServer();
  const url = `http://127.0.0.1:${await listen(server, sockets)}`;
  const trap = createTcpServer(() => {
    trapped += 1;
  });
  const trapUrl = `http://127.0.0.1:${await listen(trap, sockets)}`;

  function findFault(): Fault {
    const { outage } = script;
    const sinceMs = Date.now() - (attempts[0]?.startMs ?? Date.now());
    if (outage && sinceMs < outage.seconds * 1000) return outage.fault;
    return script.faults[attempts.length] ?? noFault;
  }

  function add(attempt: Attempt): Attempt {
    attempts.push(attempt);
    waiting.get(attempts.length - 1)?.();
    return attempt;
  }

  server.on('connection', (socket: Socket) => {
    const fault = findFault();
    if (fault.framing !== 'reset before the request') return;
    const nowMs = Date.now();
    add({ label: '?', fault, startMs: nowMs, answeredMs: nowMs, sentMs: nowMs });
    socket.resetAndDestroy();
  });
  server.on('request', async (message: IncomingMessage) => {
    const current = script;
    const request = await recordRequest(message).catch(() => undefined);
    if (!request || current !== script) return;
    const fault = findFault();
    const label = labelRequest(request, script.secrets);
    const state: State = { url, ledger, options: { lifetimeS: script.lifetimeS ?? 86_399 } };
    const attempt = add({ label, fault, startMs: request.atMs });
    await sleep(fault.delayMs);
    const prepared = prepareAnswer(request, fault, state, trapUrl);
    Object.assign(attempt, prepared);
    await sendFaulty(message.socket, prepared.answer, fault);
    attempt.sentMs = Date.now();
  });

  return {
    url,
    trapUrl,
    prepare: (next) => {
      for (const socket of sockets) socket.destroy();
      script = next;
      attempts = [];
      trapped = 0;
      waiting.clear();
    },
    get attempts() {
      return attempts;
    },
    get trapped() {
      return trapped;
    },
    received: (attempt) => new Promise((settle) => waiting.set(attempt, settle)),
    close: async () => {
      const closed = [server, trap].map((one) => once(one.close(), 'close'));
      for (const socket of sockets) socket.destroy();
      await Promise.all(closed);
    },
  };
}

/** The port that `server` listens at; `sockets` holds its open connections. */
async function listen(server: Server, sockets: Set<Socket>): Promise<number> {
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

function labelRequest(request: RecordedRequest, secrets: readonly string[]): string {
  const { failures } = findEndpoint(request);
  if (failures === 'fail')
    return `mint ${secrets.indexOf(readField(request, 'client_secret')) + 1}`;
  if (failures === 'failRevoke') return 'revoke';
  if (failures === 'failVerify') return request.method === 'GET' ? 'service' : 'validate';
  return `${request.method} ${request.path}`;
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
  const answeredMs = Date.now();
  const endMs = Math.floor(answeredMs / 1000 + Number(date)) * 1000;
  const retryAfter = date === undefined ? fault.retryAfter : new Date(endMs).toUTCString();
  const askedMs = Math.max(0, date ? endMs - answeredMs : Number(fault.retryAfter) * 1000 || 0);
  // A fraction is no delay that RFC 9110 knows: who reads it may wait, who does not need not.
  const waitMs = [fault.retryAfter === '1.5' ? 0 : askedMs, askedMs] as const;
  const headers = retryAfter === 'none' ? {} : { 'Retry-After': retryAfter };
  return {
    answeredMs,
    answer: { ...answer, headers: { ...answer.headers, ...headers } },
    token: state.ledger.tokens.slice(issued).at(-1),
    objection: good.status >= 400 ? good.body.toString() : undefined,
    waitMs,
  };
}
