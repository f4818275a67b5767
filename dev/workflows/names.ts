// Holds workflows to the names that this repository's actions and reusable workflows have, and to pins.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readRepositoryName, root } from '../support/repository.ts';
import type { Source } from './sources.ts';
import { type Job, listSteps, type Step, type Texts, type Workflow } from './workflow.ts';

/** What stands before the `@` where this action is used. */
export const ownName = readRepositoryName();

/** What stands under `inputs`, `secrets` and `outputs`, in a file of this repository. */
interface Interface {
  readonly file: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** A line for each name under `with` or `secrets`, and of each output, that what is used does not have. */
export function findUnknownNames(workflow: Workflow): string[] {
  return Object.entries(workflow.jobs).flatMap(([id, job]) => {
    const secrets = job.secrets === 'inherit' ? {} : job.secrets;
    return [
      ...findUnknown(job, secrets, listOutputs(workflow, 'needs', id)),
      ...listSteps(job).flatMap((step) =>
        findUnknown(step, {}, listOutputs(job, 'steps', step.id ?? '')),
      ),
    ];
  });
}

function findUnknown(
  { uses, with: inputs }: Step | Job,
  secrets: Texts | undefined,
  outputs: readonly string[],
): string[] {
  const known = uses === undefined ? undefined : readInterface(uses);
  if (!known) return [];
  const names = [
    ...Object.keys(inputs ?? {}).filter((name) => !Object.hasOwn(known.inputs ?? {}, name)),
    ...Object.keys(secrets ?? {}).filter((name) => !Object.hasOwn(known.secrets ?? {}, name)),
    ...outputs.filter((name) => !Object.hasOwn(known.outputs ?? {}, name)),
  ];
  return names.map((name) => `${known.file} has no "${name}"`);
}

/** Undefined for what is not this repository's. */
function readInterface(uses: string): Interface | undefined {
  const own = uses.replace(/@.*$/, '').replace(ownName, '.');
  if (!/^[.$](\/|$)/.test(own)) return undefined;
  const path = own.slice(2);
  const file = path.endsWith('.yml') ? path : join(path, 'action.yml');
  if (!existsSync(join(root, file))) return undefined;
  const { on, ...action } = parse(readFileSync(join(root, file), 'utf8'));
  return { file, ...(on?.workflow_call ?? action) };
}

/** The outputs of `id` that are spoken of in `value`. */
function listOutputs(value: unknown, context: string, id: string): string[] {
  const references = new RegExp(`\\b${context}\\.([\\w-]+)\\.outputs\\.([\\w-]+)`, 'g');
  return [...JSON.stringify(value).matchAll(references)].flatMap(([, of, name]) =>
    of === id && name ? [name] : [],
  );
}

/** Other people's actions that are not pinned to a commit, with a comment that tells people which. */
export function findUnpinned({ path, text }: Source): string[] {
  return [...text.matchAll(/^[ -]*uses: (.*)$/gm)]
    .map(([, uses = '']) => uses)
    .filter((uses) => !/^[.$]\//.test(uses))
    .filter((uses) => !(uses.startsWith(ownName) && /@v1\b/.test(uses)))
    .filter((uses) => !/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(uses))
    .map((uses) => `${path}: "${uses}" is not pinned`);
}
