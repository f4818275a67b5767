// Executes a schedule: seals first where it must, runs the step, then the post step where the runner would.
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { runStep, type StepOptions, type StepResult } from '../runner/step.ts';
import type { Bundle } from './bundle.ts';
import { withDeadAddress } from './dead-address.ts';
import { postTimeoutS } from './oracle/timing.ts';
import {
  listInputs,
  listVariables,
  type Schedule,
  type Seal,
  type Signal,
  seals,
} from './schedule.ts';
import type { FindFault, Servers, Traffic } from './servers.ts';

export interface Run extends Pick<Traffic, 'attempts' | 'trapped'> {
  readonly result: StepResult;
  readonly startedMs: number;
  readonly endedMs: number;
}

export interface Execution {
  readonly main: Run;
  readonly post?: Run;
  /** The token of the sealed token that the run was given. */
  readonly sealedToken: string | undefined;
  /** The signal was sent while the step ran. */
  readonly signalled: boolean;
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
  const place = { servers, bundle, url, args: [] };
  if (!schedule.deadAddress) return executeAt(place, schedule, findScheduled(schedule));
  const { port } = new URL(url);
  return withDeadAddress(port, (args) =>
    executeAt(
      { ...place, url: `http://localhost:${port}`, args },
      schedule,
      findScheduled(schedule),
    ),
  );
}

function findScheduled({ outage, faults }: Schedule): FindFault {
  return (attempt, sinceMs) =>
    outage && sinceMs < outage.seconds * 1000 ? outage.fault : faults[attempt];
}

async function executeAt(
  place: Place,
  schedule: Schedule,
  findFault: FindFault,
): Promise<Execution> {
  const { servers, bundle, url, args } = place;
  const { postFaults, secrets, timeoutS, signal } = schedule;
  const kind = seals[schedule.seal ?? ''];
  const sealed = kind && (await seal(place, schedule, kind));
  const inputs = { ...listInputs(schedule, url), ...sealed?.inputs };
  const env = listVariables(schedule, servers.trapUrl);
  let signalled = false;

  async function run(traffic: Traffic, options: StepOptions): Promise<Run> {
    const startedMs = Date.now();
    const result = await runStep({ ...options, inputs });
    const { attempts, trapped } = traffic;
    return { result, startedMs, endedMs: Date.now(), attempts, trapped };
  }

  const traffic = servers.prepare({ secrets, findFault });
  const main = await run(traffic, {
    ...limitFiles(schedule, args),
    bundle: bundle.main,
    env,
    killAfterMs: (timeoutS + 6) * 1000,
    ...(signal && {
      signal: {
        name: signal.name,
        after: waitForMoment(signal, traffic).then(() => {
          signalled = true;
        }),
      },
    }),
  });
  const execution = { main, sealedToken: sealed?.token, signalled };
  if (main.result.env['ADOBE_IMS_TOKEN_REVOKE'] !== 'true') return execution;
  const post = await run(
    servers.prepare({ secrets, findFault: (attempt) => postFaults[attempt] }),
    {
      args,
      bundle: bundle.post,
      env: { ...env, ADOBE_IMS_TOKEN_REVOKE: 'true' },
      state: main.result.state,
      killAfterMs: (postTimeoutS + 6) * 1000,
    },
  );
  return { ...execution, post };
}

/** Has a shell forbid that any file grows beyond a size: what is written then fails as on a full disk. */
function limitFiles({ files }: Schedule, args: readonly string[]): StepOptions {
  if (!files || 'name' in files) return { args };
  const script = `trap '' XFSZ; ulimit -f ${files.limitKiB}; exec "$0" "$@"`;
  return { interpreter: '/bin/bash', args: ['-c', script, process.execPath, ...args] };
}

/** The sealed token that the schedule wants, made by a run of its own. */
async function seal(
  { servers, bundle, url, args }: Place,
  schedule: Schedule,
  { under, minValidityS, tamper }: Seal,
): Promise<{ inputs: Record<string, string>; token: string }> {
  const { secrets } = schedule;
  const secret = under === 'last' ? secrets.at(-1) : under;
  const { revoke, verify, 'verify-url': _, ...inputs } = listInputs(schedule, url);
  servers.prepare({ secrets, findFault: () => undefined });
  const { outputs, stdout } = await runStep({
    args,
    bundle: bundle.main,
    inputs: { ...inputs, ...(secret && { 'client-secret': secret }), seal: 'true', timeout: '60' },
    killAfterMs: 66_000,
  });
  const { 'sealed-token': sealed, 'access-token': token = '' } = outputs;
  if (!sealed) throw new Error(`Nothing was sealed: ${stdout.slice(-300)}`);
  const minValidity = minValidityS && { 'min-validity': `${minValidityS}` };
  return { inputs: { 'sealed-token': tamper?.(sealed) ?? sealed, ...minValidity }, token };
}

async function waitForMoment({ attempt, afterMs }: Signal, { received }: Traffic): Promise<void> {
  if (attempt !== undefined) await once(received, `${attempt}`);
  await sleep(afterMs);
}
