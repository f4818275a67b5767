// Steps in their order, each run as what it is: a script, an action of ours, or somebody else's imitated.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAction } from '../runner/action.ts';
import { createRenderer, maskText } from '../runner/log.ts';
import { runStep } from '../runner/step.ts';
import { type Context, decide, fill, fillAll, type Status } from './expressions.ts';
import { imitations } from './imitations.ts';
import { fillEnv, type PlayedStep, type Run } from './run.ts';
import { playScript, type ScriptOptions, type StepEffects } from './shell.ts';
import { type CompositeAction, readYaml, type Step, type Texts } from './workflow.ts';

/** Steps that see each other by their ids: a job's, or a composite action's. */
export interface Scope {
  readonly run: Run;
  readonly steps: Record<string, PlayedStep>;
  /** What a composite action sees that its job does not. */
  readonly context?: Context;
}

interface Ended {
  readonly ok: boolean;
  readonly outputs: Texts;
}

/** @throws Error for what is not known here: an action, a shell, an expression */
export async function playSteps(steps: readonly Step[], scope: Scope): Promise<Status> {
  let status: Status = 'success';
  for (const [index, step] of steps.entries()) {
    const title = step.name ?? step.uses ?? step.run?.split('\n')[0] ?? '';
    const runs = decide(step.if, seeContext(scope), status);
    scope.run.log.push(`▸ ${title}${runs ? '' : ' (skipped)'}`);
    const ended = runs ? await playStep(step, scope) : undefined;
    const outcome = ended ? toStatus(ended) : 'skipped';
    const forgiven = outcome === 'failure' && step['continue-on-error'] === 'true';
    const conclusion = forgiven ? 'success' : outcome;
    if (conclusion === 'failure') status = 'failure';
    scope.steps[step.id ?? `__${index}`] = { outputs: ended?.outputs ?? {}, outcome, conclusion };
  }
  return status;
}

function toStatus({ ok }: Ended): Status {
  return ok ? 'success' : 'failure';
}

function seeContext({ run, steps, context }: Scope): Context {
  return { ...run.context, env: run.env, steps, ...context };
}

async function playStep(step: Step, scope: Scope): Promise<Ended> {
  const { host, folder } = scope.run;
  if (step.run !== undefined) {
    const text = host.aim.text(fill(step.run, seeContext(scope)));
    const ended = await playScript(text, step, scope.run.job, prepareStep(step, scope));
    return keep(scope.run, ended);
  }
  const uses = step.uses?.replace(/@.*$/, '') ?? '';
  const imitation = imitations[uses];
  const action = host.actions[uses];
  if (action !== undefined) return playAction(step, scope, action);
  if (!imitation) throw new Error(`No action "${uses}" is known here`);
  const inputs = readInputs(step, scope);
  const used = imitation({ inputs, workspace: join(folder, 'work'), host });
  scope.run.posts.push(async (status) => {
    if (status === 'success') used.post?.();
    return 'success';
  });
  return { ok: true, outputs: used.outputs ?? {} };
}

async function playAction(step: Step, scope: Scope, folder: string): Promise<Ended> {
  const { host } = scope.run;
  const action = join(folder, 'action.yml');
  const composite = readYaml<CompositeAction>(readFileSync(action, 'utf8'));
  if (composite.runs.using === 'composite') return playComposite(composite, step, scope);
  const { post, postIf = 'always()' } = readAction(action).runs;
  const prepare = () => ({
    ...prepareStep(step, scope),
    action,
    inputs: host.aim.inputs(readInputs(step, scope), folder),
  });
  const main = await runStep(prepare());
  if (post && existsSync(post)) {
    scope.run.posts.push(async (status) => {
      if (!decide(postIf, seeContext(scope), status)) return 'skipped';
      scope.run.log.push(`▸ Post ${step.uses}`);
      const ended = await runStep({ ...prepare(), bundle: post, state: main.state });
      return toStatus(keep(scope.run, ended));
    });
  }
  return keep(scope.run, main);
}

/** Secrets are not in sight of a composite action, unless it is given them as inputs. */
async function playComposite(
  { inputs: declared = {}, outputs = {}, runs }: CompositeAction,
  step: Step,
  scope: Scope,
): Promise<Ended> {
  const defaults = Object.entries(declared).map(([name, input]) => [name, input?.default ?? '']);
  const inputs = { ...Object.fromEntries(defaults), ...readInputs(step, scope) };
  const inner: Scope = { run: scope.run, steps: {}, context: { inputs, secrets: {} } };
  const status = await playSteps(runs.steps ?? [], inner);
  const values = Object.entries(outputs).map(([name, { value }]) => [name, value]);
  return {
    ok: status === 'success',
    outputs: fillAll(Object.fromEntries(values), seeContext(inner)),
  };
}

function readInputs(step: Step, scope: Scope): Texts {
  return fillEnv(step.with, seeContext(scope), scope.run.host);
}

/** The step's surroundings; its lines go to the job's log as a person sees them there. */
function prepareStep(step: Step, scope: Scope): ScriptOptions {
  const { run } = scope;
  const render = createRenderer();
  return {
    jobFolder: run.folder,
    event: run.host.event,
    env: { ...run.host.variables, ...run.env, ...fillEnv(step.env, seeContext(scope), run.host) },
    onLine: (line) => {
      const shown = render(line);
      if (shown !== undefined) run.log.push(maskText(shown, run.masks));
    },
  };
}

/** Takes over what a step leaves to the rest of its job. */
function keep(run: Run, { exitCode, outputs, env, masks, summary }: StepEffects): Ended {
  Object.assign(run.env, env);
  run.masks.push(...masks);
  run.summary += summary;
  return { ok: exitCode === 0, outputs };
}
