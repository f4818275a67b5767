// Copies of the committed bundle: whoever rebuilds it meanwhile, and whoever breaks a copy, disturbs nobody.
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Bundle } from './perform.ts';

const dist = resolve(import.meta.dirname, '../../dist');

/** A piece of the step's code, which stands in it once, and what to put there instead. */
export interface Change {
  readonly find: string;
  readonly put: string;
}

/**
 * Calls `use` with a copy of the bundle, changed or not, which is gone afterwards.
 * @throws Error for a change whose piece does not stand in the step's code exactly once
 */
export async function withBundle<T>(
  use: (bundle: Bundle) => Promise<T>,
  changes: readonly Change[] = [],
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'dist-'));
  try {
    await cp(dist, folder, { recursive: true });
    for (const change of changes) await applyChange(join(folder, 'main'), change);
    return await use({ main: join(folder, 'main/index.js'), post: join(folder, 'post/index.js') });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function applyChange(folder: string, { find, put }: Change): Promise<void> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.js'));
  const places: { file: string; code: string }[] = [];
  for (const file of files.map((name) => join(folder, name))) {
    const code = await readFile(file, 'utf8');
    const count = code.split(find).length - 1;
    for (let seen = 0; seen < count; seen += 1) places.push({ file, code });
  }
  const [place] = places;
  if (!place || places.length > 1) {
    throw new Error(`In the bundle this stands ${places.length} times, not once: ${find}`);
  }
  await writeFile(
    place.file,
    place.code.replace(find, () => put),
  );
}
