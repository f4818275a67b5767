// package.json, LICENSE, README.md and what is generated from the code agree with it, error by error.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readAction } from '../../dev/runner/action.ts';
import { root } from '../../dev/support/repository.ts';
import { listAnchors } from '../../dev/workflows/sources.ts';
import { TOPICS } from '../../src/errors.ts';
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

test('links between the documents lead to files and headings that exist', () => {
  const documents = globSync(['*.md', 'docs/*.md'], { cwd: root });
  const dead = documents.flatMap((document) => {
    const text = readFileSync(join(root, document), 'utf8');
    const links = [...text.matchAll(/\]\((?!https:)([^)]+)\)|(?:srcset|src)="(?!https:)([^"]+)"/g)];
    return links
      .map(([, link, image]) => link ?? image ?? '')
      .filter((link) => !leadsSomewhere(document, link))
      .map((link) => `${document}: ${link}`);
  });
  expect(dead).toEqual([]);
});

test('files that the documents name exist', () => {
  const named = globSync(['*.md', 'docs/*.md'], { cwd: root }).flatMap((document) => {
    const text = readFileSync(join(root, document), 'utf8');
    return [...text.matchAll(/`((?:src|dev|dist|docs|examples|__tests__)\/[\w./-]*)`/g)];
  });
  const missing = named
    .map(([, path = '']) => path)
    .filter((path) => !existsSync(join(root, path)));
  expect(missing).toEqual([]);
  expect(named.length).toBeGreaterThan(20);
});

function leadsSomewhere(document: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = join(root, path === '' ? document : join(dirname(document), path));
  if (!existsSync(target) || anchor === undefined) return existsSync(target);
  const text = readFileSync(target, 'utf8').replace(/^```.*?^```/gms, '');
  const named = [...text.matchAll(/<a id="([\w-]+)">/g)].map(([, id]) => id);
  return [...named, ...listAnchors(text)].includes(anchor);
}

describe('docs/TROUBLESHOOTING.md', () => {
  const troubleshooting = readFileSync(join(root, 'docs/TROUBLESHOOTING.md'), 'utf8');
  const anchors = [...troubleshooting.matchAll(/^<a id="([\w-]+)"><\/a>$/gm)].map(
    ([, id = '']) => id,
  );

  test('has a section for each topic of an error, a warning or a notice, once', () => {
    expect(anchors.toSorted()).toEqual([...TOPICS].toSorted());
  });

  test('has them under words of the messages', () => {
    const sources = globSync('src/**/*.ts', { cwd: root })
      .map((path) => readFileSync(join(root, path), 'utf8'))
      .join('\n');
    const headings = [...troubleshooting.matchAll(/^### .*$/gm)].join('\n');
    const quotes = [...headings.matchAll(/`([^`]+)`/g)].flatMap(([, quote = '']) =>
      quote.split(/ ?… ?/),
    );
    // Messages are put together of parts, so each word is looked for; what follows HTTP is a server's.
    const words = quotes
      .filter((quote) => !quote.startsWith('HTTP'))
      .flatMap((quote) => quote.match(/[\w-]{4,}/g) ?? []);
    expect(words.length).toBeGreaterThan(anchors.length);
    expect(words.filter((word) => !sources.includes(word))).toEqual([]);
  });
});
