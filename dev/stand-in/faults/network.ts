// What a bad network does: to a connection, to a head, to a body.
import type { Faults } from '../exchange.ts';
import { halveAnswer, splitAnswer, takeOver } from './spoil.ts';

export const networkFaults: Faults = {
  reset: takeOver('The connection is reset', (_socket, context) => {
    context.socket?.resetAndDestroy();
  }),
  'cut-header': takeOver('The connection ends inside the headers', (socket) => {
    socket.end('HTTP/1.1 200 OK\r\nContent-Ty');
  }),
  cut: takeOver('The connection ends inside the body', (socket, { good }) => {
    socket.end(halveAnswer(good()));
  }),
  'close-delimited-cut': takeOver(
    'The connection ends inside a body whose length was not told',
    (socket, { good }) => {
      const { head, body } = splitAnswer(good(), { Connection: 'close' });
      socket.write(head);
      socket.end(body.subarray(0, body.length / 2));
    },
  ),
  stall: takeOver('The answer stops for ever inside the body', (socket, { good }) => {
    socket.write(halveAnswer(good()));
  }),
  hang: takeOver('No answer ever comes', () => {}),
  slow: takeOver('A good answer, its body at one byte a second', (socket, { good }) => {
    const answer = good();
    const { head, body } = splitAnswer(answer, {
      'Content-Length': `${Buffer.byteLength(answer.body)}`,
    });
    socket.write(head);
    let sent = 0;
    const timer = setInterval(() => {
      socket.write(body.subarray(sent, sent + 1));
      sent += 1;
      if (sent >= body.length) clearInterval(timer);
    }, 1000);
    socket.on('close', () => clearInterval(timer));
  }),
};
