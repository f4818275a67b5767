// Writes an answer byte by byte, and breaks off where the fault says.
import type { Socket } from 'node:net';
import type { Answer } from '../stand-in/exchange.ts';
import { splitAnswer } from '../stand-in/faults/spoil.ts';
import type { Fault } from './faults.ts';

export function sendFaulty(socket: Socket, answer: Answer, fault: Fault): void {
  const { bytes, sentLength } = encode(answer, fault);
  socket.write(bytes.subarray(0, sentLength), () => {
    if (fault.ending === 'closed') socket.end();
    if (fault.ending === 'reset') socket.resetAndDestroy();
  });
}

/** The bytes of `answer`, were none missing, and how many of them are sent. */
export function encode(
  answer: Answer,
  { framing, missingPercent }: Pick<Fault, 'framing' | 'missingPercent'>,
): { readonly bytes: Buffer; readonly headLength: number; readonly sentLength: number } {
  const [headers, body] = frame(Buffer.from(answer.body), framing);
  const hint = 'HTTP/1.1 103 Early Hints\r\nLink: </>; rel=preload\r\n\r\n';
  const { head } = splitAnswer(answer, headers);
  const start = Buffer.from(framing === 'after a 103' ? hint + head : head);
  const bytes = Buffer.concat([start, body]);
  const sentLength = Math.floor((bytes.length * (100 - missingPercent)) / 100);
  return { bytes, headLength: start.length, sentLength };
}

/** The headers that tell the end of `body`, and how it is then written. */
function frame(body: Buffer, framing: Fault['framing']): [Record<string, string>, Buffer] {
  switch (framing) {
    case 'chunked':
      return [{ 'Transfer-Encoding': 'chunked' }, chunk(body, '0\r\n\r\n')];
    case 'broken chunk':
      return [{ 'Transfer-Encoding': 'chunked' }, chunk(body, 'lots\r\n')];
    case 'until close':
      return [{ Connection: 'close' }, body];
    default:
      return [{ 'Content-Length': `${body.length}` }, body];
  }
}

/** `body` in two chunks, and what follows them. */
function chunk(body: Buffer, end: string): Buffer {
  const middle = Math.floor(body.length / 2);
  const parts = [body.subarray(0, middle), body.subarray(middle)].filter(({ length }) => length);
  const chunks = parts.map((part) => [`${part.length.toString(16)}\r\n`, part, '\r\n']);
  return Buffer.concat([...chunks.flat(), end].map((piece) => Buffer.from(piece as string)));
}
