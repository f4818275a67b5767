// package.json, LICENSE, README.md and what is generated from the code agree with it, error by error.
import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readAction } from '../dev/runner/action.ts';
import { troubleshootingUrl } from '../src/about.ts';

const root = resolve(import.meta.dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

describe('the package', () => {
  test('has one name, one licence and one address', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(manifest).toMatchObject({ name: 'adobe-ims-token-action', license: 'MIT' });
    expect(manifest.repository).toMatch(/^github:[\w.-]+\/adobe-ims-token-action$/);
    const repository = manifest.repository.replace('github:', '');
    expect(troubleshootingUrl('topic')).toBe(`https://github.com/${repository}#topic`);
    expect(readFileSync(join(root, 'LICENSE'), 'utf8')).toMatch(/^MIT License\n/);
  });

  test('has the name that the Marketplace shows at the top of the README, too', () => {
    const { name } = readAction();
    expect(name).toBe('Adobe IMS Access Token');
    expect(readme).toMatch(new RegExp(`^# ${name}\n`));
  });

  test('has documents that are up to date', async () => {
    const checked = await new Promise((settle) => {
      const command = [join(root, 'dev/docs.ts'), '--check'];
      execFile(process.execPath, command, (error, stdout, stderr) =>
        settle({ code: error?.code ?? 0, stdout, stderr }),
      );
    });
    expect(checked).toEqual({ code: 0, stdout: '', stderr: '' });
  });
});

test('what SECURITY.md names as a proof is a test', () => {
  const rows = readFileSync(join(root, 'SECURITY.md'), 'utf8').matchAll(/^\| \*\*.*\| (.*) \|$/gm);
  const names = [...rows].flatMap(([, proofs = '']) =>
    [...proofs.matchAll(/`([\w-]+)`/g)].map(([, name = '']) => name),
  );
  const missing = names.filter(
    (name) => globSync(`__tests__/${name}{,.slow}.test.ts`, { cwd: root }).length === 0,
  );
  expect(missing).toEqual([]);
  expect(names.length).toBeGreaterThan(10);
});

describe('the topic of every error', () => {
  const sources = globSync('src/*.ts', { cwd: root }).map((path) =>
    readFileSync(join(root, path), 'utf8'),
  );
  const [, troubleshooting = ''] = readme.split(/^## Troubleshooting$/m);
  const anchors = [...troubleshooting.matchAll(/^<a id="([\w-]+)"><\/a>$/gm)].map(
    ([, id = '']) => id,
  );
  // Words that are compared with are none: `asked === 'token' ? …`.
  const topics = sources.flatMap((text) =>
    [...text.matchAll(/^.*\b(?:topic: |inputError\(|troubleshootingUrl\().*$/gm)].flatMap(
      ([line]) =>
        [...line.matchAll(/(?<!=== )'([a-z]+(?:-[a-z]+)*)'/g)].map(([, topic = '']) => topic),
    ),
  );

  test('is explained in the README', () => {
    expect(topics.filter((topic) => !anchors.includes(topic))).toEqual([]);
    expect(topics.length).toBeGreaterThan(30);
  });

  test('is the topic of some error, where the README explains it', () => {
    const quoted = anchors.filter((id) => sources.some((text) => text.includes(`'${id}'`)));
    expect(quoted).toEqual(anchors);
    expect(new Set(anchors).size).toBe(anchors.length);
  });
});
