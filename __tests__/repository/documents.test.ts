// package.json, LICENSE, README.md and what is generated from the code agree with it, error by error.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readAction } from '../../dev/runner/action.ts';
import { root } from '../../dev/support/repository.ts';
import { runScript } from '../support/script-run.ts';

const readme = readFileSync(join(root, 'README.md'), 'utf8');

describe('the package', () => {
  test('has one name and one licence', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(manifest).toMatchObject({ name: 'adobe-ims-token-action', license: 'MIT' });
    expect(readFileSync(join(root, 'LICENSE'), 'utf8')).toMatch(/^MIT License\n/);
  });

  test('has the name that the Marketplace shows at the top of the README, too', () => {
    const { name } = readAction();
    expect(name).toBe('Adobe IMS Access Token');
    expect(readme).toMatch(new RegExp(`^# ${name}\n`));
  });

  test('has documents that are up to date', async () => {
    const checked = await runScript(join(root, 'dev/docs.ts'), ['--check']);
    expect(checked).toEqual({ code: 0, stdout: '', stderr: '' });
  });
});

test('what SECURITY.md names as a proof is a test', () => {
  const rows = readFileSync(join(root, 'SECURITY.md'), 'utf8').matchAll(/^\| \*\*.*\| (.*) \|$/gm);
  const names = [...rows].flatMap(([, proofs = '']) =>
    [...proofs.matchAll(/`([\w/-]+)`/g)].map(([, name = '']) => name),
  );
  const missing = names.filter(
    (name) => globSync(`__tests__/${name}{,.slow}.test.ts`, { cwd: root }).length === 0,
  );
  expect(missing).toEqual([]);
  expect(names.length).toBeGreaterThan(10);
});

describe('the topics of errors', () => {
  const [, troubleshooting = ''] = readme.split(/^## Troubleshooting$/m);
  const anchors = [...troubleshooting.matchAll(/^<a id="([\w-]+)"><\/a>$/gm)].map(
    ([, id = '']) => id,
  );
  const topics = globSync('src/**/*.ts', { cwd: root }).flatMap((path) =>
    findTopics(readFileSync(join(root, path), 'utf8')),
  );

  test('are those that the README explains, each once', () => {
    expect(anchors.toSorted()).toEqual([...new Set(topics)].toSorted());
  });

  test('stand in the README under words that a log has', () => {
    const logs = ['__tests__/bundle/__snapshots__/*.snap', 'src/**/*.ts']
      .flatMap((pattern) => globSync(pattern, { cwd: root }))
      .map((path) => readFileSync(join(root, path), 'utf8'))
      .join('\n');
    const headings = [...troubleshooting.matchAll(/^#### .*$/gm)].join('\n');
    const quotes = [...headings.matchAll(/`([^`]+)`/g)].flatMap(([, quote = '']) =>
      quote.split(/ ?… ?/),
    );
    expect(quotes.length).toBeGreaterThan(anchors.length);
    expect(quotes.filter((quote) => !logs.includes(quote))).toEqual([]);
  });
});

/** The words in quotes that stand where a source names a topic. */
function findTopics(source: string): readonly string[] {
  const places = source.matchAll(/\b(?:topic: .*|(?:inputError|troubleshootingUrl)\([^)]*\))/g);
  // Words that are compared with are none: `asked === 'token' ? …`.
  return [...places].flatMap(([place]) =>
    [...place.matchAll(/(?<!=== )'([a-z]+(?:-[a-z]+)*)'/g)].map(([, topic = '']) => topic),
  );
}
