// One job, played: its steps, then what they left to do in reverse order, then its outputs.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { maskText } from '../runner/log.ts';
import { fill, type Status } from './expressions.ts';
import type { Host } from './host.ts';
import { type Plan, type PlayedStep, type Run, startRun } from './run.ts';
import { playSteps } from './steps.ts';
import type { Texts } from './workflow.ts';

export interface PlayedJob extends Pick<Plan, 'id' | 'matrix'> {
  readonly result: Status;
  readonly outputs: Texts;
  /** By their ids. */
  readonly steps: Readonly<Record<string, PlayedStep>>;
  /** As a person sees it. */
  readonly log: string;
  readonly summary: string;
}

export async function playJob(plan: Plan, host: Host): Promise<PlayedJob> {
  const folder = await mkdtemp(join(tmpdir(), 'job-'));
  try {
    for (const name of ['work', 'temp']) await mkdir(join(folder, name));
    const run = startRun(plan, host, folder);
    const steps: Record<string, PlayedStep> = {};
    let result = await playSteps(plan.job.steps, { run, steps });
    for (const post of run.posts.toReversed()) {
      if ((await post(result)) === 'failure') result = 'failure';
    }
    const outputs = listOutputs(run, steps);
    const { id, matrix } = plan;
    const log = run.log.map((line) => `${line}\n`).join('');
    return { id, matrix, result, outputs, steps, log, summary: run.summary };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Like the runner, without any output that holds what is masked. */
function listOutputs(run: Run, steps: PlayedJob['steps']): Texts {
  const context = { ...run.context, env: run.env, steps };
  const outputs: Record<string, string> = {};
  for (const [name, text] of Object.entries(run.job.outputs ?? {})) {
    const value = fill(text, context);
    if (maskText(value, run.masks) === value) outputs[name] = value;
    else run.log.push(`Warning: Skip output '${name}' since it may contain secret.`);
  }
  return outputs;
}
