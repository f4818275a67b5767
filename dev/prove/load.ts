// Many processes at once, by the action's defaults, before a server that throttles or is down: none may be lost.
import { INPUTS } from '../../src/inputs/inputs.ts';
import type { Bundle } from './bundle.ts';
import { describeVerdict, isSuspect, runSchedule } from './campaign.ts';
import { type Fault, noFault } from './faults.ts';
import { findSchedule, type Schedule } from './schedule.ts';
import { type FindFault, withServers } from './servers.ts';

interface Crowd {
  readonly name: string;
  readonly size: number;
  /** What happens to the processes, in turn. */
  readonly changes: readonly Partial<Schedule>[];
  readonly findFault?: FindFault;
}

const tokensPerSecond = 8;

const crowds: readonly Crowd[] = [
  ...['none', '1'].map((retryAfter) => ({
    name: `Throttled, Retry-After: ${retryAfter}`,
    size: 64,
    changes: [{}],
    findFault: throttle({ ...noFault, answer: '429', retryAfter }),
  })),
  ...[1, 3, 5, 10].map((seconds) => ({
    name: `Down for ${seconds} s (503, 429, reset, and 503 behind a dead address)`,
    size: 20,
    changes: [
      { outage: { seconds, fault: { ...noFault, answer: '503' } } },
      { outage: { seconds, fault: { ...noFault, answer: '429' } } },
      { outage: { seconds, fault: { ...noFault, framing: 'reset before the request' as const } } },
      { outage: { seconds, fault: { ...noFault, answer: '503' } }, deadAddress: true },
    ],
  })),
];

/** Whether every process gets its token, and nobody comes earlier than the contract says. */
export async function bearLoad(bundle: Bundle, print: (text: string) => void): Promise<boolean> {
  let isBorne = true;
  for (const { name, size, changes, findFault } of crowds) {
    const runs = Array.from({ length: size }, (_, index) => {
      const schedule = { ...findCalm(), ...changes[index % changes.length] };
      return withServers((servers) => runSchedule(schedule, servers, bundle, findFault));
    });
    const verdicts = (await Promise.all(runs)).map(({ verdict }) => verdict);
    const served = verdicts.filter((one) => one.outcome === 'done: minted' && !isSuspect(one));
    print(`${name}: ${served.length} of ${size}\n${verdicts.map(describeVerdict).join('')}`);
    isBorne &&= served.length === size;
  }
  return isBorne;
}

/** No fault for eight attempts a second, whoever makes them, and `fault` for all others. */
function throttle(fault: Fault): FindFault {
  const grantedMs: number[] = [];
  return () => {
    const nowMs = performance.now();
    if (grantedMs.filter((atMs) => atMs > nowMs - 1000).length >= tokensPerSecond) return fault;
    grantedMs.push(nowMs);
    return noFault;
  };
}

/** A schedule with the action's own limits, where nothing happens. */
function findCalm(): Schedule {
  const calm = { faults: [], files: undefined, signal: undefined, seal: undefined, options: {} };
  const limits = { timeoutS: Number(INPUTS.timeout), maxAttempts: Number(INPUTS['max-attempts']) };
  const { outage: _, ...rest } = findSchedule(1, '0');
  return { ...rest, ...calm, ...limits, outage: undefined, service: 'firefly', verify: 'none' };
}
