/** The runner's side of the step: the only file that touches @actions/core, process and files. */

import { accessSync, appendFileSync, constants, readFileSync } from 'node:fs';
import * as core from '@actions/core';
import { describeError } from '../errors.ts';
import { isLookupPending } from '../http/dns.ts';
import { proxySecrets } from '../http/environment.ts';
import type { InputSource } from '../inputs/read.ts';
import { defuse } from '../secrets/redact.ts';
import { encodedForms, type Masked, type Publishable, Secret } from '../secrets/secret.ts';

const TITLE = 'Adobe IMS Access Token';

export interface Runner extends InputSource {
  /** Has the runner hide a secret, and the forms in which it travels, from here on. */
  readonly mask: (secret: Secret) => Masked;
  readonly output: (name: string, value: Publishable) => void;
  readonly exportVariable: (name: string, value: Publishable) => void;
  readonly saveState: (name: string, value: Publishable) => void;
  readonly state: (name: string) => string;
  readonly writeSummary: (markdown: string) => void;
  readonly info: (line: string) => void;
  readonly debug: (line: string) => void;
  readonly notice: (line: string) => void;
  readonly warning: (line: string) => void;
  readonly error: (line: string) => void;
  /** Calls the listener when the job is cancelled, instead of ending the process. */
  readonly onCancel: (listener: () => void) => void;
}

/** The runner that started this process. Secrets in proxy variables are masked at once. */
export function openRunner(): Runner {
  // `tunnel` still calls Buffer(): nothing that a user could act on.
  process.noDeprecation = true;
  const hidden: string[] = [];
  const safe = (line: string) =>
    defuse(hidden.reduce((text, secret) => text.replaceAll(secret, '***'), line));
  const hide = (secret: Secret) => {
    hidden.push(secret.reveal());
    core.setSecret(secret.reveal());
  };
  for (const secret of proxySecrets(process.env)) hide(new Secret(secret));
  return {
    env: process.env,
    input: (name, options) => core.getInput(name, options),
    trigger: () => ({
      name: process.env['GITHUB_EVENT_NAME'] ?? '',
      actor: process.env['GITHUB_ACTOR'] ?? '',
      // Read when it is asked for: it may be large, and a good run seldom asks.
      get payload() {
        return readPayload(process.env['GITHUB_EVENT_PATH']);
      },
    }),
    fileFault: (name) => fileFault(process.env[name]),
    mask: (secret) => {
      for (const form of [secret, ...encodedForms(secret)]) hide(form);
      return secret as Masked;
    },
    output: (name, value) => core.setOutput(name, reveal(value)),
    exportVariable: (name, value) => core.exportVariable(name, reveal(value)),
    saveState: (name, value) => core.saveState(name, reveal(value)),
    state: (name) => core.getState(name),
    writeSummary: (markdown) => appendFileSync(process.env['GITHUB_STEP_SUMMARY'] ?? '', markdown),
    info: (line) => core.info(safe(line)),
    debug: (line) => core.debug(safe(line)),
    notice: (line) => core.notice(safe(line), { title: TITLE }),
    warning: (line) => core.warning(safe(line), { title: TITLE }),
    error: (line) => core.error(safe(line), { title: TITLE }),
    onCancel: (listener) => {
      process.on('SIGINT', listener);
      process.on('SIGTERM', listener);
    },
  };
}

/**
 * Runs a step and ends the process: with 0, or with one line that says what failed. That is an error,
 * and 1, unless the step must not fail the job. It ends even when a connection that nobody waits for
 * is still open, and when nothing is left that could bring the step to its end.
 */
export async function run(
  step: (runner: Runner) => Promise<void>,
  failure: 'error' | 'warning' = 'error',
): Promise<void> {
  const runner = openRunner();
  const code = failure === 'error' ? 1 : 0;
  const fail = (error: unknown) => {
    runner[failure](describeError(error));
    return exit(code);
  };
  // With nobody left to read it, an error line would be the next error, for ever.
  process.stdout.on('error', () => process.exit(code));
  process.on('uncaughtException', fail);
  // Node has run out of work: the step waits for what never comes, and the exit code would be 0.
  process.once('beforeExit', () => fail(new UnfinishedStepError()));
  await step(runner).then(() => exit(0), fail);
}

/** The step waits for something, and no timer, connection or file is left that could bring it. */
class UnfinishedStepError extends Error {
  override readonly name = 'UnfinishedStepError';
}

async function exit(code: number): Promise<void> {
  // Pipes are written asynchronously on Windows: what is under way must be out first.
  await new Promise<void>((resolve) => process.stdout.write('', () => resolve()));
  // A lookup that hangs would hold `exit` until the resolver gives up: a failure need not wait for that.
  if (code !== 0 && isLookupPending()) process.kill(process.pid, 'SIGKILL');
  process.exit(code);
}

function reveal(value: Publishable): string {
  return value instanceof Secret ? value.reveal() : value;
}

function readPayload(path: string | undefined): unknown {
  try {
    return JSON.parse(readFileSync(path ?? '', 'utf8'));
  } catch {
    return undefined;
  }
}

function fileFault(path: string | undefined): string | undefined {
  if (!path) return 'is not set';
  try {
    accessSync(path, constants.W_OK);
    return undefined;
  } catch {
    return 'names a file that cannot be written';
  }
}
