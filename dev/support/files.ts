// Whole folders, read as text.
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** All files below `folder` by their paths there, which have slashes on every system. */
export async function readFiles(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const contents = files.map(
    async (file) =>
      [relative(folder, file).replaceAll(sep, '/'), await readFile(file, 'utf8')] as const,
  );
  return new Map(await Promise.all(contents));
}
