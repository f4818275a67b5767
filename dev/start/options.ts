// What `npm start` is told: inputs of the action, failures of the stand-in, and how much to show.
import type { ParseArgsOptionsConfig } from 'node:util';
import type { Action } from '../runner/action.ts';
import { faults, splitNames } from '../stand-in/faults.ts';
import type { StandInOptions } from '../stand-in/options.ts';

export interface Options {
  /** The action's inputs, as they would stand under `with:`. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Those that the stand-in answers each kind of request with. */
  readonly failures: Required<Pick<StandInOptions, 'fail' | 'failVerify' | 'failRevoke'>>;
  readonly debug: boolean;
}

/** As `parseArgs` wants them: each input of the action has its own. */
export function listOptions({ inputs }: Action): ParseArgsOptionsConfig {
  const text = { type: 'string' } as const;
  return {
    ...Object.fromEntries(inputs.map(({ name }) => [name, text])),
    fail: text,
    'fail-verify': text,
    'fail-revoke': text,
    debug: { type: 'boolean' },
    list: { type: 'boolean' },
  };
}

/** Reads what `parseArgs` has made of them. */
export function readOptions(values: Readonly<Record<string, unknown>>): Options {
  const texts = Object.entries(values).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const {
    fail,
    'fail-verify': failVerify,
    'fail-revoke': failRevoke,
    ...inputs
  } = Object.fromEntries(texts);
  return {
    inputs,
    failures: {
      fail: repeatLast(fail),
      failVerify: repeatLast(failVerify),
      failRevoke: repeatLast(failRevoke),
    },
    debug: values['debug'] === true,
  };
}

export function describeUsage({ inputs }: Action): string {
  const lines = inputs.map(({ name, default: value, description }) => {
    const [sentence = ''] = description.trim().split(/(?<=\.)\s|\n/);
    const text = wrapWords(`${sentence}${value ? ` (${value})` : ''}`, 29);
    return `  --${name.padEnd(24)} ${text.trimStart()}`;
  });
  return `npm start -- [--<input> <value>] [--fail <names>] [--debug]

Runs the committed bundle as GitHub's runner would, against the real IMS where ADOBE_CLIENT_ID and
ADOBE_CLIENT_SECRET are set, else against a stand-in for it on this machine.

Inputs of the action:
${lines.join('')}
Failures of the stand-in, separated by commas, one a request; the last repeats, so end with "good" to recover:
  --fail                     when a token is requested
  --fail-verify              when it is verified
  --fail-revoke              when it is revoked
${wrapWords(Object.keys(faults).join(' '), 2)}
  --list                     says what each of them is about
  --debug                    shows what RUNNER_DEBUG=1 adds to the log
  --help, -h                 shows this
`;
}

/** Whoever asks for a failure wants to see its error, which a retry would otherwise hide. */
function repeatLast(text = ''): string[] {
  const names = splitNames(text);
  const last = names.pop();
  if (last === undefined) return [];
  return [...names, last === 'good' || last.endsWith('*') ? last : `${last}*`];
}

/** Lines of at most 100 characters that begin with `indent` blanks. */
function wrapWords(text: string, indent: number): string {
  const line = new RegExp(`(.{1,${100 - indent}})(?: |$)`, 'g');
  return text.replace(line, `${' '.repeat(indent)}$1\n`);
}
