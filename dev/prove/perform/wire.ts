// Writes an answer byte by byte, and spoils it where the play says.
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from '../../stand-in/exchange.ts';
import { splitAnswer } from '../../stand-in/faults/spoil.ts';
import type { Delivery, Play } from '../schedule/play.ts';

interface Parcel {
  readonly pieces: readonly Buffer[];
  /** What comes after the last byte; without it the connection stays open. */
  readonly ending?: 'end' | 'reset';
  /** What trickles in after the pieces, a byte a second. */
  readonly rest?: Buffer;
}

/** Settles when all was sent that will be at once. */
export async function deliver(socket: Socket, answer: Answer, play: Play): Promise<void> {
  await sleep(play.lateMs);
  const { pieces, ending, rest } = pack(answer, play);
  for (const [index, piece] of pieces.entries()) {
    if (index > 0) await sleep(5);
    if (!socket.writable) return;
    await new Promise((settle) => socket.write(piece, settle));
  }
  if (ending === 'end') socket.end();
  else if (ending === 'reset') socket.resetAndDestroy();
  else if (rest) trickle(socket, rest);
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

/** The bytes of `answer` as they travel. */
export function pack(answer: Answer, { delivery, at }: Pick<Play, 'delivery' | 'at'>): Parcel {
  const body = Buffer.from(answer.body);
  const cutBody = Math.floor(at * body.length);
  const whole = join(answer, { 'Content-Length': `${body.length}` }, body);
  const head = whole.length - body.length;
  const cut = delivery.endsWith('-head') ? 1 + Math.floor(at * (head - 2)) : head + cutBody;
  const [sent, rest] = [whole.subarray(0, cut), whole.subarray(cut)];
  const chunked = { 'Transfer-Encoding': 'chunked' };
  const parcels: Record<Delivery, () => Parcel> = {
    whole: () => ({ pieces: [whole] }),
    chunked: () => ({ pieces: [join(answer, chunked, chunk(body, at, '0\r\n\r\n'))] }),
    pieces: () => ({ pieces: slice(whole, at) }),
    closed: () => ({ pieces: [join(answer, { Connection: 'close' }, body)], ending: 'end' }),
    interim: () => ({
      pieces: [Buffer.from('HTTP/1.1 103 Early Hints\r\nLink: </>; rel=preload\r\n\r\n'), whole],
    }),
    // The connection is gone before this is asked for.
    'reset-accept': () => ({ pieces: [], ending: 'reset' }),
    'reset-head': () => ({ pieces: [sent], ending: 'reset' }),
    'reset-body': () => ({ pieces: [sent], ending: 'reset' }),
    'reset-end': () => ({ pieces: [whole], ending: 'reset' }),
    'end-head': () => ({ pieces: [sent], ending: 'end' }),
    'end-body': () => ({ pieces: [sent], ending: 'end' }),
    'closed-body': () => ({
      pieces: [join(answer, { Connection: 'close' }, body.subarray(0, cutBody))],
      ending: 'end',
    }),
    'stall-head': () => ({ pieces: [sent] }),
    'stall-body': () => ({ pieces: [sent] }),
    'trickle-head': () => ({ pieces: [sent], rest }),
    'trickle-body': () => ({ pieces: [sent], rest }),
    'long-length': () => ({
      pieces: [join(answer, { 'Content-Length': `${body.length + 1 + cutBody}` }, body)],
      ending: 'end',
    }),
    'short-length': () => ({
      pieces: [join(answer, { 'Content-Length': `${cutBody}` }, body)],
      ending: 'end',
    }),
    'broken-chunk': () => ({
      pieces: [join(answer, chunked, chunk(body, at, 'lots\r\n'))],
      ending: 'end',
    }),
    'cut-chunks': () => ({ pieces: [join(answer, chunked, chunk(body, at, ''))], ending: 'end' }),
    'two-lengths': () => ({
      pieces: [join(answer, { ...chunked, 'Content-Length': `${body.length}` }, body)],
      ending: 'end',
    }),
    garbage: () => ({ pieces: [Buffer.from([0, 255, 13, 10, 13, 10]), body], ending: 'end' }),
  };
  return parcels[delivery]();
}

function join(answer: Answer, headers: Readonly<Record<string, string>>, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(splitAnswer(answer, headers).head), body]);
}

/** `body` in two chunks, and what follows them. */
function chunk(body: Buffer, at: number, end: string): Buffer {
  const middle = Math.floor(at * body.length);
  const parts = [body.subarray(0, middle), body.subarray(middle)].filter(({ length }) => length);
  return Buffer.concat([
    ...parts.flatMap((part) => [
      Buffer.from(`${part.length.toString(16)}\r\n`),
      part,
      Buffer.from('\r\n'),
    ]),
    Buffer.from(end),
  ]);
}

/** From 2 to 6 pieces. */
function slice(bytes: Buffer, at: number): Buffer[] {
  const size = Math.ceil(bytes.length / (2 + Math.floor(at * 5)));
  const count = Math.ceil(bytes.length / size);
  return Array.from({ length: count }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
}
