// Stands for actions/cache: an entry is a copy, is never overwritten, and is found by its key or the beginning of it.
import { appendFileSync, cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { env } from 'node:process';

const key = env['INPUT_KEY'] ?? '';
const path = env['INPUT_PATH'] ?? '';
const folder = join(env['STUBS'] ?? '', 'caches');
mkdirSync(folder, { recursive: true });
/** `0000 KEY`, oldest first. */
const entries = readdirSync(folder).toSorted();
const findNewest = (start: string) => entries.findLast((entry) => entry.slice(5).startsWith(start));

if (!env['STATE_restored']) {
  const entry = findNewest(key) ?? findNewest(env['INPUT_RESTORE-KEYS'] ?? key);
  if (entry) cpSync(join(folder, entry), path, { recursive: true });
  appendFileSync(env['GITHUB_STATE'] ?? '', 'restored=true\n');
} else if (existsSync(path) && !entries.some((entry) => entry.slice(5) === key)) {
  const number = String(entries.length).padStart(4, '0');
  cpSync(path, join(folder, `${number} ${key}`), { recursive: true });
}
