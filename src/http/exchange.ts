/** One exchange through @actions/http-client: bounded in time and bytes, without redirects. */

import * as http from 'node:http';
import * as https from 'node:https';
import type { Socket } from 'node:net';
import { HttpClient } from '@actions/http-client';
import { InputError, NOT_ADOBE_HINT, ResponseError } from '../errors.ts';
import type { Environment } from '../values.ts';
import { connect, type Route } from './connection.ts';
import { bareHost, effectivePort } from './host.ts';
import { timedOut, toNetworkError } from './network-errors.ts';
import { findProxy } from './proxy.ts';
import { type Exchange, type HttpAnswer, type HttpRequest, isCompressed } from './response.ts';

/** More than this of an answer is never read. */
const MAX_BODY_BYTES = 256 * 1024;

/** What tells a page from anything else, counted from its first character. */
const BEGINNING_BYTES = 1024;

/** What may stand before that: blanks, and a byte order mark read as Latin-1. */
const BLANKS = /^[\s\xef\xbb\xbf]+/;

/**
 * The exchange over the network, by the proxy variables and with the CAs that the environment names. It
 * sends one request and reads its answer, whatever its status, within `limitMs` milliseconds. Its
 * connection, and that to a proxy, is closed when it ends. It throws
 *
 * - TimeoutError when time is over,
 * - NetworkError when the connection fails or the answer is cut short,
 * - ResponseError when a success is larger than 256 KiB or in an encoding that was not requested,
 * - InputError when the variable that names a proxy is wrong.
 */
export function openExchange(env: Environment): Exchange {
  return async (request, limitMs) => exchange(request, findRoute(request, env), limitMs);
}

async function exchange(request: HttpRequest, route: Route, limitMs: number): Promise<HttpAnswer> {
  const over = new AbortController();
  const deadline = Promise.withResolvers<never>();
  const timer = setTimeout(() => deadline.reject(timedOut(limitMs)), limitMs);
  try {
    const answer = send(request, route, limitMs, over.signal);
    return await Promise.race([deadline.promise, answer]).catch((error) => {
      throw toNetworkError(error, { ...route, role: 'server' });
    });
  } finally {
    clearTimeout(timer);
    over.abort();
  }
}

/** Both steps refuse a wrong proxy before they send: this keeps any other caller from going past it. */
function findRoute(request: HttpRequest, env: Environment): Route {
  const url = new URL(request.url);
  const proxy = findProxy(env, url);
  if ('value' in proxy) return { url, proxy: proxy.value, env };
  throw new InputError(proxy.fault, { topic: 'wrong-input', hint: 'Nothing was sent' });
}

async function send(
  request: HttpRequest,
  route: Route,
  limitMs: number,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  // http-client's own limit is of idle time only, and three minutes unless told.
  const client = new HttpClient(undefined, undefined, { socketTimeout: Math.ceil(limitMs) + 1000 });
  const info = toRequestInfo(request, route.url, await connect(route, signal));
  const { message } = await client.requestRaw(info, request.body ?? null);
  const answer = { status: Number(message.statusCode), headers: message.headers, body: '' };
  if (answer.status < 200 || (answer.status >= 300 && answer.status < 400)) return answer;
  const success = answer.status < 300;
  if (isCompressed(answer)) {
    if (success) throw compressed();
    return answer;
  }
  const beginning = success && request.readsBeginning;
  const { body, isWhole } = await readBody(message, beginning ? watchBeginning() : () => false);
  if (success && !beginning && !isWhole) throw tooLarge();
  return { ...answer, body };
}

/** Tells of each chunk whether enough has come: what tells a page from anything else, or what begins as no page does. */
function watchBeginning(): (chunk: Buffer) => boolean {
  let size = 0;
  return (chunk) => {
    const text = chunk.toString('latin1');
    const begun = size > 0 ? text : text.replace(BLANKS, '');
    if (size === 0 && /^[^<]/.test(begun)) return true;
    size += begun.length;
    return size >= BEGINNING_BYTES;
  };
}

/**
 * The body's first bytes, up to the chunk that is enough. http-client's own `readBody` has no bound, and never settles when the connection
 * is cut. Events, since setting up `for await` costs more than the whole body.
 */
function readBody(
  message: http.IncomingMessage,
  isEnough: (chunk: Buffer) => boolean,
): Promise<{ readonly body: string; readonly isWhole: boolean }> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = () => {
      const body = Buffer.concat(chunks).toString('utf8', 0, MAX_BODY_BYTES);
      resolve({ body, isWhole: size <= MAX_BODY_BYTES });
    };
    message.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > MAX_BODY_BYTES || isEnough(chunk)) finish();
    });
    message.on('end', finish);
    message.on('error', reject);
  });
}

/**
 * What http-client's `requestRaw` takes. Its `request` would follow redirects and tell every server the
 * runner's orchestration ID; its agents look an IPv6 literal up with its brackets on, and leave a tunnel
 * open that was given up.
 */
function toRequestInfo(
  { method, headers }: HttpRequest,
  url: URL,
  socket: Socket,
): Parameters<HttpClient['requestRaw']>[0] {
  const { request } = url.protocol === 'https:' ? https : http;
  const httpModule = {
    // Node ends the connection without a word where nobody takes an answer that changes the protocol.
    request: (options: http.RequestOptions, read: (message: http.IncomingMessage) => void) =>
      request(options, read).on('upgrade', read),
  };
  return {
    parsedUrl: url,
    httpModule: httpModule as typeof http,
    options: {
      method,
      host: bareHost(url),
      port: effectivePort(url),
      // Without an agent nobody else knows it, and the header Host would name the usual port.
      defaultPort: url.port ? undefined : effectivePort(url),
      path: url.pathname + url.search,
      headers: {
        ...headers,
        'accept-encoding': 'identity',
        'user-agent': 'adobe-ims-token-action',
      },
      createConnection: () => socket,
    },
  };
}

function tooLarge(): ResponseError {
  return new ResponseError(`the answer is larger than ${MAX_BODY_BYTES / 1024} KiB`, {
    topic: 'malformed-answer',
    hint: NOT_ADOBE_HINT,
  });
}

function compressed(): ResponseError {
  return new ResponseError('the answer is compressed, which the request ruled out', {
    topic: 'malformed-answer',
    hint: 'A proxy or gateway between this runner and Adobe probably changed it: check `https_proxy`',
  });
}
