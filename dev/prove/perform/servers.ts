// The servers of one run: an IMS whose every attempt follows a play, and a trap for what must never be called.
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Server,
  type Socket,
} from 'node:net';
import type { State } from '../../stand-in/endpoints.ts';
import { recordRequest } from '../../stand-in/exchange.ts';
import { goodPlay, type Play } from '../schedule/play.ts';
import { type AnswerNotes, chooseAnswer, labelRequest } from './answers.ts';
import { deliver } from './wire.ts';

/** One try of one request, as the server saw it. */
export interface Attempt extends AnswerNotes {
  /** What was asked for, as `labelRequest` says it; `?` if the connection was gone before. */
  readonly label: string;
  readonly play: Play;
  readonly startMs: number;
  /** When all was sent that would be at once. */
  sentMs?: number;
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

export interface Script {
  readonly plays: readonly Play[];
  readonly secrets: readonly string[];
  readonly lifetimeS?: number;
}

export async function startServers(): Promise<Servers> {
  const sockets = new Set<Socket>();
  const ledger: State['ledger'] = { tokens: [], revoked: [], claims: new Map() };
  const waiting = new Map<number, () => void>();
  let script: Script = { plays: [], secrets: [] };
  let attempts: Attempt[] = [];
  let trapped = 0;

  const server = createServer();
  const url = `http://127.0.0.1:${await listen(server, sockets)}`;
  const trap = createTcpServer(() => {
    trapped += 1;
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
    const label = play.delivery === 'reset-accept' ? '?' : labelRequest(request, script.secrets);
    const state: State = { url, ledger, options: { lifetimeS: script.lifetimeS ?? 86_399 } };
    const { answer, notes } = chooseAnswer(request, play, state, trapUrl);
    const attempt: Attempt = { ...notes, label, play, startMs: request.atMs };
    attempts.push(attempt);
    waiting.get(attempts.length - 1)?.();
    await deliver(message.socket, answer, play);
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
