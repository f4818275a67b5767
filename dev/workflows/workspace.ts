// The machine on which act runs one workflow: its repository, its commands, and where stubs keep what they are given.
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { root } from '../support/repository.ts';
import type { Plan, Texts } from './plan.ts';

export interface Workspace {
  readonly folder: string;
  /** The checked out repository. */
  readonly repository: string;
  /** Where the workflow belongs in it. */
  readonly file: string;
  /** What stubs of actions and of `gh` are given and keep. */
  readonly store: string;
  readonly sha: string;
  readonly env: Texts;
}

export function makeWorkspace(folder: string, name: string, text: string, plan: Plan): Workspace {
  const [repository, store, commands] = ['repository', 'store', 'bin'].map((part) => {
    mkdirSync(join(folder, part), { recursive: true });
    return join(folder, part);
  }) as [string, string, string];
  for (const [path, content] of Object.entries({ ...nameScripts(text), ...plan.files })) {
    addFile(join(repository, path), content);
  }
  const file = join(repository, '.github/workflows', `${basename(name, '.yml')}.yml`);
  mkdirSync(dirname(file), { recursive: true });
  const gh = join(commands, 'gh');
  const stub = join(import.meta.dirname, 'stubs/gh.ts');
  addFile(gh, `=#!/bin/sh\nexec '${process.execPath}' '${stub}' "$@"\n`);
  chmodSync(gh, 0o755);
  return {
    folder,
    repository,
    file,
    store,
    sha: commit(repository),
    env: {
      // act takes Node from here, for actions too.
      PATH: [commands, dirname(process.execPath), process.env['PATH']].join(delimiter),
      HOME: folder,
      XDG_CONFIG_HOME: join(folder, 'config'),
      STUBS: store,
      // act would ask for news of itself.
      ACT_DISABLE_VERSION_CHECK: '1',
    },
  };
}

/** The reader's own scripts, which a workflow runs once it has checked out the repository. */
function nameScripts(text: string): Texts {
  const names = [...text.matchAll(/(?<=\s)\.\/([\w-]+\.sh)\b/g)].map(([, name = '']) => name);
  return Object.fromEntries(names.map((name) => [name, '=#!/bin/sh\n']));
}

function addFile(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  if (content.startsWith('=')) writeFileSync(path, content.slice(1), { mode: 0o755 });
  else cpSync(join(root, content), path, { recursive: true, filter: isOwn });
}

function isOwn(path: string): boolean {
  return basename(path) !== 'node_modules';
}

function commit(folder: string): string {
  const git = (...words: string[]) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@b', ...words], {
      encoding: 'utf8',
    });
  git('init', '--quiet', '--initial-branch=main');
  git('remote', 'add', 'origin', 'https://github.com/octo-org/octo-repo');
  git('commit', '--quiet', '--allow-empty', '--message=A commit');
  return git('rev-parse', 'HEAD').trim();
}

/** The lines that the stub of `gh` has written since the last look. */
export function readCommands({ store }: Workspace, seen: number): readonly string[] {
  const file = join(store, 'gh.log');
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(seen);
}

/** What the stub of `gh` was given as secrets, by their names. */
export function readSecrets({ store }: Workspace): Texts {
  const file = join(store, 'gh-secrets.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}
