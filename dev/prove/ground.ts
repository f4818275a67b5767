// The servers of one run: an IMS whose every attempt follows a play, and a trap for what must never be called.
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Server,
  type Socket,
} from 'node:net';
import { findEndpoint, grantToken, type State } from '../stand-in/endpoints.ts';
import {
  type Answer,
  type RecordedRequest,
  readField,
  recordRequest,
} from '../stand-in/exchange.ts';
import { faults } from '../stand-in/faults.ts';
import { goodPlay, type Play, type Wait } from './play.ts';
import { deliver } from './wire.ts';

/** One try of one request, as the server saw it. */
export interface Attempt {
  /** `mint 1` for the first secret, `validate`, `service`, `revoke`, or what else was asked for; `?` if nothing was. */
  readonly label: string;
  readonly play: Play;
  readonly startMs: number;
  /** When all was sent that would be at once. */
  sentMs?: number;
  /** The token that a good answer to this would have brought. */
  token?: string;
  /** Why IMS would not have taken the request, had nothing else gone wrong. */
  fault?: string;
  retryAtMs?: number;
}

export interface Ground {
  readonly url: string;
  /** A host that no request may reach; its connections are counted. */
  readonly trapUrl: string;
  /** Begins anew: what was recorded is forgotten, what was issued is not. */
  prepare(script: Script): void;
  readonly attempts: readonly Attempt[];
  readonly trapped: () => number;
  /** Settles when the attempt with this number, from 0, was received. */
  received(attempt: number): Promise<void>;
  close(): Promise<void>;
}

export interface Script {
  readonly plays: readonly Play[];
  readonly secrets: readonly string[];
  readonly lifetimeS?: number;
}

const labels: Readonly<Record<string, string>> = {
  'POST /ims/validate_token/v1': 'validate',
  'POST /ims/invalidate_token/v2': 'revoke',
};

export async function openGround(): Promise<Ground> {
  const sockets = new Set<Socket>();
  const ledger: State['ledger'] = { tokens: [], revoked: [], claims: new Map() };
  const waiting = new Map<number, () => void>();
  let script: Script = { plays: [], secrets: [] };
  let attempts: Attempt[] = [];
  let traps = 0;

  const server = createServer();
  const url = `http://127.0.0.1:${await listen(server, sockets)}`;
  const trap = createTcpServer(() => {
    traps += 1;
  });
  const trapUrl = `http://127.0.0.1:${await listen(trap, sockets)}`;

  server.on('connection', (socket: Socket) => {
    const play = script.plays[attempts.length];
    if (play?.delivery !== 'reset-accept') return;
    attempts.push({ label: '?', play, startMs: Date.now(), sentMs: Date.now() });
    socket.resetAndDestroy();
  });
  server.on('request', async (message: IncomingMessage) => {
    const current = script;
    const request = await recordRequest(message).catch(() => undefined);
    if (!request || current !== script) return;
    const play = script.plays[attempts.length] ?? goodPlay;
    const label = play.delivery === 'reset-accept' ? '?' : name(request, script);
    const attempt: Attempt = { label, play, startMs: request.atMs };
    attempts.push(attempt);
    waiting.get(attempts.length - 1)?.();
    const state: State = { url, ledger, options: { lifetimeS: script.lifetimeS ?? 86_399 } };
    const answer = choose(request, attempt, state, trapUrl);
    await deliver(message.socket, answer, play);
    attempt.sentMs = Date.now();
  });

  return {
    url,
    trapUrl,
    prepare: (next) => {
      for (const socket of sockets) socket.destroy();
      [script, attempts, traps] = [next, [], 0];
      waiting.clear();
    },
    get attempts() {
      return attempts;
    },
    trapped: () => traps,
    received: (attempt) => new Promise((settle) => waiting.set(attempt, settle)),
    close: async () => {
      const closed = [server, trap].map((one) => once(one.close(), 'close'));
      for (const socket of sockets) socket.destroy();
      await Promise.all(closed);
    },
  };
}

async function listen(server: Server, sockets: Set<Socket>): Promise<number> {
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

function name(request: RecordedRequest, { secrets }: Script): string {
  const route = `${request.method} ${request.path}`;
  if (route === 'POST /ims/token/v3') {
    return `mint ${secrets.indexOf(readField(request, 'client_secret')) + 1}`;
  }
  if (request.method === 'GET' && findEndpoint(request).failures === 'failVerify') return 'service';
  return labels[route] ?? route;
}

/** The answer that the play wants, its token and what is wrong with the request noted in `attempt`. */
function choose(request: RecordedRequest, attempt: Attempt, state: State, trapUrl: string): Answer {
  const issued = state.ledger.tokens.length;
  const good = findEndpoint(request).answer(request, state);
  if (good.status >= 400) attempt.fault = good.body.toString();
  const { play } = attempt;
  const answer =
    play.answer === 'status'
      ? { status: play.status, headers: {}, body: `Status ${play.status}` }
      : faults[play.answer]?.make?.(request, {
          redirectTo: `${trapUrl}/ims/token/v3`,
          socket: undefined,
          good: () => good,
          grant: (changes) => grantToken(request, state, changes),
        });
  if (!answer) throw new Error(`${play.answer} is no answer`);
  const token = state.ledger.tokens.slice(issued).at(-1);
  if (token !== undefined) attempt.token = token;
  return { ...answer, headers: { ...answer.headers, ...askToWait(play.wait, attempt) } };
}

/** The header `Retry-After` of a wait, if it has one. */
function askToWait(wait: Wait, attempt: Attempt): Readonly<Record<string, string>> {
  if (wait === 'none') return {};
  const date = /^date-(.*)$/.exec(wait)?.[1];
  if (date === undefined) return { 'Retry-After': wait };
  const atMs = Date.now() + (date === 'past' ? -5 : Number(date)) * 1000;
  const text = new Date(atMs).toUTCString();
  // An HTTP date has no fractions of a second.
  attempt.retryAtMs = Date.parse(text);
  return { 'Retry-After': text };
}
