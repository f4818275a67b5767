// Where inputs come from, as a test sets it up, and what reading them gives.
import { InputError } from '../../src/errors.ts';
import type { InputSource } from '../../src/github/source.ts';
import type { Inputs } from '../../src/inputs/inputs.ts';
import { readInputs } from '../../src/inputs/read.ts';
import { readMaskable } from '../../src/inputs/secrets.ts';
import { CREDENTIALS } from './credentials.ts';
import { type RecordingOptions, record } from './recording.ts';

export type SourceOptions = Omit<RecordingOptions, 'state'>;

/** The credentials, unless `inputs` says otherwise, and no other input; its secrets are masked. */
export function giveSource({ inputs, ...rest }: SourceOptions = {}): InputSource {
  const { runner } = record({ ...rest, inputs: { ...CREDENTIALS, ...inputs } });
  for (const secret of readMaskable(runner)) runner.mask(secret);
  return runner;
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
