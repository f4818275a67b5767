// Defects that a campaign must find: each is planted in the sources, one at a time, to show that it can fail.
import type { Edit } from './bundle.ts';

const redirect = `if (message.headers.location) {
    const url = new URL(message.headers.location);
    return send({ ...request, url: url.href }, { ...route, url }, limitMs, signal);
  }`;
const check = 'const verified = await cancellation.abandon(verify(context, token));';
const saveState = 'if (inputs.revoke) saveRevocationState(context, issued);';

/** Each by its name, which says what the action then does wrong. */
export const planted: Readonly<Record<string, readonly Edit[]>> = {
  'masks-late': [
    insteadOf(
      'github/runner.ts',
      'maskValue(value);\n',
      "process.once('exit', () => maskValue(value));\n",
    ),
  ],
  'masks-good-tokens-alone': [
    insteadOf('adobe/responses.ts', 'findTokens(body).map(', 'findTokens(body).slice(1).map('),
  ],
  'follows-redirects': [
    after('http/exchange.ts', 'await client.requestRaw(info, request.body ?? null);', redirect),
  ],
  'reads-any-size': [
    insteadOf(
      'http/exchange.ts',
      'const MAX_BODY_BYTES = 256 * 1024;',
      'const MAX_BODY_BYTES = 2 ** 40;',
    ),
  ],
  'prints-the-secret': [
    after(
      'steps/mint.ts',
      'const { inputs, runner, client } = context;',
      "process.stdout.write('::debug::secret=' + secret.reveal() + '\\n');",
    ),
  ],
  'retries-a-400': [
    after(
      'errors.ts',
      'export function isTransient(error: ActionError): boolean {',
      "if (error.message.startsWith('HTTP 400')) return true;",
    ),
  ],
  'exits-0-after-a-cut': [
    insteadOf(
      'github/ending.ts',
      'end(code, () => report(runner, error))',
      "end(String(error).includes('lost before') ? 0 : code, () => report(runner, error))",
    ),
  ],
  'ignores-retry-after': [
    insteadOf(
      'http/retry.ts',
      "const floorMs = error.code === 'HTTP' ? error.advice.retryAfterMs : 0;",
      'const floorMs: number = 0;',
    ),
  ],
  'comes-back-at-once': [
    insteadOf(
      'http/retry.ts',
      'return floorMs + (ceilingMs(attempts) * (1 + random())) / 2;',
      'return floorMs;',
    ),
  ],
  'halves-short-attempts': [
    insteadOf('http/retry.ts', 'MIN_LIMIT_MS = 10_000;', 'MIN_LIMIT_MS = 1_000;'),
  ],
  'waits-for-a-dead-address': [
    insteadOf('http/connection.ts', 'ADDRESS_TIMEOUT_MS = 2_000;', 'ADDRESS_TIMEOUT_MS = 60_000;'),
  ],
  'gives-up-after-a-second': [
    insteadOf('http/retry.ts', 'if (spareMs < 0)', 'if (clock.elapsed() > 1000)'),
  ],
  'saves-state-late': [
    insteadOf('steps/mint.ts', saveState, ''),
    insteadOf(
      'steps/mint.ts',
      'return await mintWithAny(context, issued);',
      `return {
      ...(await mintWithAny(context, issued)),
      save: () => context.inputs.revoke && saveRevocationState(context, issued),
    } as never;`,
    ),
    after('steps/provide-token.ts', check, '(minted as never as { save: () => void }).save();'),
  ],
  'keeps-what-it-cannot-save': [
    insteadOf('steps/mint.ts', 'await revokeAtOnce(context, issued)', "'It was revoked'"),
  ],
  'publishes-half': [
    insteadOf('github/command-files.ts', 'fs.truncateSync(path, size);', 'void size;'),
  ],
  'gives-no-error-output': [
    insteadOf(
      'steps/failure.ts',
      "if (isWritable('GITHUB_OUTPUT'))",
      'if (isWritable.length === 0)',
    ),
  ],
  'takes-anything-for-valid': [
    insteadOf(
      'adobe/responses.ts',
      "if (answer?.['valid'] === true) return;",
      "if (answer?.['valid']) return;",
    ),
  ],
  'has-no-deadline-for-a-body': [
    after(
      'http/exchange.ts',
      'await client.requestRaw(info, request.body ?? null);',
      'clearTimeout(timers.pop());',
    ),
    insteadOf(
      'http/exchange.ts',
      'const timer = setTimeout(() => deadline.reject(timedOut(limitMs)), limitMs);',
      'const timer = setTimeout(() => deadline.reject(timedOut(limitMs)), limitMs);\n  timers.push(timer);',
    ),
    after(
      'http/exchange.ts',
      'const BEGINNING_BYTES = 1024;',
      'const timers: NodeJS.Timeout[] = [];',
    ),
  ],
};

function insteadOf(file: string, find: string, put: string): Edit {
  return { file, find, put };
}

function after(file: string, find: string, more: string): Edit {
  return { file, find, put: `${find}\n${more}` };
}
