// What `npm start` was told: inputs of the action, failures to play, and how much to show.
import { nearest } from '../../src/inputs/spelling.ts';
import type { Action } from '../runner/action.ts';
import { faults, splitNames } from '../stand-in/faults.ts';
import type { StandInOptions } from '../stand-in/options.ts';

export interface Arguments {
  /** The action's inputs, as they would stand under `with:`. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Those that the stand-in plays to each kind of request. */
  readonly failures: Required<Pick<StandInOptions, 'fail' | 'failVerify' | 'failRevoke'>>;
  readonly debug: boolean;
  readonly help: boolean;
}

const failureNames = ['fail', 'fail-verify', 'fail-revoke'];
const flags = ['debug', 'help'];

/** @throws Error for an argument that does not exist, has no value or one too many */
export function parseArguments(words: readonly string[], action: Action): Arguments {
  const valued = [...action.inputs.map(({ name }) => name), ...failureNames];
  const values: Record<string, string> = {};
  const given = new Set<string>();
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [, name = word, joined] = /^--([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
    if (word === `--${name}` && flags.includes(name)) {
      given.add(name);
      continue;
    }
    if (!word.startsWith('--') || !valued.includes(name)) throw unknown(word, name, valued);
    const value = joined ?? rest.shift();
    if (value === undefined) throw new Error(`--${name} needs a value`);
    values[name] = value;
  }
  const { fail, 'fail-verify': failVerify, 'fail-revoke': failRevoke, ...inputs } = values;
  return {
    inputs,
    failures: {
      fail: repeatLast(fail),
      failVerify: repeatLast(failVerify),
      failRevoke: repeatLast(failRevoke),
    },
    debug: given.has('debug'),
    help: given.has('help'),
  };
}

export function describeUsage(action: Action): string {
  const inputs = action.inputs.map(({ name, default: value, description }) => {
    const [sentence = ''] = description.trim().split(/(?<=\.)\s|\n/);
    const text = wrapWords(`${sentence}${value ? ` (${value})` : ''}`, 29);
    return `  --${name.padEnd(24)} ${text.trimStart()}`;
  });
  return `npm start -- [--<input> <value>] [--fail <names>] [--debug]

Runs the committed bundle as GitHub's runner would, against the real IMS where ADOBE_CLIENT_ID and
ADOBE_CLIENT_SECRET are set, else against a stand-in for it on this machine.

Inputs of the action:
${inputs.join('')}
Failures of the stand-in, separated by commas, one a request; the last repeats, so end with "good" to recover:
  --fail                     when a token is asked for
  --fail-verify              when it is verified
  --fail-revoke              when it is revoked
${wrapWords(Object.keys(faults).join(' '), 2)}
What each is about: node dev/stand-in/cli.ts --list

  --debug                    shows what RUNNER_DEBUG=1 adds to the log
`;
}

/** Whoever asks for a failure wants to see its error, which a retry would otherwise hide. */
function repeatLast(text = ''): string[] {
  const names = splitNames(text);
  const last = names.pop();
  if (last === undefined) return [];
  return [...names, last === 'good' || last.endsWith('*') ? last : `${last}*`];
}

function unknown(word: string, name: string, valued: readonly string[]): Error {
  const near = nearest(name, [...valued, ...flags]);
  const hint = near ? `did you mean --${near}?` : 'npm start -- --help lists what there is';
  return new Error(`Unknown argument ${word}: ${hint}`);
}

/** Lines of at most 100 characters, that begin with `indent` blanks. */
function wrapWords(text: string, indent: number): string {
  const line = new RegExp(`(.{1,${100 - indent}})(?: |$)`, 'g');
  return text.replace(line, `${' '.repeat(indent)}$1\n`);
}
