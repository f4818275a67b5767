// What a bad network does: to a connection, to a head, to a body.
import { setTimeout as sleep } from 'node:timers/promises';
import { TLSSocket } from 'node:tls';
import type { Answer } from '../exchange.ts';
import { type Faults, splitAnswer, takeOver } from './spoil.ts';

export const connectionFaults: Faults = {
  reset: takeOver('The connection is reset', (socket) => {
    // Nothing resets the connection below TLS.
    if (socket instanceof TLSSocket) socket.destroy();
    else socket.resetAndDestroy();
  }),
  'cut-header': takeOver('The connection ends inside the headers', (socket) => {
    socket.end('HTTP/1.1 200 OK\r\nContent-Ty');
  }),
  cut: takeOver('The connection ends inside the body', (socket, { good }) => {
    socket.end(halveAnswer(good()));
  }),
  'close-delimited-cut': takeOver('A body of unknown length is cut', (socket, { good }) => {
    const { head, body } = splitAnswer(good(), { Connection: 'close' });
    socket.end(`${head}${body.subarray(0, body.length / 2)}`);
  }),
  stall: takeOver('The answer stops for ever inside the body', (socket, { good }) => {
    socket.write(halveAnswer(good()));
  }),
  hang: takeOver('No answer ever comes', () => {}),
  slow: takeOver('A good answer, its body at one byte a second', async (socket, { good }) => {
    const answer = good();
    const { head, body } = splitAnswer(answer, { 'Content-Length': `${answer.body.length}` });
    socket.write(head);
    for (const byte of body) {
      await sleep(1000, undefined, { ref: false });
      if (!socket.writable) return;
      socket.write(Buffer.of(byte));
    }
  }),
  'broken-chunk': takeOver('A chunk whose length is no number', (socket, { good }) => {
    const { head, body } = splitAnswer(good(), { 'Transfer-Encoding': 'chunked' });
    socket.end(`${head}${body.length.toString(16)}\r\n${body}\r\nlots\r\n`);
  }),
};

/** The first half of an answer whose head promises all of it and a byte more. */
function halveAnswer(answer: Answer): string {
  const length = Buffer.byteLength(answer.body);
  const { head, body } = splitAnswer(answer, { 'Content-Length': `${length + 1}` });
  return `${head}${body.subarray(0, length / 2)}`;
}
