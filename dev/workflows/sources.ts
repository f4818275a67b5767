// Where workflows stand: files in folders, and blocks in documents.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export interface Source {
  readonly path: string;
  /** Of the file in which the text begins. */
  readonly line: number;
  readonly text: string;
  /** The anchor of the heading above it, in a document. */
  readonly heading?: string;
}

/** The workflows in `folder` of the repository at `root`. */
export function listFiles(root: string, folder: string): readonly Source[] {
  return readdirSync(join(root, folder))
    .filter((file) => file.endsWith('.yml'))
    .toSorted()
    .map((file) => readSource(root, `${folder}/${file}`));
}

export function readSource(root: string, path: string): Source {
  return { path, line: 1, text: readFileSync(join(root, path), 'utf8') };
}

/** The README and what is in `docs`. */
export function listDocuments(root: string): readonly Source[] {
  return ['.', 'docs']
    .flatMap((folder) => readdirSync(join(root, folder)).map((file) => join(folder, file)))
    .filter((path) => /^(README|docs\/.*)\.md$/.test(path))
    .map((path) => readSource(root, path));
}

/** The workflows in a document's blocks of YAML, and apart from them lists of steps, each put into a job. */
export function listBlocks({ path, text: document }: Source) {
  const blocks = [...document.matchAll(/^( *)```ya?ml\n(.*?)^\1```/gms)].map((match) => ({
    path,
    line: document.slice(0, match.index).split('\n').length + 1,
    heading: nameHeading(document.slice(0, match.index)),
    text: (match[2] ?? '').replaceAll(new RegExp(`^${match[1]}`, 'gm'), ''),
  }));
  return {
    workflows: blocks.filter(({ text }) => Object.hasOwn(Object(parse(text)), 'jobs')),
    steps: blocks.filter(({ text }) => Array.isArray(parse(text))).map(wrapSteps),
  };
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

function wrapSteps({ line, text, ...rest }: Source): Source {
  const indented = text.replaceAll(/^(?=.)/gm, '      ');
  return { ...rest, line: line - job.split('\n').length + 1, text: job + indented };
}

/** The last heading's anchor. */
function nameHeading(text: string): string {
  return listAnchors(text).at(-1) ?? '';
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
