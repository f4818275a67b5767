// Stands for actions/cache: a folder an entry, which is never overwritten, and found by its key or the beginning of it.
import { appendFileSync, cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { env } from 'node:process';

const folder = join(env['STUBS'] ?? '', 'caches');
const key = env['INPUT_KEY'] ?? '';
const paths = listLines('INPUT_PATH');

/** Brings the entry of the key, else the newest whose key begins as one of `restore-keys`. */
export function restoreEntry(): void {
  const entries = listEntries().toReversed();
  const found =
    entries.find((entry) => entry.key === key) ??
    listLines('INPUT_RESTORE-KEYS')
      .map((prefix) => entries.find((entry) => entry.key.startsWith(prefix)))
      .find((entry) => entry !== undefined);
  for (const [index, path] of paths.entries()) {
    const copy = join(folder, found?.name ?? '', String(index));
    if (found && existsSync(copy)) cpSync(copy, resolve(path), { recursive: true });
  }
  const hit = found ? String(found.key === key) : '';
  const outputs = `cache-hit=${hit}\ncache-matched-key=${found?.key ?? ''}\n`;
  appendFileSync(env['GITHUB_OUTPUT'] ?? '', `${outputs}cache-primary-key=${key}\n`);
  process.stdout.write(`${found ? `Restored from ${found.key}` : `No entry for ${key}`}\n`);
}

/** Keeps what is at the paths; where the key has an entry, or there is nothing, it says so. */
export function saveEntry(): void {
  const entries = listEntries();
  const there = paths.filter((path) => existsSync(path));
  if (entries.some((entry) => entry.key === key) || there.length === 0) {
    process.stdout.write(`Not saved: ${there.length === 0 ? 'no such path' : `${key} exists`}\n`);
    return;
  }
  const name = `${String(entries.length).padStart(6, '0')} ${encodeURIComponent(key)}`;
  for (const [index, path] of paths.entries()) {
    if (existsSync(path)) cpSync(path, join(folder, name, String(index)), { recursive: true });
  }
  process.stdout.write(`Saved as ${key}\n`);
}

/** Oldest first. */
function listEntries() {
  mkdirSync(folder, { recursive: true });
  return readdirSync(folder)
    .toSorted()
    .map((name) => ({ name, key: decodeURIComponent(name.replace(/^\d+ /, '')) }));
}

function listLines(name: string): readonly string[] {
  return (env[name] ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
