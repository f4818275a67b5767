// A job while it is played: what its steps see, and what they leave to each other.
import { describeRun } from '../runner/surroundings.ts';
import { type Context, fillAll, type Status } from './expressions.ts';
import type { Host } from './host.ts';
import type { Combination } from './matrix.ts';
import type { Job, Texts, Workflow } from './workflow.ts';

export interface PlayedStep {
  readonly outputs: Texts;
  /** How it ended. */
  readonly outcome: Status;
  /** The same, unless `continue-on-error` forgives a failure. */
  readonly conclusion: Status;
}

/** What is known of a job before it runs. */
export interface Plan {
  readonly workflow: Workflow;
  readonly id: string;
  readonly job: Job;
  readonly matrix: Combination;
  /** The jobs that it waited for: how they ended, and their outputs. */
  readonly needs: Context;
}

export interface Run {
  readonly host: Host;
  readonly job: Job;
  readonly folder: string;
  /** All contexts but `env` and `steps`, which change. */
  readonly context: Context;
  readonly env: Record<string, string>;
  readonly masks: string[];
  /** What a person sees, masked. */
  readonly log: string[];
  /** Left to do at the end of the job, whatever its status then is. */
  readonly posts: ((status: Status) => Promise<Status>)[];
  summary: string;
}

export function startRun(plan: Plan, host: Host, folder: string): Run {
  const { workflow, id, job, matrix, needs } = plan;
  const context = { ...describeContext({ GITHUB_JOB: id }, host, folder), needs, matrix };
  const env = fillEnv(workflow.env, { ...context, env: {} }, host);
  Object.assign(env, fillEnv(job.env, { ...context, env }, host));
  const masks = Object.values(host.secrets).flatMap((secret) => secret.split('\n'));
  return { host, job, folder, context, env, masks, log: [], posts: [], summary: '' };
}

/** The contexts that are the same for every job of a workflow, but for `variables` and the folder. */
export function describeContext(variables: Texts, host: Host, folder: string): Context {
  const all = { ...describeRun(folder), ...variables, ...host.variables };
  const { secrets, vars, inputs, event } = host;
  return {
    github: { ...pickContext(all, 'GITHUB_'), event },
    runner: pickContext(all, 'RUNNER_'),
    job: { status: 'success' },
    strategy: {},
    secrets,
    vars,
    inputs,
  };
}

/** What stands under `env` or `with`, its calls led where the host wants them. */
export function fillEnv(
  texts: Texts | undefined,
  context: Context,
  { aim }: Host,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fillAll(texts, context)).map(([name, value]) => [name, aim.text(value)]),
  );
}

/** A context that the runner also gives as variables. */
function pickContext(variables: Texts, prefix: string): Context {
  return Object.fromEntries(
    Object.entries(variables)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length).toLowerCase(), value]),
  );
}
