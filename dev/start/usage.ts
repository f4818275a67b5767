// The options of `npm start`, and the text that explains them.
import type { ParseArgsOptionsConfig } from 'node:util';
import type { Action } from '../runner/action.ts';
import { faults } from '../stand-in/faults.ts';

/** As `parseArgs` wants them: each input of the action has its own. */
export function listOptions({ inputs }: Action): ParseArgsOptionsConfig {
  const names = [...inputs.map(({ name }) => name), 'fail', 'fail-verify', 'fail-revoke'];
  return {
    ...Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
    debug: { type: 'boolean' },
    list: { type: 'boolean' },
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

/** Lines of at most 100 characters that begin with `indent` blanks. */
function wrapWords(text: string, indent: number): string {
  const line = new RegExp(`(.{1,${100 - indent}})(?: |$)`, 'g');
  return text.replace(line, `${' '.repeat(indent)}$1\n`);
}
