// Executes a schedule: seals first where it must, runs the step, then the post step where the runner would.
import { setTimeout as sleep } from 'node:timers/promises';
import { runStep, type StepOptions, type StepResult } from '../runner/step.ts';
import type { Bundle } from './bundle.ts';
import { nameDeadAddress } from './dead-address.ts';
import { listInputs, listVariables, type Schedule } from './schedule.ts';
import { seals } from './seals.ts';
import type { Attempt, Servers } from './servers.ts';

export interface Run {
  readonly result: StepResult;
  readonly attempts: readonly Attempt[];
  readonly startedMs: number;
  readonly endedMs: number;
  /** Connections to the trap. */
  readonly trapped: number;
}

export interface Execution {
  readonly main: Run;
  readonly post: Run | undefined;
  /** The token of the sealed token that the run was given. */
  readonly sealedToken: string | undefined;
  /** The signal was sent while the step ran. */
  readonly signalled: boolean;
}

export async function execute(
  schedule: Schedule,
  servers: Servers,
  bundle: Bundle,
): Promise<Execution> {
  const { faults, postFaults, secrets, outage, timeoutS } = schedule;
  const network = await openNetwork(schedule, servers);
  try {
    const sealed = await sealToken(schedule, servers, { ...network, bundle });
    const inputs = { ...listInputs(schedule, network.url), ...sealed?.inputs };
    const env = listVariables(schedule, servers.trapUrl);
    servers.prepare({ faults, secrets, outage });
    let signalled = false;
    const signal = prepareSignal(schedule, servers, () => {
      signalled = true;
    });
    const main = await run(servers, {
      ...network.options,
      ...limitFiles(schedule, network.options),
      bundle: bundle.main,
      inputs,
      env,
      killAfterMs: (timeoutS + 6) * 1000,
      ...(signal && { signal }),
    });
    const execution = { main, sealedToken: sealed?.token, signalled, post: undefined };
    if (main.result.env['ADOBE_IMS_TOKEN_REVOKE'] !== 'true') return execution;
    servers.prepare({ faults: postFaults, secrets });
    const post = await run(servers, {
      ...network.options,
      bundle: bundle.post,
      inputs,
      env: { ...env, ADOBE_IMS_TOKEN_REVOKE: 'true' },
      state: main.result.state,
      killAfterMs: 26_000,
    });
    return { ...execution, post };
  } finally {
    await network.close();
  }
}

async function run(servers: Servers, options: StepOptions): Promise<Run> {
  const startedMs = Date.now();
  const result = await runStep(options);
  const { attempts, trapped } = servers;
  return { result, startedMs, endedMs: Date.now(), attempts, trapped };
}

interface Network {
  readonly url: string;
  readonly options: StepOptions;
  close(): Promise<void>;
}

/** Where IMS is found, and what the interpreter needs to find it there. */
async function openNetwork({ deadAddress }: Schedule, { url }: Servers): Promise<Network> {
  if (!deadAddress) return { url, options: {}, close: async () => {} };
  const { port } = new URL(url);
  const { preload, close } = await nameDeadAddress(Number(port));
  return { url: `http://localhost:${port}`, options: { args: ['--import', preload] }, close };
}

/** Has a shell forbid that any file grows beyond a size: what is written then fails as on a full disk. */
function limitFiles({ files }: Schedule, { args = [] }: StepOptions): StepOptions {
  if (!files || 'how' in files) return {};
  const script = `trap '' XFSZ; ulimit -f ${files.limitKiB}; exec "$0" "$@"`;
  return { interpreter: '/bin/bash', args: ['-c', script, process.execPath, ...args] };
}

/** The sealed token that the schedule wants, made by a run of its own. */
async function sealToken(
  schedule: Schedule,
  servers: Servers,
  { url, options, bundle }: Network & { readonly bundle: Bundle },
): Promise<{ inputs: Record<string, string>; token: string } | undefined> {
  if (!schedule.seal) return undefined;
  const { under, minValidityS, tamper } = seals[schedule.seal];
  const { secrets } = schedule;
  const secret = under === 'last' ? secrets.at(-1) : under;
  const { revoke, verify, 'verify-url': _, ...inputs } = listInputs(schedule, url);
  servers.prepare({ faults: [], secrets });
  const { outputs, stdout } = await runStep({
    ...options,
    bundle: bundle.main,
    inputs: { ...inputs, ...(secret && { 'client-secret': secret }), seal: 'true', timeout: '60' },
  });
  const sealed = outputs['sealed-token'];
  if (!sealed) throw new Error(`Nothing was sealed: ${stdout.slice(-300)}`);
  const minValidity = minValidityS && { 'min-validity': `${minValidityS}` };
  return {
    inputs: { 'sealed-token': tamper?.(sealed) ?? sealed, ...minValidity },
    token: outputs['access-token'] ?? '',
  };
}

function prepareSignal(
  { signal }: Schedule,
  servers: Servers,
  onSend: () => void,
): StepOptions['signal'] {
  if (!signal) return undefined;
  const { name, attempt, afterMs } = signal;
  const moment = attempt === undefined ? Promise.resolve() : servers.received(attempt);
  return { name, after: moment.then(() => sleep(afterMs)).then(onSend) };
}
