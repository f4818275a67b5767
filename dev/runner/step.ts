// Runs one step of an action as the runner does: inputs, file commands and surroundings set, what it left collected.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readFiles } from '../support/repository.ts';
import { readAction } from './action.ts';
import { type FileCommand, parsePairs } from './file-commands.ts';
import { findMasks } from './log.ts';
import { type Ending, type ProcessOptions, runProcess } from './process.ts';
import { prepareSurroundings } from './surroundings.ts';

export interface StepOptions extends ProcessOptions {
  /** The script to run; by default the action's `main`. */
  bundle?: string;
  /** By default this repository's action.yml. */
  action?: string;
  /** What stands under `with:`; action.yml's defaults fill the rest. */
  inputs?: Readonly<Record<string, string>>;
  env?: Readonly<Record<string, string>>;
  /** What an earlier step of the action saved. */
  state?: Readonly<Record<string, string>>;
  /** The payload of the event that triggered the workflow. */
  event?: unknown;
  /** Variables of file commands that are not set. */
  omitFiles?: readonly FileCommand[];
}

export interface StepResult extends Ending {
  readonly outputs: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
  readonly summary: string;
  /** Every file left: file commands by their variable, others by their path. */
  readonly rawFiles: Readonly<Record<string, string>>;
  readonly masks: readonly string[];
}

/**
 * Runs it in a folder of its own, which is gone afterwards.
 * @throws Error when a file command holds what the runner would refuse
 */
export async function runStep(options: StepOptions = {}): Promise<StepResult> {
  const action = readAction(options.action);
  const folder = await mkdtemp(join(tmpdir(), 'step-'));
  try {
    const env = await prepareSurroundings(folder, action, options);
    const script = resolve(options.bundle ?? action.runs.main);
    const ended = await runProcess(script, join(folder, 'work'), env, options);
    const left = [...readFiles(folder)];
    const rawFiles = Object.fromEntries(
      left.map(([path, text]) => [path.replace(/^files\//, ''), text]),
    );
    return {
      ...ended,
      outputs: parsePairs(rawFiles['GITHUB_OUTPUT'] ?? ''),
      env: parsePairs(rawFiles['GITHUB_ENV'] ?? ''),
      state: parsePairs(rawFiles['GITHUB_STATE'] ?? ''),
      summary: rawFiles['GITHUB_STEP_SUMMARY'] ?? '',
      rawFiles,
      masks: findMasks(ended.stdout),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
