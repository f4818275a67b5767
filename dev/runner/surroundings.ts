// What the runner puts around a step: folders, empty file commands, inputs, and nothing of the developer's environment.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Action } from './action.ts';
import { fileCommands } from './file-commands.ts';
import type { StepOptions } from './step.ts';

/** Kept from this machine, since no program starts without them. */
const keptVariables = ['PATH', 'Path', 'SystemRoot', 'ComSpec', 'PATHEXT'];

/** Fills `folder` and gives the step's whole environment. */
export async function prepareSurroundings(
  folder: string,
  action: Action,
  options: StepOptions,
): Promise<Record<string, string>> {
  await mkdir(join(folder, 'files'));
  for (const name of ['home', 'temp', 'work']) {
    await mkdir(join(folder, name));
  }
  const event = join(folder, 'event.json');
  await writeFile(event, JSON.stringify(options.event ?? {}));
  return {
    ...pickVariables(keptVariables),
    ...describeRun(folder),
    GITHUB_EVENT_PATH: event,
    ...(await createFileCommands(folder, options)),
    ...nameInputs(action, options.inputs ?? {}),
    ...rename(options.state ?? {}, (name) => `STATE_${name}`),
    ...options.env,
  };
}

/** Those of `names` that are set in this process. */
export function pickVariables(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** The runner's own variables: those of a push to a repository's main branch, on a hosted runner. */
function describeRun(folder: string): Record<string, string> {
  return {
    CI: 'true',
    HOME: join(folder, 'home'),
    USERPROFILE: join(folder, 'home'),
    GITHUB_ACTION: '__self',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTOR: 'octocat',
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_EVENT_NAME: 'push',
    GITHUB_JOB: 'build',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_REPOSITORY: 'octo-org/octo-repo',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '1',
    GITHUB_RUN_NUMBER: '1',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_SHA: '0123456789abcdef0123456789abcdef01234567',
    GITHUB_WORKFLOW: 'workflow',
    GITHUB_WORKSPACE: join(folder, 'work'),
    RUNNER_ARCH: 'X64',
    RUNNER_ENVIRONMENT: 'github-hosted',
    RUNNER_NAME: 'runner',
    RUNNER_OS: 'Linux',
    RUNNER_TEMP: join(folder, 'temp'),
    RUNNER_TOOL_CACHE: join(folder, 'temp'),
  };
}

async function createFileCommands(
  folder: string,
  { omitFiles = [] }: StepOptions,
): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const name of fileCommands) {
    if (omitFiles.includes(name)) continue;
    files[name] = join(folder, 'files', name);
    await writeFile(files[name], '');
  }
  return files;
}

/** A default counts only where an input is absent: one given as an empty string stays empty. */
function nameInputs(
  { inputs }: Action,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  const defaults = inputs.map(({ name, default: value = '' }) => [name, value]);
  const values = { ...Object.fromEntries(defaults), ...given };
  return rename(values, (name) => `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`);
}

function rename(
  values: Readonly<Record<string, string>>,
  change: (name: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [change(name), value]));
}
