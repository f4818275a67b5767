// `npm run lint:workflows`: holds workflows and actions to actionlint, GitHub's own language service and pins.
import { runCommand } from '../support/command.ts';
import { findInvalid, findLint } from './linters.ts';
import { listBlocks, listFiles, ownName, readSource, type Source } from './sources.ts';

const usage = `npm run lint:workflows -- [path ...]

Checks the workflows and actions in .github, examples, README and docs, or the workflows at these paths.
`;

const actions = ['action.yml', '{.github,examples}/**/action.yml'];
const workflows = '{.github/workflows,examples}/*.yml';

await runCommand({ options: {}, allowPositionals: true }, usage, async ({ positionals }) => {
  const isWhole = positionals.length === 0;
  const files = isWhole
    ? listFiles(...actions, workflows)
    : positionals.map((path) => readSource('.', path));
  const blocks = isWhole ? listBlocks() : [];
  const problems = files.flatMap(findUnpinned);
  for (const source of [...files, ...blocks]) {
    problems.push(...(await findLint(source)), ...(await findInvalid(source)));
  }
  for (const problem of problems) process.stdout.write(`${problem}\n`);
  if (problems.length > 0) return 1;
  process.stdout.write(`${files.length} files and ${blocks.length} blocks of documents are well\n`);
  return 0;
});

/** Other people's actions that are not pinned to a commit, with a comment that tells people which. */
function findUnpinned({ path, text }: Source): string[] {
  return [...text.matchAll(/^[ -]*uses: (.*)$/gm)]
    .map(([, uses = '']) => uses)
    .filter((uses) => !/^[.$]\//.test(uses))
    .filter((uses) => !(uses.startsWith(ownName) && /@v1\b/.test(uses)))
    .filter((uses) => !/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(uses))
    .map((uses) => `${path}: "${uses}" is not pinned`);
}
