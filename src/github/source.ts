/** What the inputs are read from: types that `inputs` and `github` share. */

import type { Redact } from '../secrets/redact.ts';
import type { Environment } from '../values.ts';

/** Why GitHub gives a run no secrets. */
export type Withheld = 'fork-pull-request' | 'dependabot' | 'fork';

/** A variable that names the file by which the runner takes outputs, variables, state or the summary. */
export type FileCommand = 'GITHUB_OUTPUT' | 'GITHUB_ENV' | 'GITHUB_STATE' | 'GITHUB_STEP_SUMMARY';

/** Where inputs come from: the runner, or a test. */
export interface InputSource {
  /** An input as it was given, without blanks around it unless they are wanted. */
  readonly input: (name: string, options?: { readonly trimWhitespace: boolean }) => string;
  readonly env: Environment;
  /** Makes foreign text safe to show: nothing of what was masked stays in it. */
  readonly redact: Redact;
  /** Why GitHub withholds this run's secrets; `unknown` where the event cannot be read. */
  readonly withheld: () => Withheld | 'unknown' | undefined;
  /** What keeps a file command's file from being written and what to do about it, or undefined. */
  readonly fileFault: (name: FileCommand) => string | undefined;
}
