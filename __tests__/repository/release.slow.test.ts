// What a release needs to agree, and what GitHub's tags forbid: dev/release.ts as release.yml runs it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { root } from '../../dev/support/repository.ts';
import { makeFolder } from '../support/folder.ts';
import { runScript } from '../support/script-run.ts';

const changelog = '# Changelog\n\n## 1.10.0 (2026-01-31)\n\n- All new.\n\n## 1.9.0\n';
const commit = 'c0ffee0123456789c0ffee0123456789c0ffee01';
const another = 'decade0123456789decade0123456789decade01';

/** Runs it in a repository that holds `files`, by default those of a release that may be published. */
function release(files: Readonly<Record<string, string>>, words: readonly string[] = []) {
  const cwd = makeFolder();
  const version = '{"version":"1.10.0"}';
  const all = {
    'package.json': version,
    'package-lock.json': version,
    'CHANGELOG.md': changelog,
    ...files,
  };
  for (const [name, text] of Object.entries(all)) writeFileSync(join(cwd, name), text);
  return runScript(join(root, 'dev/release.ts'), words, { cwd });
}

function releaseBeside(tags: readonly string[]) {
  const lines = tags.map((tag) => `${tag}\n`).join('');
  return release({ tags: lines }, ['--tags', 'tags', '--commit', commit]);
}

test('has the version and its major version for tags', async () => {
  const ended = await release({});
  expect(ended).toEqual({ code: 0, stdout: 'tag=v1.10.0\nmajor=v1\n', stderr: '' });
});

test('takes its notes from the changelog', async () => {
  const { stdout } = await release({}, ['--notes']);
  expect(stdout).toBe('- All new.\n');
});

test.each([
  ['package.json', '{"version":"1.0"}', 'package.json: version "1.0" is not like 1.2.3'],
  ['package-lock.json', '{"version":"0.0.1"}', 'package-lock.json has version "0.0.1"'],
  ['CHANGELOG.md', '## 1.10.0 (unreleased)\n\n- New.\n', 'CHANGELOG.md begins with "1.10.0 (un'],
  ['CHANGELOG.md', '## 0.0.1 (2026-01-31)\n\n- New.\n', 'CHANGELOG.md begins with "0.0.1 '],
  ['CHANGELOG.md', '## 1.10.0 (2026-01-31)\n\n## 1.9.0\n', 'CHANGELOG.md says nothing about'],
])('is refused where %s is %j', async (name, text, message) => {
  const { code, stdout, stderr } = await release({ [name]: text });
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain(`::error title=No release::${message}`);
});

describe('beside the tags on GitHub', () => {
  test.each([
    ['none', []],
    ['older versions', [`${another} refs/tags/v1.9.0`, `${another} refs/tags/v0.10.11`]],
    ['those of major versions', [`${another} refs/tags/v1`, `${another} refs/tags/v2`]],
    ['names that are no version', [`${another} refs/tags/v1.11.0-rc`, `${another} refs/tags/vx`]],
    ['its own, which a first try has left', [`${commit} refs/tags/v1.10.0`]],
  ])('is allowed: %s', async (_what, tags) => {
    expect(await releaseBeside(tags)).toMatchObject({ code: 0, stderr: '' });
  });

  test.each([
    ['its own, which somebody made elsewhere', another, 'v1.10.0', `v1.10.0 is ${another}, not`],
    ['a newer patch', another, 'v1.10.1', 'v1.10.1 is out: v1.10.0 would move'],
    ['a newer minor version', another, 'v1.11.0', 'v1.11.0 is out'],
    ['a newer major version', commit, 'v2.0.0', 'v2.0.0 is out'],
  ])('is refused: %s', async (_what, tagged, tag, message) => {
    const tags = [`${another} refs/tags/v1.9.0`, `${tagged} refs/tags/${tag}`];
    const { code, stdout, stderr } = await releaseBeside(tags);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(`::error title=No release::${message}`);
  });
});
