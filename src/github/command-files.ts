/** The files by which the runner takes outputs, variables, state and the summary. */

import * as fs from 'node:fs';
import { FileCommandError } from '../errors.ts';
import type { Environment } from '../values.ts';
import { readCode } from './files.ts';
import type { FileCommand } from './source.ts';

const NAMES = [
  'GITHUB_OUTPUT',
  'GITHUB_ENV',
  'GITHUB_STATE',
  'GITHUB_STEP_SUMMARY',
] as const satisfies readonly FileCommand[];

/** What keeps a file from being written, and what to do about it: a sentence without its full stop. */
export function findFileFault(name: FileCommand, path: string | undefined): string | undefined {
  if (!path) return `${name} is not set: run this action as a step of a GitHub workflow`;
  try {
    if (!fs.statSync(path).isFile()) return `${name} names something that is not a file`;
    fs.accessSync(path, fs.constants.W_OK);
    return undefined;
  } catch (error) {
    return describeFault(name, readCode(error));
  }
}

/** The fault that a code of the operating system means. */
export function describeFault(name: FileCommand, code: string): string {
  switch (code) {
    case 'ENOENT':
      return `${name} names a file that does not exist: an earlier step deleted it, or this job's container does not see the runner's folder`;
    case 'EACCES':
    case 'EPERM':
      return `${name} names a file that this step's user may not write (${code}): if the job runs in a container, give \`container: options: --user\` the ID of the user that the runner runs as`;
    default:
      return `${name} names a file that cannot be written (${code}): check the disk of the runner`;
  }
}

/**
 * Holds a write off what has become a FIFO meanwhile, where it would wait for a reader.
 * @throws an error with the code that opening it without waiting would have.
 */
export function refuseFifo(path: string): void {
  const isFifo = fs.statSync(path, { throwIfNoEntry: false })?.isFIFO();
  if (isFifo) throw Object.assign(new Error('nobody reads the FIFO'), { code: 'ENXIO' });
}

/**
 * Runs what writes to the files, all or nothing: where it fails, each file gets back the length that it had.
 * @throws {FileCommandError} that says which write failed.
 */
export function writeAtomically(env: Environment, write: () => void): void {
  const before = NAMES.flatMap((name) => {
    const path = env[name];
    const size = path === undefined ? undefined : readSize(path);
    return path === undefined || size === undefined ? [] : [{ path, size }];
  });
  try {
    write();
  } catch (error) {
    // What @actions/core throws for a file that is gone has no code.
    const code = before.every(({ path }) => fs.existsSync(path)) ? readCode(error) : 'ENOENT';
    for (const { path, size } of before) restore(path, size);
    throw new FileCommandError(
      `Could not write the files of the step (${code}), so nothing was published`,
      {
        topic: 'file-command-failed',
        hint: "Check that the runner's disk has space left, and that no earlier step changed the files that GITHUB_OUTPUT, GITHUB_ENV, GITHUB_STATE and GITHUB_STEP_SUMMARY name",
        cause: new Error(code),
      },
    );
  }
}

function readSize(path: string): number | undefined {
  try {
    const stats = fs.statSync(path);
    return stats.isFile() ? stats.size : undefined;
  } catch {
    return undefined;
  }
}

function restore(path: string, size: number): void {
  try {
    fs.truncateSync(path, size);
  } catch {
    // What cannot be written cannot be put back either; the step fails in any case.
  }
}
