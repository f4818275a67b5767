// `npm run lint:workflows`: holds workflows to actionlint, GitHub's own language service and the names of this repository.
import { globSync } from 'node:fs';
import { runCommand } from '../support/command.ts';
import { root } from '../support/repository.ts';
import { type Finding, findInvalid, findLint } from './linters.ts';
import { findUnknownNames, findUnpinned } from './names.ts';
import { listBlocks, listDocuments, listFiles, readSource, type Source } from './sources.ts';
import { readWorkflow } from './workflow.ts';

const usage = `npm run lint:workflows -- [path ...]

Checks the workflows and actions in .github, examples, README and docs, or the workflows at these paths.
`;

await runCommand({ options: {}, allowPositionals: true }, usage, async ({ positionals }) => {
  const { files, actions, documents } = collectSources(positionals);
  const blocks = documents.map(listBlocks);
  const workflows = [...files, ...blocks.flatMap((block) => block.workflows)];
  const fragments = blocks.flatMap((block) => block.steps);
  const problems: string[] = [];
  // One after another: the first one loads the linter, and others at the same time would load it again.
  for (const source of workflows) {
    problems.push(...locate(source, await findLint(source, readWorkflow(source.text))));
  }
  for (const source of [...workflows, ...fragments]) {
    const workflow = readWorkflow(source.text);
    const names = findUnknownNames(workflow).map((message) => ({ line: 1, message }));
    problems.push(...locate(source, [...(await findInvalid(source, workflow)), ...names]));
  }
  for (const source of actions) problems.push(...locate(source, await findInvalid(source)));
  problems.push(...[...files, ...actions].flatMap(findUnpinned));
  process.stdout.write(
    problems.map((problem) => `${problem}\n`).join('') ||
      `${workflows.length} workflows, ${fragments.length} lists of steps and ${actions.length} actions are well\n`,
  );
  return problems.length === 0 ? 0 : 1;
});

function collectSources(paths: readonly string[]) {
  if (paths.length > 0) {
    return { files: paths.map((path) => readSource('.', path)), actions: [], documents: [] };
  }
  const actions = globSync(['action.yml', '{.github,examples}/**/action.yml'], { cwd: root });
  return {
    files: [...listFiles(root, '.github/workflows'), ...listFiles(root, 'examples')],
    actions: actions.map((path) => readSource(root, path)),
    documents: listDocuments(root),
  };
}

function locate({ path, line: first }: Source, findings: readonly Finding[]): readonly string[] {
  return findings.map(({ line, message }) => `${path}:${first + line - 1}: ${message}`);
}
