// Other people's actions, imitated in folders as far as the workflows here use them.
import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { splitLines } from '../runner/commands.ts';
import type { Host } from './host.ts';
import type { Texts } from './workflow.ts';

export interface Use {
  readonly inputs: Texts;
  readonly workspace: string;
  readonly host: Host;
}

export interface Used {
  readonly outputs?: Texts;
  /** What it does at the end of a job that went well. */
  readonly post?: () => void;
}

export const imitations: Readonly<Record<string, (use: Use) => Used>> = {
  'actions/checkout': ({ workspace, host: { repository } }) => {
    if (repository) cpSync(repository, workspace, { recursive: true, verbatimSymlinks: true });
    return {};
  },
  'actions/setup-node': () => ({}),
  'actions/attest': ({ inputs, workspace }) => {
    listPaths(inputs, 'subject-path', workspace);
    return {};
  },
  'actions/cache': (use) => {
    const used = restoreCache(use);
    const hit = used.outputs?.['cache-hit'] === 'true';
    return hit ? used : { ...used, post: () => saveCache(use) };
  },
  'actions/cache/restore': restoreCache,
  'actions/cache/save': (use) => {
    saveCache(use);
    return {};
  },
  'actions/upload-artifact': ({ inputs, workspace, host }) => {
    const folder = makeArtifactFolder(host, inputs);
    for (const path of listPaths(inputs, 'path', workspace)) {
      cpSync(path, join(folder, basename(path)), { recursive: true });
    }
    return {};
  },
  'actions/download-artifact': ({ inputs, workspace, host }) => {
    cpSync(makeArtifactFolder(host, inputs), resolve(workspace, inputs['path'] ?? ''), {
      recursive: true,
    });
    return {};
  },
};

/** The exact key's entry, else the newest whose key begins as one of `restore-keys`. */
function restoreCache({ inputs, workspace, host }: Use): Used {
  const entries = listCaches(host).toReversed();
  const key = inputs['key'] ?? '';
  const prefixes = splitLines(inputs['restore-keys'] ?? '').map((line) => line.trim());
  const found =
    entries.find((entry) => entry.key === key) ??
    prefixes.flatMap((prefix) => entries.find((entry) => entry.key.startsWith(prefix)) ?? [])[0];
  if (!found) return { outputs: { 'cache-hit': '' } };
  for (const [index, path] of resolvePaths(inputs, 'path', workspace).entries()) {
    const copy = join(found.folder, String(index));
    if (existsSync(copy)) cpSync(copy, path, { recursive: true });
  }
  return { outputs: { 'cache-hit': String(found.key === key), 'cache-matched-key': found.key } };
}

/** An entry is never overwritten: a second one of its key is dropped. */
function saveCache({ inputs, workspace, host }: Use): void {
  const key = inputs['key'] ?? '';
  const entries = listCaches(host);
  if (entries.some((entry) => entry.key === key)) return;
  const number = String(entries.length).padStart(6, '0');
  const folder = join(host.storage, 'caches', `${number} ${encodeURIComponent(key)}`);
  for (const [index, path] of listPaths(inputs, 'path', workspace).entries()) {
    cpSync(path, join(folder, String(index)), { recursive: true });
  }
}

/** Oldest first. */
function listCaches({ storage }: Host) {
  const folder = join(storage, 'caches');
  mkdirSync(folder, { recursive: true });
  return readdirSync(folder)
    .toSorted()
    .map((name) => ({
      key: decodeURIComponent(name.replace(/^\d+ /, '')),
      folder: join(folder, name),
    }));
}

function makeArtifactFolder({ storage }: Host, { name = 'artifact' }: Texts): string {
  const folder = join(storage, 'artifacts', name);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** @throws Error for a path that does not exist: an example that keeps nothing shows nothing */
function listPaths(inputs: Texts, name: string, workspace: string): readonly string[] {
  const paths = resolvePaths(inputs, name, workspace);
  for (const path of paths) if (!existsSync(path)) throw new Error(`${name} finds no ${path}`);
  return paths;
}

/** A pattern that takes a whole folder counts as the folder; others are not known here. */
function resolvePaths(inputs: Texts, name: string, workspace: string): readonly string[] {
  return splitLines(inputs[name] ?? '')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => resolve(workspace, line.replace(/\/\*\*$/, '')));
}
