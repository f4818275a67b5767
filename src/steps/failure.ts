/** What a failed step leaves behind: its line in the log, the output `error`, and a row in the summary. */

import type { Runner } from '../github/runner.ts';
import { parseBoolean } from '../inputs/parsers.ts';
import { describeError } from '../messages.ts';
import { ignoreCancel } from './cancellation.ts';
import { debugFrames } from './diagnostics.ts';
import { listFailureOutputs } from './outputs.ts';
import { renderFailure } from './summary.ts';

/** Tells that the main step failed, and why. */
export function reportFailure(runner: Runner, error: unknown): void {
  ignoreCancel(runner);
  debugFrames(runner, error);
  const shown = runner.error(describeError(error));
  const isWritable = (name: 'GITHUB_OUTPUT' | 'GITHUB_STEP_SUMMARY') =>
    runner.fileFault(name) === undefined;
  const summary = parseBoolean(runner.input('summary'));
  const wantsSummary = 'value' in summary && summary.value;
  if (isWritable('GITHUB_OUTPUT')) {
    tryTo(runner, () => {
      for (const [name, value] of listFailureOutputs(shown)) runner.output(name, value);
    });
  }
  if (wantsSummary && isWritable('GITHUB_STEP_SUMMARY')) {
    tryTo(runner, () => runner.writeSummary(renderFailure(shown)));
  }
}

/** Tells that the post step failed: a job that did its work must not fail with it. */
export function reportPostFailure(runner: Runner, error: unknown): void {
  debugFrames(runner, error);
  runner.warningLine(describeError(error));
}

/** The step has failed already: what cannot be written is not worth another error, and none of it is left. */
function tryTo(runner: Runner, write: () => void): void {
  try {
    runner.atomically(write);
  } catch {
    // The error's line stands in the log.
  }
}
