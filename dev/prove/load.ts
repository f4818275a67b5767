// Many processes at once, by the action's defaults, before a server that throttles or is down: none may be lost.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { runStep, type StepResult } from '../runner/step.ts';
import { findEndpoint } from '../stand-in/endpoints.ts';
import { type Answer, readField, recordRequest, sendAnswer } from '../stand-in/exchange.ts';
import type { Bundle } from './bundle.ts';
import { nameDeadAddress } from './dead-address.ts';

type Print = (text: string) => void;

const crowdSize = 64;
const tokensPerSecond = 8;
const outages = ['closed port', 'reset', '503', '429', 'dead address'] as const;
const outageSize = 20;

/** Whether a crowd gets all its tokens of a server that gives eight a second, and nobody comes earlier than it says. */
export async function runCrowd(bundle: Bundle, print: Print): Promise<boolean> {
  let isGood = true;
  for (const retryAfterS of [1, 0]) {
    const grantedMs: number[] = [];
    const refusedMs = new Map<string, number>();
    const headers: Record<string, string> = retryAfterS ? { 'Retry-After': `${retryAfterS}` } : {};
    let requests = 0;
    let early = 0;
    const { url, close } = await startServer((client) => {
      const nowMs = performance.now();
      requests += 1;
      // Timers may be a moment early.
      if (nowMs < (refusedMs.get(client) ?? -1e6) + retryAfterS * 1000 - 5) early += 1;
      if (grantedMs.filter((atMs) => atMs > nowMs - 1000).length < tokensPerSecond) {
        grantedMs.push(nowMs);
        return undefined;
      }
      refusedMs.set(client, nowMs);
      return { status: 429, headers, body: '' };
    });
    const crowd = Array.from({ length: crowdSize }, (_, index) => runDefault(bundle, url, index));
    const served = countServed(await Promise.all(crowd).finally(close));
    const seconds = ((grantedMs.at(-1) ?? 0) - (grantedMs[0] ?? 0)) / 1000;
    print(
      `Retry-After: ${retryAfterS || 'none'}: ${served} of ${crowdSize} served in ${seconds.toFixed(1)} s with ${requests} requests, ${early} of them too early\n`,
    );
    isGood &&= served === crowdSize && early === 0;
  }
  return isGood;
}

/** Whether all survive outages of every kind and length. */
export async function runOutages(bundle: Bundle, print: Print): Promise<boolean> {
  let isGood = true;
  for (const seconds of [1, 3, 5, 10]) {
    const crowd = Array.from({ length: outageSize }, async (_, index) => {
      const { url, close, ...args } = await startDown(outages[index % outages.length], seconds);
      return runDefault(bundle, url, index, args).finally(close);
    });
    const served = countServed(await Promise.all(crowd));
    print(`Down for ${seconds} s (${outages.join(', ')}): ${served} of ${outageSize} survived\n`);
    isGood &&= served === outageSize;
  }
  return isGood;
}

function runDefault(bundle: Bundle, url: string, index: number, options = {}): Promise<StepResult> {
  const inputs = { 'client-id': `client-${index}`, 'client-secret': 'the-same-for-everybody' };
  return runStep({
    ...options,
    bundle: bundle.main,
    inputs: { ...inputs, 'ims-url': url },
    killAfterMs: 70_000,
  });
}

function countServed(results: readonly StepResult[]): number {
  return new Set(results.flatMap(({ outputs }) => outputs['access-token'] ?? [])).size;
}

/** An IMS that is down for so long from the first request on; with a dead address it is also behind one. */
async function startDown(kind: (typeof outages)[number] | undefined, seconds: number) {
  let firstMs: number | undefined;
  const isDown = () => {
    firstMs ??= performance.now();
    return performance.now() - firstMs < seconds * 1000;
  };
  const status = Number(kind) || 503;
  const { server, port, url, close } = await startServer(() =>
    isDown() ? { status, headers: {}, body: '' } : undefined,
  );
  if (kind === 'reset') {
    server.on('connection', (socket: Socket) => {
      if (isDown()) socket.resetAndDestroy();
    });
  }
  if (kind === 'closed port') {
    await once(server.close(), 'close');
    // A step needs a moment for its start; there the outage is over.
    firstMs = Number.NEGATIVE_INFINITY;
    setTimeout(() => server.listen(port, '127.0.0.1'), seconds * 1000 + 500);
  }
  if (kind !== 'dead address') return { url, close };
  const dead = await nameDeadAddress(port);
  return {
    url: url.replace('127.0.0.1', 'localhost'),
    args: ['--import', dead.preload],
    close: () => Promise.all([close(), dead.close()]),
  };
}

/** An IMS that gives a token, unless `choose` has another answer to the client. */
async function startServer(choose: (clientId: string) => Answer | undefined) {
  const ledger = { tokens: [], revoked: [], claims: new Map() };
  const server = createServer(async (message, response) => {
    const request = await recordRequest(message);
    const good = findEndpoint(request).answer(request, { options: {}, ledger, url: '' });
    sendAnswer(response, choose(readField(request, 'client_id')) ?? good);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    server.closeAllConnections();
    if (server.listening) await once(server.close(), 'close');
  };
  return { server, port, url: `http://127.0.0.1:${port}`, close };
}
