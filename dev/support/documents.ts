// The documents: a person writes their words, a script what stands between `<!-- part -->` and `<!-- /part -->`.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './repository.ts';

/** `text` with what `write` gives as its `part`, where it has one. */
export function replacePart(text: string, part: string, write: () => string): string {
  const between = new RegExp(`(?<=<!-- ${part} -->\n).*?(?=<!-- /${part} -->)`, 's');
  return text.replace(between, () => `\n${write().trim()}\n\n`);
}

/**
 * Replaces a part of `docs/${name}`.
 * @throws Error where the document has no such part
 */
export function writePart(name: string, part: string, content: string): void {
  const file = join(root, 'docs', name);
  const text = readFileSync(file, 'utf8');
  if (!text.includes(`<!-- ${part} -->`)) throw new Error(`docs/${name} has no part "${part}"`);
  const replaced = replacePart(text, part, () => content);
  writeFileSync(file, replaced);
}

/** A Markdown table; `rule` says where the cells of all columns but the first stand, by default to the left. */
export function formatTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  rule = '---',
): string {
  const rules = head.map((_, index) => (index === 0 ? '---' : rule));
  return [head, rules, ...rows]
    .map((cells) => `| ${cells.map(escapeCell).join(' | ')} |\n`)
    .join('');
}

function escapeCell(text: string): string {
  return text.trim().replaceAll('|', '\\|').replace(/\s+/g, ' ');
}
