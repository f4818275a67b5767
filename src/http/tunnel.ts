/**
 * Tunnels through a proxy.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-9.3.6
 */

import type { Socket } from 'node:net';
import { effectivePort } from './host.ts';
import { nodeError, tunnelRefused } from './network-errors.ts';
import type { ProxyServer } from './proxy.ts';

/** More than this of a proxy's answer is never read. */
const MAX_ANSWER_BYTES = 16 * 1024;

/**
 * Asks a proxy, over a connection to it, for a tunnel to the host of `target`: then the socket is that tunnel.
 * @throws {NetworkError} when the proxy refuses.
 * @throws what Node would report, when the proxy leaves early or does not answer in HTTP.
 */
export async function openTunnel(socket: Socket, proxy: ProxyServer, target: URL): Promise<void> {
  socket.write(connectRequest(proxy, target));
  const status = await readFinalStatus(socket);
  if (status < 200 || status > 299) throw tunnelRefused(status);
}

function connectRequest({ account }: ProxyServer, target: URL): string {
  const host = `${target.hostname}:${effectivePort(target)}`;
  const authorization =
    account === undefined
      ? ''
      : `Proxy-Authorization: Basic ${Buffer.from(account).toString('base64')}\r\n`;
  return `CONNECT ${host} HTTP/1.1\r\nHost: ${host}\r\n${authorization}\r\n`;
}

/** The status of the first answer that is not merely informational. What follows its head stays unread. */
function readFinalStatus(socket: Socket): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = '';
    const read = (chunk: Buffer) => {
      text += chunk.toString('latin1');
      const answer = parseAnswer(text);
      if (!answer) return;
      socket.off('data', read).pause();
      if ('code' in answer) return reject(nodeError(answer.code));
      if (answer.rest !== '') socket.unshift(Buffer.from(answer.rest, 'latin1'));
      resolve(answer.status);
    };
    socket.on('data', read);
    socket.on('error', reject);
    socket.on('close', () => reject(nodeError('ECONNRESET')));
  });
}

type Answer =
  | { readonly status: number; readonly rest: string }
  /** Why there will be none, as Node calls it in any other answer. */
  | { readonly code: 'HPE_HEADER_OVERFLOW' | 'HPE_INVALID_CONSTANT' };

/** The first final answer, and what follows it, or undefined while there is none. */
function parseAnswer(text: string): Answer | undefined {
  if (text.length > MAX_ANSWER_BYTES) return { code: 'HPE_HEADER_OVERFLOW' };
  const [line, status] = /^HTTP\/1\.[01] (\d{3})[ \r]/.exec(text) ?? [];
  const end = text.indexOf('\r\n\r\n');
  if (line === undefined) {
    const mayBecomeOne = end < 0 && 'HTTP/1.'.startsWith(text.slice(0, 7));
    return mayBecomeOne ? undefined : { code: 'HPE_INVALID_CONSTANT' };
  }
  if (end < 0) return undefined;
  const rest = text.slice(end + 4);
  return status?.startsWith('1') ? parseAnswer(rest) : { status: Number(status), rest };
}
