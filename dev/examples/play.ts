// A whole workflow, played on this machine: jobs in the order of their needs, each as often as its matrix says.
import { decide, fillDeep, type Status } from './expressions.ts';
import type { Host } from './host.ts';
import { type PlayedJob, playJob } from './job.ts';
import { expandMatrix } from './matrix.ts';
import { describeContext } from './run.ts';
import { type Job, listNeeds, readDefaults, type Workflow } from './workflow.ts';

interface Result {
  readonly result: Status;
  readonly outputs: Readonly<Record<string, string>>;
}

/**
 * The jobs that ran, in that order.
 * @throws Error for needs that no job meets
 */
export async function playWorkflow(workflow: Workflow, host: Host): Promise<readonly PlayedJob[]> {
  const inputs = { ...readDefaults(workflow), ...host.inputs };
  const waiting = new Map(Object.entries(workflow.jobs));
  const results: Record<string, Result> = {};
  const played: PlayedJob[] = [];
  while (waiting.size > 0) {
    const next = [...waiting].find(([, job]) => listNeeds(job).every((id) => results[id]));
    if (!next) throw new Error(`Jobs wait for each other: ${[...waiting.keys()].join(', ')}`);
    const [id, job] = next;
    waiting.delete(id);
    const runs = await playCombinations(workflow, id, job, results, { ...host, inputs });
    played.push(...runs);
    results[id] = {
      result: runs.length === 0 ? 'skipped' : judge(runs),
      outputs: Object.assign({}, ...runs.map(({ outputs }) => outputs)),
    };
  }
  return played;
}

async function playCombinations(
  workflow: Workflow,
  id: string,
  job: Job,
  results: Readonly<Record<string, Result>>,
  host: Host,
): Promise<readonly PlayedJob[]> {
  const needed = listNeeds(job).flatMap((name) => results[name] ?? []);
  const needs = Object.fromEntries(listNeeds(job).map((name) => [name, results[name]]));
  const context = { ...describeContext({}, host, ''), needs };
  if (!decide(job.if, context, judge(needed))) return [];
  const played: PlayedJob[] = [];
  for (const matrix of expandMatrix(fillDeep(job.strategy?.matrix, context))) {
    played.push(await playJob({ workflow, id, job, matrix, needs }, host));
  }
  return played;
}

function judge(results: readonly Pick<Result, 'result'>[]): Status {
  const all = results.map(({ result }) => result);
  if (all.includes('failure')) return 'failure';
  return all.includes('skipped') ? 'skipped' : 'success';
}
