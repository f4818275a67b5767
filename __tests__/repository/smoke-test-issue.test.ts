// The shell of smoke-test-issue.yml where act does not get: a smoke test that failed without saying of which service.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { runProcess } from '../../dev/runner/process.ts';
import { root } from '../../dev/support/repository.ts';
import { makeFolder } from '../support/folder.ts';

const file = join(root, '.github/workflows/smoke-test-issue.yml');
// Download ZIP and a release's archive leave .github out.
const testHere = existsSync(file) ? test : test.skip;

interface Given {
  readonly result: string;
  /** Number of the issue that is open. */
  readonly open?: string;
  /** What the smoke test has left. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Runs the last step with a `gh` that writes down what it is told, and what a body says. */
async function run({ result, open = '', files = {} }: Given) {
  const folder = makeFolder();
  const { jobs } = parse(readFileSync(file, 'utf8'));
  writeFileSync(join(folder, 'script.sh'), jobs.issue.steps.at(-1).run);
  mkdirSync(join(folder, 'smoke-test'));
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, 'smoke-test', name), text);
  }
  const gh = `#!/bin/sh
echo "$*" >> '${folder}/told'
case "$*" in
  'issue list'*) echo '${open}' ;;
  *--body-file*) cat body.md >> '${folder}/told' ;;
esac
`;
  writeFileSync(join(folder, 'gh'), gh, { mode: 0o755 });
  const { exitCode, stderr } = await runProcess(
    join(folder, 'script.sh'),
    folder,
    {
      PATH: [folder, process.env['PATH']].join(delimiter),
      LABEL: 'adobe',
      RESULT: result,
      RUN_URL: 'https://github.test/run',
    },
    { interpreter: 'bash', args: ['-eo', 'pipefail'] },
  );
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return readFileSync(join(folder, 'told'), 'utf8').split('\n').slice(1, -1);
}

const label = `label create adobe --force --color D93F0B --description Adobe's services fail a smoke test`;
const body = [
  'The smoke test failed: https://github.test/run',
  '',
  'It ended without a report: see its log.',
];

testHere('an issue is opened where there is no report', async () => {
  expect(await run({ result: 'failure' })).toEqual([
    label,
    "issue create --title Adobe's services fail the smoke test: see the run --label adobe --body-file body.md",
    ...body,
  ]);
});

testHere('the open issue is added to where there is no report', async () => {
  expect(await run({ result: 'failure', open: '7' })).toEqual([
    'issue comment 7 --body-file body.md',
    ...body,
  ]);
});

testHere('an issue stays open where the run failed, though no service did', async () => {
  const files = {
    'report.md': 'Called successfully with a token: `firefly`.\n',
    'failed-services': '\n',
  };
  const told = await run({ result: 'failure', open: '7', files });
  expect(told).not.toContain('issue close 7');
});

testHere('nothing is said where all is well and no issue is open', async () => {
  expect(await run({ result: 'success', files: { 'failed-services': '\n' } })).toEqual([]);
});
