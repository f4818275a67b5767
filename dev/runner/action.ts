// action.yml as typed data.
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { root } from '../support/repository.ts';

export type Action = ReturnType<typeof readAction>;

interface ActionFile {
  name?: string;
  inputs?: Record<string, { description?: string; default?: string; required?: string } | null>;
  outputs?: Record<string, { description?: string } | null>;
  runs: { using: string; main: string; post?: string; 'post-if'?: string };
}

/** Reads an action.yml, by default this repository's; `main` and `post` become absolute paths. */
export function readAction(file = join(root, 'action.yml')) {
  // The failsafe schema leaves every scalar a string, as the runner hands it to an action.
  const action: ActionFile = parse(readFileSync(file, 'utf8'), { schema: 'failsafe' });
  const { using, main, post, 'post-if': postIf } = action.runs;
  const folder = dirname(resolve(file));
  return {
    name: action.name ?? '',
    inputs: Object.entries(action.inputs ?? {}).map(([name, input]) => ({
      name,
      description: input?.description ?? '',
      /** Undefined where action.yml gives none: the runner then sets an empty string. */
      default: input?.default,
      required: input?.required === 'true',
    })),
    outputs: Object.entries(action.outputs ?? {}).map(([name, output]) => ({
      name,
      description: output?.description ?? '',
    })),
    runs: { using, main: resolve(folder, main), post: post && resolve(folder, post), postIf },
  };
}
