// Writes an answer byte by byte, and breaks off where the fault says.
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from '../stand-in/exchange.ts';
import { splitAnswer } from '../stand-in/faults/spoil.ts';
import type { Fault, Framing } from './faults.ts';

/** Settles when all was sent that will be at once. */
export async function sendFaulty(socket: Socket, answer: Answer, fault: Fault): Promise<void> {
  const { bytes, sentLength } = encode(answer, fault);
  const sent = bytes.subarray(0, sentLength);
  const pieceLength = fault.framing === 'in pieces' ? Math.ceil(sent.length / 4) : sent.length;
  for (let at = 0; at < sent.length; at += pieceLength) {
    if (at > 0) await sleep(5);
    if (!socket.writable) return;
    await new Promise((settle) => socket.write(sent.subarray(at, at + pieceLength), settle));
  }
  if (fault.ending === 'closed') socket.end();
  if (fault.ending === 'reset') socket.resetAndDestroy();
  if (fault.ending === 'trickled') trickle(socket, bytes.subarray(sentLength));
}

export interface Encoded {
  /** All that would be sent, were nothing missing. */
  readonly bytes: Buffer;
  readonly headLength: number;
  readonly sentLength: number;
}

/** The bytes of `answer` as they travel. */
export function encode(
  answer: Answer,
  { framing, missingPercent }: Pick<Fault, 'framing' | 'missingPercent'>,
): Encoded {
  const body = Buffer.from(answer.body);
  const [headers, framed] = frame(body, framing);
  const usual = Buffer.from(splitAnswer(answer, headers).head);
  const prefix = prefixes[framing];
  const head = framing === 'garbage' ? Buffer.from(prefix ?? '') : join(prefix ?? '', usual);
  const bytes = join(head, framed);
  const sentLength = Math.floor((bytes.length * (100 - missingPercent)) / 100);
  return { bytes, headLength: head.length, sentLength };
}

const prefixes: Partial<Record<Framing, string>> = {
  'after a 103': 'HTTP/1.1 103 Early Hints\r\nLink: </>; rel=preload\r\n\r\n',
  garbage: '\u0000\r\n\r\n',
};

/** The headers that tell the end of `body`, and how it is then written. */
function frame(body: Buffer, framing: Framing): [Record<string, string>, Buffer] {
  const length = (value: number) => ({ 'Content-Length': `${value}` });
  const chunked = { 'Transfer-Encoding': 'chunked' };
  switch (framing) {
    case 'chunked':
      return [chunked, chunk(body, '0\r\n\r\n')];
    case 'broken chunk':
      return [chunked, chunk(body, 'lots\r\n')];
    case 'until close':
      return [{ Connection: 'close' }, body];
    case 'length too long':
      return [length(body.length + 7), body];
    case 'length too short':
      return [length(halve(body).length), body];
    case 'chunked and length':
      return [{ ...chunked, ...length(body.length) }, body];
    default:
      return [length(body.length), body];
  }
}

/** What a reader sees of `body` where the length is told too short. */
export function halve(body: Buffer): Buffer {
  return body.subarray(0, Math.floor(body.length / 2));
}

/** `body` in two chunks, and what follows them. */
function chunk(body: Buffer, end: string): Buffer {
  const middle = halve(body).length;
  const parts = [body.subarray(0, middle), body.subarray(middle)].filter(({ length }) => length);
  const chunks = parts.map((part) => join(`${part.length.toString(16)}\r\n`, part, '\r\n'));
  return join(...chunks, end);
}

function join(...parts: readonly (Buffer | string)[]): Buffer {
  return Buffer.concat(parts.map((part) => Buffer.from(part as string)));
}

function trickle(socket: Socket, bytes: Buffer): void {
  let sent = 0;
  const timer = setInterval(() => {
    if (sent < bytes.length && socket.writable) socket.write(bytes.subarray(sent, sent + 1));
    else clearInterval(timer);
    sent += 1;
  }, 1000);
  socket.on('close', () => clearInterval(timer));
}
