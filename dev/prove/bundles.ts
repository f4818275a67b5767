// Copies of the committed bundle: whoever rebuilds it meanwhile, and whoever breaks a copy, disturbs nobody.
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../support/repository.ts';

/** The scripts of both steps. */
export interface Bundle {
  readonly main: string;
  readonly post: string;
}

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
    await cp(join(root, 'dist'), folder, { recursive: true });
    for (const change of changes) await applyChange(join(folder, 'main'), change);
    return await use({ main: join(folder, 'main/index.js'), post: join(folder, 'post/index.js') });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function applyChange(folder: string, { find, put }: Change): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.js'));
  let count = 0;
  let place: { file: string; code: string } | undefined;
  for (const file of names.map((name) => join(folder, name))) {
    const code = await readFile(file, 'utf8');
    const found = code.split(find).length - 1;
    count += found;
    if (found > 0) place = { file, code };
  }
  if (!place || count > 1) {
    throw new Error(`In the bundle this stands ${count} times, not once: ${find}`);
  }
  await writeFile(
    place.file,
    place.code.replace(find, () => put),
  );
}
