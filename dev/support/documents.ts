// The documents in docs/: a person writes their words, a script what stands between two comments.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './repository.ts';

/**
 * Replaces what stands between `<!-- part -->` and `<!-- /part -->` in `docs/${name}`.
 * @throws Error where the document has no such part
 */
export async function writePart(name: string, part: string, text: string): Promise<void> {
  const file = join(root, 'docs', name);
  const before = await readFile(file, 'utf8');
  const [start, end] = [`<!-- ${part} -->`, `<!-- /${part} -->`];
  const [head, rest] = before.split(start);
  const [, tail] = rest?.split(end) ?? [];
  if (tail === undefined) throw new Error(`docs/${name} has no ${start} with its ${end}`);
  await writeFile(file, `${head}${start}\n\n${text.trim()}\n\n${end}${tail}`);
}

/** A Markdown table; all columns but the first hold numbers. */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = head.map((_, index) => (index === 0 ? '---' : '--:'));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}
