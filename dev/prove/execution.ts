// Executes a schedule: seals first where it must, runs the step, then the post step where the runner would.
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { runStep, type StepOptions, type StepResult } from '../runner/step.ts';
import type { Bundle } from './bundle.ts';
import { withDeadAddress } from './dead-address.ts';
import { postTimeoutS } from './oracle/timing.ts';
import { listInputs, listVariables, type Schedule, type Signal, seals } from './schedule.ts';
import type { Script, Servers, Traffic } from './servers.ts';

export interface Run extends Pick<Traffic, 'attempts' | 'trapped'> {
  readonly result: StepResult;
  readonly startedMs: number;
  readonly endedMs: number;
  /** The signal was sent while the step ran. */
  readonly signalled: boolean;
}

export interface Execution {
  readonly main: Run;
  readonly post?: Run;
  /** The token of the sealed token that the run was given. */
  readonly sealedToken: string | undefined;
}

/** Where the servers are found, and what a Node needs to find them there. */
interface Place {
  readonly servers: Servers;
  readonly bundle: Bundle;
  readonly url: string;
  readonly args: readonly string[];
}

/** @throws Error where there is nothing to execute: the sealed token that the schedule wants was not made */
export async function execute(
  schedule: Schedule,
  servers: Servers,
  bundle: Bundle,
): Promise<Execution> {
  const { url } = servers;
  if (!schedule.deadAddress) return executeAt({ servers, bundle, url, args: [] }, schedule);
  const { port } = new URL(url);
  return withDeadAddress(port, (args) =>
    executeAt({ servers, bundle, url: `http://localhost:${port}`, args }, schedule),
  );
}

async function executeAt(place: Place, schedule: Schedule): Promise<Execution> {
  const { servers, bundle, url, args } = place;
  const { faults, outage, postFaults, secrets, timeoutS, signal } = schedule;
  const sealed = await seal(place, schedule);
  const inputs = { ...listInputs(schedule, url), ...sealed?.inputs };
  const env = listVariables(schedule, servers.trapUrl);
  const findFault: Script['findFault'] = (attempt, sinceMs) =>
    outage && sinceMs < outage.seconds * 1000 ? outage.fault : faults[attempt];
  const main = await run(
    servers.prepare({ secrets, findFault }),
    {
      ...limitFiles(schedule, args),
      ...{ bundle: bundle.main, inputs, env, killAfterMs: (timeoutS + 6) * 1000 },
    },
    signal,
  );
  const execution = { main, sealedToken: sealed?.token };
  if (main.result.env['ADOBE_IMS_TOKEN_REVOKE'] !== 'true') return execution;
  const post = await run(
    servers.prepare({ secrets, findFault: (attempt) => postFaults[attempt] }),
    {
      ...{ args, bundle: bundle.post, inputs, state: main.result.state },
      env: { ...env, ADOBE_IMS_TOKEN_REVOKE: 'true' },
      killAfterMs: (postTimeoutS + 6) * 1000,
    },
  );
  return { ...execution, post };
}

/** Runs a step, and sends the signal when its moment comes. */
async function run(traffic: Traffic, options: StepOptions, signal?: Signal): Promise<Run> {
  let signalled = false;
  const after = async ({ attempt, afterMs }: Signal) => {
    if (attempt !== undefined) await once(traffic.received, `${attempt}`);
    await sleep(afterMs);
    signalled = true;
  };
  const startedMs = Date.now();
  const result = await runStep({
    ...options,
    ...(signal && { signal: { name: signal.name, after: after(signal) } }),
  });
  const { attempts, trapped } = traffic;
  return { result, startedMs, endedMs: Date.now(), attempts, trapped, signalled };
}

/** Has a shell forbid that any file grows beyond a size: what is written then fails as on a full disk. */
function limitFiles({ limitKiB }: Schedule, args: readonly string[]): StepOptions {
  if (limitKiB === undefined) return { args };
  const script = `trap '' XFSZ; ulimit -f ${limitKiB}; exec "$0" "$@"`;
  return { interpreter: '/bin/bash', args: ['-c', script, process.execPath, ...args] };
}

/** The sealed token that the schedule wants, made by a run of its own. */
async function seal({ servers, bundle, url, args }: Place, schedule: Schedule) {
  const kind = seals[schedule.seal ?? ''];
  if (!kind) return undefined;
  const { secrets } = schedule;
  const secret = kind.under === 'last' ? secrets.at(-1) : kind.under;
  const { revoke, verify, 'verify-url': _, ...inputs } = listInputs(schedule, url);
  const { result } = await run(servers.prepare({ secrets, findFault: () => undefined }), {
    args,
    bundle: bundle.main,
    inputs: { ...inputs, ...(secret && { 'client-secret': secret }), seal: 'true', timeout: '60' },
    killAfterMs: 66_000,
  });
  const { 'sealed-token': sealed, 'access-token': token = '' } = result.outputs;
  if (!sealed) throw new Error(`Nothing was sealed: ${result.stdout.slice(-300)}`);
  const minValidity = kind.minValidityS && { 'min-validity': `${kind.minValidityS}` };
  return { inputs: { 'sealed-token': kind.tamper?.(sealed) ?? sealed, ...minValidity }, token };
}
