// Holds workflows to the names in action.yml, and to pins.
import type { Action } from '../runner/action.ts';
import { readRepositoryName } from '../support/repository.ts';
import type { Source } from './sources.ts';
import type { Job, Step, Workflow } from './workflow.ts';

/** What stands before the `@` where this action is used. */
export const ownName = readRepositoryName();

/** The inputs and outputs that `workflow` takes this action to have and that `action` has not. */
export function findUnknownNames(workflow: Workflow, { inputs, outputs }: Action): string[] {
  return Object.values(workflow.jobs).flatMap((job) => {
    const steps = job.steps.filter(isOwn);
    const given = steps.flatMap((step) => Object.keys(step.with ?? {}));
    const read = steps.flatMap((step) => listOutputs(job, step));
    return [
      ...given.filter((name) => !inputs.some((input) => input.name === name)),
      ...read.filter((name) => !outputs.some((output) => output.name === name)),
    ];
  });
}

/** Other people's actions that are not pinned to a commit, with a comment that tells people which. */
export function findUnpinned({ path, text }: Source): string[] {
  return [...text.matchAll(/^[ -]*uses: (.*)$/gm)]
    .map(([, uses = '']) => uses)
    .filter((uses) => !uses.startsWith('./') && !uses.startsWith(`${ownName}@v1`))
    .filter((uses) => !/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(uses))
    .map((uses) => `${path}: "${uses}" is not pinned`);
}

function isOwn({ uses = '' }: Step): boolean {
  return uses === './' || uses.replace(/@.*$/, '') === ownName;
}

/** The outputs of `step` that its job speaks of. */
function listOutputs(job: Job, { id }: Step): string[] {
  if (id === undefined) return [];
  const references = JSON.stringify(job).matchAll(/\bsteps\.([\w-]+)\.outputs\.([\w-]+)/g);
  return [...references].flatMap(([, step, name]) => (step === id && name ? [name] : []));
}
