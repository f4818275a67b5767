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

  /** Plays it with a `gh` that writes down what it is told, and finds only what ends as one of `found`. */
  async function release(repository: string, found: readonly string[] = []) {
    const told = join(makeFolder(), 'told');
    const known = found.map((end) => `*"${end}") exit 0 ;;`).join(' ');
    const gh = `echo "$*" >> ${told}\ncase "$*" in ${known} *git/ref/tags/*|*PATCH*|*" view "*) exit 1 ;; esac`;
    const variables = { PATH: extendPath(writeCommands({ gh })), GITHUB_REF: 'refs/heads/main' };
    const { jobs } = await play(readWorkflow('release.yml'), await start(), {
      repository,
      variables,
    });
    const log = jobs.map((job) => job.log).join('');
    const lines = () => readFileSync(told, 'utf8').trimEnd().split('\n');
    return { jobs, log, lines };
  }

  test('tags, publishes and moves the major version', async () => {
    const { jobs, lines } = await release(copyRepository(changelog));
    const sha = '0123456789abcdef0123456789abcdef01234567';
    const repository = 'repos/octo-org/octo-repo';
    expect(judge(jobs)).toEqual(['success', 'success']);
    expect(lines()).toEqual([
      `api --silent ${repository}/git/ref/tags/${tag}`,
      `release view ${tag}`,
      `release create ${tag} --target ${sha} --title ${tag} --notes-file notes.md`,
      `api --silent --method PATCH ${repository}/git/refs/tags/${major} --raw-field sha=${sha} --field force=true`,
      `api --silent ${repository}/git/refs --raw-field ref=refs/tags/${major} --raw-field sha=${sha}`,
    ]);
  });

  test('moves the major version where a first try has published the release, and got no further', async () => {
    const found = [`release view ${tag}`];
    const { jobs, lines } = await release(copyRepository(changelog), found);
    expect(judge(jobs)).toEqual(['success', 'success']);
    const verbs = lines().map((line) => line.split(' ', 2).join(' '));
    expect(verbs).toEqual(['api --silent', 'release view', 'api --silent', 'api --silent']);
    expect(lines()[2]).toContain(`refs/tags/${major} `);
  });

  test('stops at a version that exists', async () => {
    const { jobs, log, lines } = await release(copyRepository(changelog), [`git/ref/tags/${tag}`]);
    expect(jobs.map(({ id, result }) => [id, result])).toEqual([['check', 'failure']]);
    expect(log).toContain(`Error: ${tag} exists: raise the version in package.json`);
    expect(lines()).toHaveLength(1);
  });

  test.each([
    [
      'a changelog without a date',
      '## VERSION (unreleased)\n\n- New.\n',
      'CHANGELOG.md begins with',
    ],
    [
      'a changelog of another version',
      '## 0.0.1 (2026-01-31)\n\n- New.\n',
      'CHANGELOG.md begins with',
    ],
    [
      'a changelog that says nothing',
      '## VERSION (2026-01-31)\n\n## 0.9.0\n',
      'says nothing about',
    ],
  ])('stops at %s', async (_what, text, message) => {
    const { code, stdout, stderr } = await run('dev/release.ts', [], copyRepository(text));
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
  });

  test.each([
    ['package.json', '1.0', 'is not like 1.2.3'],
    ['package-lock.json', '0.0.1', 'run npm install'],
  ])('stops at a version in %s that does not agree', async (file, version, message) => {
    const folder = copyRepository(changelog);
    const values = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    writeFileSync(join(folder, file), JSON.stringify({ ...values, version }));
    const { code, stderr } = await run('dev/release.ts', [], folder);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
  });

  test('takes its notes from the changelog', async () => {
    const { stdout } = await run('dev/release.ts', ['--notes'], copyRepository(changelog));
    expect(stdout).toBe('- All new.\n');
  });
});
