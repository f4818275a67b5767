// This repository: where it lies on this machine, what it is called on GitHub, and the files of a folder.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';

/** The folder that holds action.yml and package.json. */
export const root = resolve(import.meta.dirname, '../..');

/** `owner/name`, as package.json has it. */
export function readRepositoryName(): string {
  const { repository } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return String(repository).replace(/^github:/, '');
}

/** All files below `folder` by their paths there, which have slashes on every system. */
export function readFiles(folder: string): ReadonlyMap<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return new Map(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [relative(folder, path).replaceAll(sep, '/'), readFileSync(path, 'utf8')];
    }),
  );
}
