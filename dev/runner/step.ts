// Runs one step of an action as the runner does: inputs, file commands and surroundings set, what it left collected.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readFiles } from '../support/repository.ts';
import { type Action, readAction } from './action.ts';
import { fileCommands, parsePairs } from './commands.ts';
import { findMasks } from './log.ts';
import { type ProcessOptions, runProcess } from './process.ts';

type Variables = Readonly<Record<string, string>>;

export interface StepOptions extends ProcessOptions {
  /** The script to run; by default the action's `main`. */
  bundle?: string;
  /** By default this repository's action.yml. */
  action?: string;
  /** What stands under `with:`; action.yml's defaults fill the rest. */
  inputs?: Variables;
  /** Undefined takes a variable away. */
  env?: NodeJS.ProcessEnv;
  /** What an earlier step of the action saved. */
  state?: Variables;
  /** The payload of the event that triggered the workflow. */
  event?: unknown;
}

export type StepResult = Readonly<Awaited<ReturnType<typeof runStep>>>;

/**
 * Runs it in a folder of its own, which is gone afterwards.
 * @throws Error when a file command holds what the runner would refuse
 */
export async function runStep(options: StepOptions = {}) {
  const action = readAction(options.action);
  const folder = await mkdtemp(join(tmpdir(), 'step-'));
  try {
    const env = await fillFolder(folder, action, options);
    const script = resolve(options.bundle ?? action.runs.main);
    const ended = await runProcess(script, join(folder, 'work'), env, options);
    const left = [...readFiles(folder)].map(([path, text]) => [path.replace(/^files\//, ''), text]);
    const rawFiles: Variables = Object.fromEntries(left);
    return {
      ...ended,
      outputs: parsePairs(rawFiles['GITHUB_OUTPUT'] ?? ''),
      env: parsePairs(rawFiles['GITHUB_ENV'] ?? ''),
      state: parsePairs(rawFiles['GITHUB_STATE'] ?? ''),
      summary: rawFiles['GITHUB_STEP_SUMMARY'] ?? '',
      /** Every file left: file commands by their variable, others by their path. */
      rawFiles,
      masks: findMasks(ended.stdout),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Kept from this machine, since no program starts without them: nothing else of its environment is. */
const keptVariables = ['PATH', 'Path', 'SystemRoot', 'ComSpec', 'PATHEXT'];

/** Those variables of this process, as far as they are set. */
export function pickVariables(names: readonly string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(names.map((name) => [name, process.env[name]]));
}

/** Puts there what a step finds, and gives its whole environment. */
async function fillFolder(
  folder: string,
  action: Action,
  { inputs, env, state = {}, event = {} }: StepOptions,
): Promise<NodeJS.ProcessEnv> {
  for (const name of ['files', 'home', 'temp', 'work']) await mkdir(join(folder, name));
  const eventFile = join(folder, 'event.json');
  await writeFile(eventFile, JSON.stringify(event));
  const files = fileCommands.map((name) => [name, join(folder, 'files', name)] as const);
  for (const [, path] of files) await writeFile(path, '');
  // A default counts only where an input is absent: one given as an empty string stays empty.
  const defaults = action.inputs.map(({ name, default: value = '' }) => [name, value]);
  const given: Variables = { ...Object.fromEntries(defaults), ...inputs };
  return {
    ...pickVariables(keptVariables),
    // Of the runner's own those that an action may read: a push to the main branch, on a hosted runner.
    CI: 'true',
    HOME: join(folder, 'home'),
    USERPROFILE: join(folder, 'home'),
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTOR: 'octocat',
    GITHUB_EVENT_NAME: 'push',
    GITHUB_EVENT_PATH: eventFile,
    GITHUB_REF: 'refs/heads/main',
    GITHUB_REPOSITORY: 'octo-org/octo-repo',
    GITHUB_RUN_ID: '1',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_WORKSPACE: join(folder, 'work'),
    RUNNER_OS: 'Linux',
    RUNNER_TEMP: join(folder, 'temp'),
    ...Object.fromEntries(files),
    ...rename(given, (name) => `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`),
    ...rename(state, (name) => `STATE_${name}`),
    ...env,
  };
}

function rename(values: Variables, change: (name: string) => string): Variables {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [change(name), value]));
}
