/** The runner's side of a step: the only file that touches @actions/core, and the one that reads the environment. */

import * as fs from 'node:fs';
import * as core from '@actions/core';
import type { Topic } from '../errors.ts';
import { proxySecrets } from '../http/proxy.ts';
import { withLink } from '../messages.ts';
import { createRedactor, MIN_HIDDEN_LENGTH } from '../secrets/redact.ts';
import { encodedForms, type Masked, type Publishable, Secret } from '../secrets/secret.ts';
import { type Result, readJson } from '../values.ts';
import { findFileFault, refuseFifo, writeAtomically } from './command-files.ts';
import { type Concern, concernsForeignCode, type Trigger, withheldBecause } from './event.ts';
import { readBounded, readNamed, writeNamed } from './files.ts';
import type { FileCommand, InputSource } from './source.ts';

const TITLE = 'Adobe IMS Access Token';

/** Longer values are masked as they are alone: their other forms would fill the log. */
const MAX_FORMS_LENGTH = 16 * 1024;

/** What GitHub sends is usually below 1 MiB. Its cap of 25 MB may take seconds to parse, which no deadline ends. */
const MAX_EVENT_BYTES = 2 * 1024 * 1024;

export interface Runner extends InputSource {
  /** Has the runner hide a secret, and the forms in which it travels, from here on. */
  readonly mask: (secret: Secret) => Masked;
  readonly output: (name: string, value: Publishable) => void;
  readonly exportVariable: (name: string, value: Publishable) => void;
  readonly saveState: (name: string, value: Publishable) => void;
  readonly state: (name: string) => string;
  readonly writeSummary: (markdown: string) => void;
  /**
   * Runs what writes outputs, variables, state and summary, all or nothing.
   * @throws {FileCommandError} when a write fails.
   */
  readonly atomically: (write: () => void) => void;
  /** The text of a file that an input names, undefined where there is none; relative to the workspace. */
  readonly readFile: (path: string, maxBytes: number) => Result<string | undefined>;
  /** Writes such a file, all or nothing. */
  readonly writeFile: (path: string, text: string) => Result<true>;
  /** Whose code this run may be about, where that is not this repository's alone. */
  readonly foreignCode: () => Concern | undefined;
  readonly eventName: string;
  readonly isDebug: boolean;
  readonly nodeVersion: string;
  readonly info: (line: string) => void;
  readonly debug: (line: string) => void;
  readonly notice: (sentence: string, topic: Topic) => void;
  readonly warning: (sentence: string, topic: Topic) => void;
  /** Shows an error, and gives it as it is shown. */
  readonly error: (line: string) => string;
  /** Shows a warning that has its link already. */
  readonly warningLine: (line: string) => void;
  /** Calls the listener when the job is cancelled, instead of ending the process. */
  readonly onCancel: (listener: () => void) => void;
}

/** The runner that started this process. Secrets in proxy variables are masked at once. */
export function openRunner(): Runner {
  const { env } = process;
  const { hide, redact, conceal } = createRedactor();
  const maskValue = (value: string) => {
    // The runner takes each line for a mask of its own: the mask of a single letter would hide most of the log.
    for (const line of value.split(/[\r\n]/)) {
      if (line.length >= MIN_HIDDEN_LENGTH) core.setSecret(line);
    }
  };
  for (const secret of proxySecrets(env)) {
    hide(new Secret(secret));
    maskValue(secret);
  }
  const trigger: Trigger = {
    name: env['GITHUB_EVENT_NAME'] ?? '',
    actor: env['GITHUB_ACTOR'] ?? '',
    payload: () => readJson(readBounded(env['GITHUB_EVENT_PATH'] ?? '', MAX_EVENT_BYTES) ?? ''),
  };
  const folder = env['GITHUB_WORKSPACE'] ?? '';
  const link = (sentence: string, topic: Topic) => conceal(withLink(sentence, topic));
  const writeTo = (name: FileCommand, write: (path: string) => void) => {
    const path = env[name] ?? '';
    refuseFifo(path);
    write(path);
  };
  return {
    env,
    eventName: trigger.name,
    isDebug: core.isDebug(),
    nodeVersion: process.version,
    input: (name, options) => core.getInput(name, options),
    withheld: () => withheldBecause(trigger),
    foreignCode: () => concernsForeignCode(trigger),
    fileFault: (name) => findFileFault(name, env[name]),
    mask: (secret) => {
      hide(secret);
      const value = secret.reveal();
      maskValue(value);
      if (value.length <= MAX_FORMS_LENGTH) {
        for (const form of encodedForms(secret)) maskValue(form.reveal());
      }
      return secret as Masked;
    },
    redact,
    output: (name, value) => writeTo('GITHUB_OUTPUT', () => core.setOutput(name, reveal(value))),
    exportVariable: (name, value) =>
      writeTo('GITHUB_ENV', () => core.exportVariable(name, reveal(value))),
    saveState: (name, value) => writeTo('GITHUB_STATE', () => core.saveState(name, reveal(value))),
    state: (name) => core.getState(name),
    writeSummary: (markdown) =>
      writeTo('GITHUB_STEP_SUMMARY', (path) => fs.appendFileSync(path, markdown)),
    atomically: (write) => writeAtomically(env, write),
    readFile: (path, maxBytes) => readNamed({ path, folder }, maxBytes),
    writeFile: (path, text) => writeNamed({ path, folder }, text),
    info: (line) => core.info(conceal(line)),
    debug: (line) => core.debug(conceal(line)),
    notice: (sentence, topic) => core.notice(link(sentence, topic), { title: TITLE }),
    warning: (sentence, topic) => core.warning(link(sentence, topic), { title: TITLE }),
    error: (line) => {
      const shown = conceal(line);
      core.error(shown, { title: TITLE });
      return shown;
    },
    warningLine: (line) => core.warning(conceal(line), { title: TITLE }),
    onCancel: (listener) => {
      process.on('SIGINT', listener);
      process.on('SIGTERM', listener);
    },
  };
}

function reveal(value: Publishable): string {
  return value instanceof Secret ? value.reveal() : value;
}
