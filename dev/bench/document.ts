// docs/BENCHMARK.md: a person writes its words, the benchmark the parts between two comments.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../docs');

/**
 * Replaces the part `name`.
 * @throws Error where the document has no such part
 */
export async function writePart(name: string, text: string): Promise<void> {
  const file = join(folder, 'BENCHMARK.md');
  const before = await readFile(file, 'utf8');
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [head, rest] = before.split(start);
  const [, tail] = rest?.split(end) ?? [];
  if (tail === undefined) throw new Error(`docs/BENCHMARK.md has no ${start} with its ${end}`);
  await writeFile(file, `${head}${start}\n\n${text.trim()}\n\n${end}${tail}`);
}

export async function writeChart(svg: string): Promise<void> {
  await writeFile(join(folder, 'benchmark.svg'), svg);
}

/** A Markdown table; all columns but the first hold numbers. */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = head.map((_, index) => (index === 0 ? '---' : '--:'));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}
