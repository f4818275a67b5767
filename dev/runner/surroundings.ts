// What the runner puts around a step: folders, empty file commands, inputs, and nothing of the developer's environment.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Action } from './action.ts';
import { fileCommands } from './file-commands.ts';
import type { StepOptions } from './step.ts';

type Variables = Record<string, string>;

/** Kept from this machine, since no program starts without them. */
const keptVariables = ['PATH', 'Path', 'SystemRoot', 'ComSpec', 'PATHEXT'];

/** Fills `folder` and gives the step's whole environment. */
export async function prepareSurroundings(
  folder: string,
  action: Action,
  { inputs, env, state, event = {}, omitFiles = [] }: StepOptions,
): Promise<Variables> {
  for (const name of ['files', 'home', 'temp', 'work']) await mkdir(join(folder, name));
  const eventFile = join(folder, 'event.json');
  await writeFile(eventFile, JSON.stringify(event));
  const names = fileCommands.filter((name) => !omitFiles.includes(name));
  const files = names.map((name) => [name, join(folder, 'files', name)] as const);
  for (const [, path] of files) await writeFile(path, '');
  // A default counts only where an input is absent: one given as an empty string stays empty.
  const defaults = action.inputs.map(({ name, default: value = '' }) => [name, value]);
  const given = { ...Object.fromEntries(defaults), ...inputs };
  return {
    ...pickVariables(keptVariables),
    ...describeRun(folder),
    GITHUB_EVENT_PATH: eventFile,
    ...Object.fromEntries(files),
    ...rename(given, (name) => `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`),
    ...rename(state ?? {}, (name) => `STATE_${name}`),
    ...env,
  };
}

/** Those of `names` that are set in this process. */
export function pickVariables(names: readonly string[]): Variables {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** Of the runner's own variables those that an action may read: a push to the main branch, on a hosted runner. */
function describeRun(folder: string): Variables {
  return {
    CI: 'true',
    HOME: join(folder, 'home'),
    USERPROFILE: join(folder, 'home'),
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTOR: 'octocat',
    GITHUB_EVENT_NAME: 'push',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_REPOSITORY: 'octo-org/octo-repo',
    GITHUB_RUN_ID: '1',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_WORKSPACE: join(folder, 'work'),
    RUNNER_OS: 'Linux',
    RUNNER_TEMP: join(folder, 'temp'),
  };
}

function rename(values: Readonly<Variables>, change: (name: string) => string): Variables {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [change(name), value]));
}
