// Where inputs come from, as a test sets it up, and what reading them gives.
import { InputError } from '../../src/errors.ts';
import type { FileCommand } from '../../src/http/environment.ts';
import { type InputSource, type Inputs, readInputs } from '../../src/inputs/read.ts';
import { CREDENTIALS } from './credentials.ts';
import { type RecordingOptions, record } from './recording.ts';

export interface SourceOptions extends Omit<RecordingOptions, 'state'> {
  /** What is wrong with the files of file commands. */
  readonly fileFaults?: Readonly<Partial<Record<FileCommand, string>>>;
}

/** The credentials, unless `inputs` says otherwise, and no other input. */
export function giveSource({ fileFaults = {}, inputs, ...rest }: SourceOptions = {}): InputSource {
  const { runner } = record({ ...rest, inputs: { ...CREDENTIALS, ...inputs } });
  return { ...runner, fileFault: (name) => fileFaults[name] };
}

/** What the credentials alone are read as, with these changes. */
export function giveInputs(changes: Partial<Inputs> = {}): Inputs {
  const read = readInputs(giveSource());
  if ('skipped' in read) throw new Error(read.skipped);
  return { ...read, ...changes };
}

/** The error that wrong inputs end with. */
export function refusalOf(options: SourceOptions): InputError {
  try {
    readInputs(giveSource(options));
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('The inputs are taken');
}
