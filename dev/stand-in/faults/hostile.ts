// Answers by a server that wants its text to be printed: secrets thrown back, and commands for the runner.
import { answerJson, type RecordedRequest, readBearer, readField } from '../exchange.ts';
import { changeFields, type Fault, type Faults, regrant } from './spoil.ts';

/** All that a runner or a terminal could take for more than text. */
const commands = [
  'x\n::add-mask::x',
  '\r::error::x',
  '\r\n  ::set-output name=x::y',
  '##[add-path]/tmp',
  ' ##[set-env name=X]y',
  '%0A::set-env name=X::y',
  '%0D%0A::stop-commands::x',
  '\u001b[31mred\u001b[0m\u001b]0;title\u0007\u009b2J',
  '\u0000',
  '\u2028::warning::x\u2029::notice::x\u0085::debug::x',
  '\u202eright to left',
].join('');

/** What GitHub would show as more than text in an issue, and whom it would notify. */
const markdown =
  '``` @team **bold** <!-- [link](https://a.test) #1 @somebody/reviewers ~~~ someone@a.test';

export const hostileFaults: Faults = {
  echo: repeat('An error that repeats every secret it was sent', 400, echoSecrets),
  commands: repeat('An error full of commands', 400, () => commands),
  markdown: repeat('An error full of Markdown and mentions', 400, () => markdown),
  'commands-invalid': repeat('A reason full of commands', 200, () => commands),
  'commands-200': changeFields('A token whose type is full of commands', () => ({
    token_type: `bearer${commands}`,
  })),
  'commands-scope': regrant('A good answer with a token whose scopes are full of commands', () => ({
    scope: `openid,${commands}`,
  })),
};

/** An answer with `text` in every field that a client may want to show, and in every such header what a header may hold of it. */
function repeat(about: string, status: number, text: (request: RecordedRequest) => string): Fault {
  return {
    about,
    make: (request) => {
      const shown = text(request);
      const names = ['error', 'error_description', 'error_code', 'message', 'reason'];
      const fields = Object.fromEntries(names.map((name) => [name, shown]));
      const header = shown.replace(/[^\t\x20-\x7e\x80-\xff]/g, '');
      const headers = { 'x-debug-id': header, 'x-request-id': header, 'x-access-error': header };
      return answerJson(status, { ...fields, valid: false }, headers);
    },
  };
}

/** The request's secret and token, raw and as they came in the form. */
function echoSecrets(request: RecordedRequest): string {
  const fields = new URLSearchParams();
  for (const name of ['client_secret', 'token']) fields.set(name, readField(request, name));
  return [...fields.values(), readBearer(request), fields].join(' ');
}
