// Where workflows stand: files in folders, and blocks in documents.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readRepositoryName, root } from '../support/repository.ts';

export interface Source {
  readonly path: string;
  /** Of the file in which the text begins. */
  readonly line: number;
  readonly text: string;
  /** The anchor of the heading above it, in a document. */
  readonly heading?: string;
}

/** What stands before the `@` where this action is used. */
export const ownName = readRepositoryName();

/** `$/` is the repository that a workflow stands in; neither act 0.2.89 nor actionlint 1.7 knows it. */
export function nameOwn(text: string): string {
  return text.replaceAll(/(?<=\buses: *)\$\/?([^\s#]*)/g, (_, path) => `${join(ownName, path)}@v1`);
}

/** The files of this repository that fit the patterns. */
export function listFiles(...patterns: readonly string[]): readonly Source[] {
  return globSync(patterns, { cwd: root })
    .toSorted()
    .map((path) => readSource(root, path));
}

export function readSource(folder: string, path: string): Source {
  return { path, line: 1, text: readFileSync(join(folder, path), 'utf8') };
}

/** The workflows in the blocks of YAML of the README and what is in `docs`, and lists of steps, each put into a job. */
export function listBlocks(): readonly Source[] {
  return listFiles('README.md', 'docs/*.md').flatMap(readBlocks);
}

/** A job that has checked out its repository, since steps may run the reader's own scripts. */
const job = `on: workflow_dispatch
permissions: {}
jobs:
  job:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
`;

export function readBlocks({ path, text: document }: Source): readonly Source[] {
  return [...document.matchAll(/^( *)```ya?ml\n(.*?)^\1```/gms)].flatMap((match) => {
    const [, indent = '', block = ''] = match;
    const before = document.slice(0, match.index);
    const source = {
      path,
      line: before.split('\n').length + 1,
      heading: listAnchors(before).at(-1) ?? '',
      text: block.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    };
    const content = parse(source.text);
    if (!Array.isArray(content)) return Object.hasOwn(Object(content), 'jobs') ? [source] : [];
    const steps = source.text.replaceAll(/^(?=.)/gm, '      ');
    return [{ ...source, line: source.line - job.split('\n').length + 1, text: job + steps }];
  });
}

/** The anchors of a document's headings, as GitHub makes them. */
export function listAnchors(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  );
}
