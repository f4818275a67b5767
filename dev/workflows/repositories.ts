// Where act finds actions and reusable workflows: this repository's own in a copy, other people's as stubs.
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../support/repository.ts';
import { replaceWords, type Texts } from './plan.ts';
import { nameOwn, ownName } from './sources.ts';

const workflows = '.github/workflows';

export interface Repositories {
  /** What this repository ships. */
  readonly self: string;
  /** The place of each `owner/name@ref`. */
  readonly places: ReadonlyMap<string, string>;
}

/** For every `uses:` in `texts` and in this repository's own workflows, as far as there is a stub; `self` is filled. */
export function prepareRepositories(self: string, texts: readonly string[]): Repositories {
  for (const path of ['action.yml', 'dist']) {
    cpSync(join(root, path), join(self, path), { recursive: true });
  }
  mkdirSync(join(self, workflows), { recursive: true });
  const own = globSync('{.github,examples}/**/*.yml', { cwd: root }).map((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    const known = nameOwn(text);
    if (path.startsWith(workflows)) writeFileSync(join(self, path), known);
    return known;
  });
  const uses = [...texts, ...own].flatMap((text) => [
    ...text.matchAll(/\buses: *['"]?([\w.-]+\/[\w.-]+)[^@\s]*@(.+?)['"]?(?: +#.*)?$/gm),
  ]);
  const places = uses.flatMap(([, name = '', ref = '']) => {
    const place = name === ownName ? self : findStub(name);
    return place ? [[`${name}@${ref}`, place] as const] : [];
  });
  return { self, places: new Map(places) };
}

/** The same with words replaced in this repository's workflows, in a copy at `folder`. */
export function changeWorkflows(
  { self, places }: Repositories,
  words: Texts,
  folder: string,
): Repositories {
  cpSync(self, folder, { recursive: true });
  for (const file of globSync(`${workflows}/*.yml`, { cwd: folder })) {
    const path = join(folder, file);
    writeFileSync(path, replaceWords(readFileSync(path, 'utf8'), words));
  }
  const moved = [...places].map(
    ([name, place]) => [name, place === self ? folder : place] as const,
  );
  return { self: folder, places: new Map(moved) };
}

function findStub(name: string): string | undefined {
  const [owner, action = ''] = name.split('/');
  const stub = join(import.meta.dirname, 'stubs/actions', action);
  return owner === 'actions' && existsSync(stub) ? stub : undefined;
}
