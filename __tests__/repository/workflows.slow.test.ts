// This repository's own workflows, linted, and played as far as they can be away from GitHub.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { root } from '../../dev/support/repository.ts';
import { makeFolder } from '../support/folder.ts';
import { extendPath, writeCommands } from '../support/host.ts';
import { runScript } from '../support/script-run.ts';
import { start } from '../support/stand-in.ts';
import { judge, play } from '../support/workflows.ts';

function run(script: string, words: readonly string[], cwd: string) {
  return runScript(join(root, script), words, { cwd });
}

function readWorkflow(name: string): string {
  return readFileSync(join(root, '.github/workflows', name), 'utf8');
}

describe('npm run lint:workflows', () => {
  test('finds nothing in this repository', async () => {
    const { code, stdout } = await run('dev/workflows.ts', [], root);
    expect(stdout).toMatch(/^\d+ workflows, \d+ lists of steps and \d+ actions are well\n$/);
    expect(code).toBe(0);
  });

  test('finds what is wrong, and where', async () => {
    const folder = makeFolder();
    const example = readFileSync(join(root, 'examples/cached-token.yml'), 'utf8')
      .replace('workflow_dispatch', 'workflow_despatch')
      .replace('sealed-token: $', 'sealed_token: $')
      .replace(/@55cc\w+ /, '@v6 ');
    writeFileSync(join(folder, 'x.yml'), example);
    const { code, stdout } = await run('dev/workflows.ts', ['x.yml'], folder);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^x\.yml:13: unknown Webhook event "workflow_despatch"/m);
    expect(stdout).toMatch(/^x\.yml:13: Unexpected value 'workflow_despatch'$/m);
    expect(stdout).toMatch(/^x\.yml:1: action\.yml has no "sealed_token"$/m);
    expect(stdout).toMatch(/^x\.yml: "actions\/cache\/restore@v6 # v6\.1\.0" is not pinned$/m);
  });
});

/** What the workflows need of this repository, with another `.ci/run`: the real one runs these tests. */
function copyRepository(changelog: string): string {
  const folder = makeFolder();
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  mkdirSync(join(folder, '.ci'));
  writeFileSync(join(folder, '.ci/run'), 'echo checked\n');
  for (const path of ['dev', 'dist', 'action.yml', 'package.json', 'package-lock.json']) {
    cpSync(join(root, path), join(folder, path), {
      recursive: true,
      filter: (file) => !file.includes('node_modules'),
    });
  }
  writeFileSync(join(folder, 'CHANGELOG.md'), changelog.replace('VERSION', version));
  return folder;
}

const changelog =
  '# Changelog\n\nHow to read it.\n\n## VERSION (2026-01-31)\n\n- All new.\n\n## 0.9.0\n';

describe('ci.yml', () => {
  /** Plays it as it is on one system, with a stand-in of its own. */
  async function playCi(change: (text: string) => string = (text) => text) {
    const text = readWorkflow('ci.yml')
      .replace(/os: \[.*\]/, 'os: [ubuntu-latest]')
      // GitHub ends what a job leaves behind; here it has to end by itself.
      .replace(/--idle-exit \d+/, '--idle-exit 15');
    const { jobs } = await play(change(text), await start(), {
      repository: copyRepository(changelog),
      aim: { text: (value) => value, inputs: (inputs) => inputs },
      variables: { PATH: extendPath(makeFolder()) },
    });
    return jobs;
  }

  test('runs the action, and sees outputs, environment, mask and revocation', async () => {
    const jobs = await playCi();
    expect(judge(jobs)).toEqual(jobs.map(() => 'success'));
    expect(jobs.map(({ id }) => id)).toEqual(['checks', 'action', 'mask', 'conclusion']);
    expect(jobs[1]?.log).toMatch(/^The token is revoked$/m);
  });

  test('fails where the token is not revoked', async () => {
    const jobs = await playCi((text) =>
      text.replace(/^ *revoke: true\n|^ *test "\$ADOBE_.*\n/gm, ''),
    );
    expect(jobs[1]?.log).toMatch(/^Error: The token is not revoked: it is still valid$/m);
    expect(jobs.map(({ id, result }) => `${id} ${result}`)).toEqual([
      'checks success',
      'action failure',
      'conclusion failure',
    ]);
  });
});

describe('release.yml', () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const [tag, major] = [`v${version}`, `v${version.split('.')[0]}`];
  const [sha, another] = ['0123456789abcdef0123456789abcdef01234567', 'f'.repeat(40)];

  /** Plays it with a `gh` that writes down what it is told; `tags` are GitHub's, before the wait and after it. */
  async function release({
    branch = 'main',
    tags = [[], []] as readonly string[][],
    made = false,
  }) {
    const told = join(makeFolder(), 'told');
    const [before, after] = tags.map((lines) => lines.map((line) => `echo '${line}'`).join('; '));
    const gh = `echo "$*" >> ${told}
case "$*" in
  *matching-refs*) if [ -e ${told}.asked ]; then ${after || ':'}; else ${before || ':'}; fi; touch ${told}.asked ;;
  *" view "*) exit ${made ? 0 : 1} ;;
  *PATCH*) exit 1 ;;
esac`;
    const variables = {
      PATH: extendPath(writeCommands({ gh })),
      GITHUB_REF: `refs/heads/${branch}`,
    };
    const { jobs } = await play(readWorkflow('release.yml'), await start(), {
      repository: copyRepository(changelog),
      variables,
    });
    const log = jobs.map((job) => job.log).join('');
    const calls = () =>
      readFileSync(told, 'utf8')
        .split('\n')
        .filter((line) => line !== '' && !line.includes('matching-refs'));
    return { log, calls, results: jobs.map(({ id, result }) => `${id} ${result}`) };
  }

  const repository = 'repos/octo-org/octo-repo/git/refs';
  const publishing = [
    `api --silent ${repository} --raw-field ref=refs/tags/${tag} --raw-field sha=${sha}`,
    `release view ${tag}`,
    `release create ${tag} --verify-tag --title ${tag} --notes-file notes.md`,
  ];
  const moving = [
    `api --silent --method PATCH ${repository}/tags/${major} --raw-field sha=${sha} --field force=true`,
    `api --silent ${repository} --raw-field ref=refs/tags/${major} --raw-field sha=${sha}`,
  ];

  test('tags, publishes and moves the major version', async () => {
    const { results, calls } = await release({});
    expect(results).toEqual(['check success', 'publish success']);
    expect(calls()).toEqual([...publishing, ...moving]);
  });

  test('moves the major version where a first try has published the release, and got no further', async () => {
    const own = [`${sha} refs/tags/${tag}`];
    const { results, calls } = await release({ tags: [own, own], made: true });
    expect(results).toEqual(['check success', 'publish success']);
    expect(calls()).toEqual([`release view ${tag}`, ...moving]);
  });

  test('fails, instead of being skipped, where it was started from another branch', async () => {
    const { results, log } = await release({ branch: 'old' });
    expect(results).toEqual(['check failure']);
    expect(log).toContain('Error: started from refs/heads/old: choose the branch main');
  });

  test.each([
    ['a newer release came in between', `${another} refs/tags/v999.0.0`, 'v999.0.0 is out'],
    ['its tag appeared at another commit', `${another} refs/tags/${tag}`, `${tag} is ${another}`],
  ])('publishes nothing where %s', async (_what, line, message) => {
    const { results, log, calls } = await release({ tags: [[], [line]] });
    expect(results).toEqual(['check success', 'publish failure']);
    expect(log).toContain(`Error: ${message}`);
    expect(calls()).toEqual([]);
  });
});
