/** One exchange through @actions/http-client: bounded in time and bytes, without redirects. */

import * as http from 'node:http';
import * as https from 'node:https';
import { isIP } from 'node:net';
import { HttpClient } from '@actions/http-client';
import { NOT_ADOBE_HINT, ResponseError } from '../errors.ts';
import { sharedLookup } from './dns.ts';
import { timedOut, toNetworkError } from './network-errors.ts';
import type { HttpAnswer, HttpRequest } from './response.ts';

/** More than this of an answer is never read. */
const MAX_BODY_BYTES = 256 * 1024;

/**
 * Sends one request and reads its answer, whatever its status, within `limitMs` milliseconds.
 * @throws {TimeoutError} when time is over, and the connection is then closed.
 * @throws {NetworkError} when the connection fails or the answer is cut short.
 * @throws {ResponseError} when a success is larger than 256 KiB or in an encoding nobody asked for.
 */
export async function exchange(request: HttpRequest, limitMs: number): Promise<HttpAnswer> {
  // http-client's own limit is of idle time only, and three minutes unless told.
  const client = new HttpClient(undefined, undefined, { socketTimeout: Math.ceil(limitMs) + 1000 });
  const connection: Connection = {};
  const deadline = Promise.withResolvers<never>();
  const timer = setTimeout(() => deadline.reject(timedOut(limitMs)), limitMs);
  try {
    const answer = send(client, request, connection);
    return await Promise.race([deadline.promise, answer]).catch((error) => {
      throw toNetworkError(error, new URL(request.url));
    });
  } finally {
    clearTimeout(timer);
    connection.over = true;
    connection.answer?.destroy();
    client.dispose();
  }
}

/** What an exchange leaves open until it is over. */
interface Connection {
  over?: true;
  answer?: http.IncomingMessage;
}

async function send(
  client: HttpClient,
  request: HttpRequest,
  connection: Connection,
): Promise<HttpAnswer> {
  const info = toRequestInfo(client, request);
  const { message } = await client.requestRaw(info, request.body ?? null);
  connection.answer = message;
  // An answer that comes after its deadline is closed unread.
  if (connection.over) message.destroy();
  const status = Number(message.statusCode);
  const body = status >= 300 && status < 400 ? '' : await readBody(message, status);
  return { status, headers: message.headers, body };
}

/**
 * http-client's own `readBody` has no bound, and never settles when the connection is cut. Events, since
 * setting up `for await` costs more than the whole body.
 */
function readBody(message: http.IncomingMessage, status: number): Promise<string> {
  const success = status < 300;
  const encoding = message.headers['content-encoding'] ?? 'identity';
  return new Promise((resolve, reject) => {
    if (success && encoding !== 'identity') reject(encoded());
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = () =>
      resolve(encoding === 'identity' ? Buffer.concat(chunks).toString('utf8') : '');
    message.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BODY_BYTES) chunks.push(chunk);
      else if (success) reject(tooLarge());
      else finish();
    });
    message.on('end', finish);
    message.on('error', reject);
  });
}

/**
 * What http-client's `requestRaw` takes. Its `request` would follow redirects, look an IPv6 literal up
 * with its brackets on, and tell every server the runner's orchestration ID.
 */
function toRequestInfo(client: HttpClient, { method, url, headers }: HttpRequest) {
  const parsedUrl = new URL(url);
  return {
    parsedUrl,
    httpModule: parsedUrl.protocol === 'https:' ? https : http,
    options: {
      method,
      host: unbracket(parsedUrl.hostname),
      port: parsedUrl.port || (parsedUrl.protocol === 'https:' ? 443 : 80),
      path: parsedUrl.pathname + parsedUrl.search,
      headers: {
        ...headers,
        'accept-encoding': 'identity',
        'user-agent': 'adobe-ims-token-action',
      },
      agent: mendProxy(client.getAgent(url)),
      lookup: sharedLookup,
    },
  };
}

/**
 * The agent, with what `tunnel` leaves out for its own connection to a proxy: the shared lookup, no
 * brackets around an IPv6 address, and the name that the certificate of a proxy over TLS is checked
 * against, which it would else take from the request's target.
 */
function mendProxy(agent: http.Agent): http.Agent {
  if ('proxyOptions' in agent) {
    const proxy = Object(agent.proxyOptions);
    const host = unbracket(String(proxy.host));
    Object.assign(proxy, { host, lookup: sharedLookup, servername: isIP(host) ? '' : host });
  }
  return agent;
}

function unbracket(hostname: string): string {
  return hostname.replace(/[[\]]/g, '');
}

function tooLarge(): ResponseError {
  return new ResponseError(`the answer is larger than ${MAX_BODY_BYTES / 1024} KiB`, {
    topic: 'malformed-answer',
    hint: NOT_ADOBE_HINT,
  });
}

function encoded(): ResponseError {
  return new ResponseError('the answer is compressed, which the request ruled out', {
    topic: 'malformed-answer',
    hint: 'A proxy or gateway between this runner and Adobe probably changed it: check `https_proxy`',
  });
}
