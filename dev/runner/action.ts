// action.yml as typed data.
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { root } from '../support/repository.ts';

export interface ActionInput {
  readonly name: string;
  readonly description: string;
  /** Undefined where action.yml gives none: the runner then sets an empty string. */
  readonly default: string | undefined;
  readonly required: boolean;
}

export interface ActionOutput {
  readonly name: string;
  readonly description: string;
}

export interface Action {
  readonly name: string;
  readonly description: string;
  readonly inputs: readonly ActionInput[];
  readonly outputs: readonly ActionOutput[];
  /** `main` and `post` as absolute paths. */
  readonly runs: {
    readonly using: string;
    readonly main: string;
    readonly post: string | undefined;
    readonly postIf: string | undefined;
  };
}

interface ActionFile {
  name?: string;
  description?: string;
  inputs?: Record<string, { description?: string; default?: string; required?: string } | null>;
  outputs?: Record<string, { description?: string } | null>;
  runs: { using: string; main: string; post?: string; 'post-if'?: string };
}

/** This repository's own. */
export const actionFile = join(root, 'action.yml');

export function readAction(file: string = actionFile): Action {
  // The failsafe schema leaves every scalar a string, as the runner hands it to an action.
  const action = parse(readFileSync(file, 'utf8'), { schema: 'failsafe' }) as ActionFile;
  const { using, main, post, 'post-if': postIf } = action.runs;
  const folder = dirname(resolve(file));
  return {
    name: action.name ?? '',
    description: action.description ?? '',
    inputs: Object.entries(action.inputs ?? {}).map(([name, input]) => ({
      name,
      description: input?.description ?? '',
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
