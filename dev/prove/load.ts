// Many processes at once, by the action's defaults, before a server that throttles or is down: none may be lost.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { INPUTS } from '../../src/inputs/inputs.ts';
import { runStep } from '../runner/step.ts';
import { findEndpoint } from '../stand-in/endpoints.ts';
import { readField, recordRequest, sendAnswer } from '../stand-in/exchange.ts';
import type { Bundle } from './bundle.ts';
import { describeVerdict, runSchedule, withServers } from './campaign.ts';
import { noFault } from './faults.ts';
import { findSchedule, type Schedule } from './schedule.ts';

type Print = (text: string) => void;

const crowdSize = 64;
const tokensPerSecond = 8;
const outageSize = 20;

/** Whether a crowd gets all its tokens of a server that gives eight a second, and nobody comes earlier than it says. */
export async function runCrowd(
  bundle: Bundle,
  retryAfterS: number,
  print: Print,
): Promise<boolean> {
  const ledger = { tokens: [], revoked: [], claims: new Map() };
  const grantedMs: number[] = [];
  const refusedMs = new Map<string, number>();
  let early = 0;
  const server = createServer(async (message, response) => {
    const request = await recordRequest(message);
    const client = readField(request, 'client_id');
    const nowMs = performance.now();
    // Timers may be a moment early.
    if (nowMs < (refusedMs.get(client) ?? -1e6) + retryAfterS * 1000 - 5) early += 1;
    if (grantedMs.filter((atMs) => atMs > nowMs - 1000).length < tokensPerSecond) {
      grantedMs.push(nowMs);
      const state = { options: {}, ledger, url: '' };
      return sendAnswer(response, findEndpoint(request).answer(request, state));
    }
    refusedMs.set(client, nowMs);
    const headers = { ...(retryAfterS > 0 && { 'Retry-After': `${retryAfterS}` }) };
    return sendAnswer(response, { status: 429, headers, body: '' });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const crowd = Array.from({ length: crowdSize }, (_, index) => {
    const inputs = { 'client-id': `client-${index}`, 'client-secret': 'the-same-for-everybody' };
    const options = { bundle: bundle.main, inputs: { ...inputs, 'ims-url': url } };
    return runStep({ ...options, killAfterMs: 70_000 });
  });
  const results = await Promise.all(crowd);
  await once(server.close(), 'close');
  const tokens = new Set(results.flatMap(({ outputs }) => outputs['access-token'] ?? []));
  const seconds = Math.max(...results.map(({ durationMs }) => durationMs)) / 1000;
  print(
    `Throttled, Retry-After: ${retryAfterS || 'none'}: ${tokens.size} of ${crowdSize} served within ${seconds.toFixed(1)} s, ${early} requests too early\n`,
  );
  return tokens.size === crowdSize && early === 0;
}

/** Whether all survive an outage, whatever its kind. */
export async function runOutage(bundle: Bundle, seconds: number, print: Print): Promise<boolean> {
  const kinds: Partial<Schedule>[] = [
    { outage: { seconds, fault: { ...noFault, answer: '503' } } },
    { outage: { seconds, fault: { ...noFault, answer: '429' } } },
    { outage: { seconds, fault: { ...noFault, framing: 'reset before the request' } } },
    { outage: { seconds, fault: { ...noFault, answer: '503' } }, deadAddress: true },
  ];
  const runs = Array.from({ length: outageSize }, (_, index) => {
    const schedule = { ...findCalm(), ...kinds[index % kinds.length] };
    return withServers((servers) => runSchedule(schedule, servers, bundle));
  });
  const verdicts = (await Promise.all(runs)).map(({ verdict }) => verdict);
  const survived = verdicts.filter(({ outcome }) => outcome === 'done: minted').length;
  print(
    `Down for ${seconds} s (503, 429, reset, and 503 behind a dead address): ${survived} of ${outageSize} survived\n${verdicts.map(describeVerdict).join('')}`,
  );
  return survived === outageSize;
}

/** A schedule with the action's own limits, where nothing happens. */
function findCalm(): Schedule {
  const calm = { faults: [], files: undefined, signal: undefined, seal: undefined, options: {} };
  const limits = { timeoutS: Number(INPUTS.timeout), maxAttempts: Number(INPUTS['max-attempts']) };
  return { ...findSchedule(1, '0'), ...calm, ...limits, service: 'firefly', verify: 'none' };
}
