// A copy of the bundle for a campaign: the committed one, or one that is built with a defect.
import { readFileSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { withBundles } from '../build/bundles.ts';
import { root } from '../support/repository.ts';

/** The scripts of both steps. */
export interface Bundle {
  readonly main: string;
  readonly post: string;
}

/** What is done to a file below `src`: `find` stands there once, `put` comes in its place or `add` after it. */
export interface Edit {
  readonly file: string;
  readonly find: string;
  readonly put?: string;
  readonly add?: string;
}

/** The defects that can be planted, by their names. */
export const planted: Readonly<Record<string, readonly Edit[]>> = parse(
  readFileSync(join(import.meta.dirname, 'planted.yml'), 'utf8'),
);

/**
 * Calls `use` with a bundle that nobody else changes, and that is gone afterwards.
 * @throws Error for an edit whose piece does not stand in its file exactly once
 */
export async function withBundle<T>(
  use: (bundle: Bundle) => Promise<T>,
  edits: readonly Edit[] = [],
): Promise<T> {
  const run = (folder: string) =>
    use({ main: join(folder, 'main/index.js'), post: join(folder, 'post/index.js') });
  if (edits.length > 0) {
    return withBundles(run, async (src) => {
      for (const edit of edits) await applyEdit(src, edit);
    });
  }
  const folder = await mkdtemp(join(tmpdir(), 'campaign-'));
  try {
    await cp(join(root, 'dist'), folder, { recursive: true });
    return await run(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function applyEdit(src: string, { file, find, put, add }: Edit): Promise<void> {
  const path = join(src, file);
  const code = await readFile(path, 'utf8');
  const [before = '', after, ...more] = code.split(find);
  if (after === undefined || more.length > 0) throw new Error(`Not once in src/${file}: ${find}`);
  await writeFile(path, `${before}${put ?? `${find}\n${add}`}${after}`);
}
