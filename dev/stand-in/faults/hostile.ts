// Answers by a server that wants its text to be printed: secrets thrown back, and commands for the runner.
import {
  type Answer,
  answerJson,
  answerWith,
  type Faults,
  type RecordedRequest,
  readBearer,
  readField,
} from '../exchange.ts';

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
  echo: answerWith('An error that repeats every secret it was sent', (request) =>
    answerEverywhere(400, echoSecrets(request)),
  ),
  commands: answerWith('An error full of commands', () => answerEverywhere(400, commands)),
  markdown: answerWith('An error full of Markdown and mentions', () =>
    answerEverywhere(400, markdown),
  ),
  'commands-200': answerWith(
    'A token whose type and scopes are full of commands',
    (_request, { grant }) =>
      answerJson(200, {
        ...grant({ scope: `openid,${commands}` }),
        token_type: `bearer${commands}`,
      }),
  ),
  'commands-scope': answerWith(
    'A good answer with a token whose scopes are full of commands',
    (_request, { grant }) => answerJson(200, grant({ scope: `openid,${commands}` })),
  ),
  'commands-invalid': answerWith('A token found invalid for a reason full of commands', () =>
    answerEverywhere(200, commands),
  ),
};

/** An answer with `text` in every field that a client may want to show, and in every such header what a header may hold of it. */
function answerEverywhere(status: number, text: string): Answer {
  const header = text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '');
  return answerJson(
    status,
    {
      error: text,
      error_description: text,
      error_code: text,
      message: text,
      valid: false,
      reason: text,
    },
    { 'x-debug-id': header, 'x-request-id': header, 'x-access-error': header },
  );
}

/** The request's secret and token, raw and as they came in the form. */
function echoSecrets(request: RecordedRequest): string {
  const fields = new URLSearchParams();
  for (const name of ['client_secret', 'token']) fields.set(name, readField(request, name));
  return [...fields.values(), readBearer(request), fields].join(' ');
}
