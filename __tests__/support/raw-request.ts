// A client over a bare socket, which sees of an answer what came, and how it ended.
import { connect } from 'node:net';
import { form, formType } from './stand-in.ts';

/** What was received of an answer, and how it ended. */
export interface RawAnswer {
  readonly ended: 'end' | 'reset' | 'silence';
  readonly head: string;
  readonly body: Buffer;
}

/** Sends a request over a bare socket; a silence of `silenceMs` ends the wait. */
export async function sendRaw(port: number, route: string, silenceMs = 10_000): Promise<RawAnswer> {
  const content = new URLSearchParams(form).toString();
  const socket = connect(port, '127.0.0.1');
  const head = [
    `${route} HTTP/1.1`,
    'Host: 127.0.0.1',
    'Connection: close',
    `Content-Type: ${formType}`,
    `Content-Length: ${content.length}`,
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n${content}`);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  const ended = await new Promise<RawAnswer['ended']>((settle) => {
    socket.on('end', () => settle('end'));
    socket.on('error', () => settle('reset'));
    socket.setTimeout(silenceMs, () => settle('silence'));
  });
  socket.destroy();
  const bytes = Buffer.concat(chunks);
  const split = bytes.indexOf('\r\n\r\n');
  const end = split < 0 ? bytes.length : split;
  return { ended, head: bytes.toString('latin1', 0, end), body: bytes.subarray(end + 4) };
}
