// The action as it ships, run as a process by a runner, and held to what every run promises.
import { EOL } from 'node:os';
import { expect } from '@jest/globals';
import { readAction } from '../../dev/runner/action.ts';
import { type Command, parseCommands } from '../../dev/runner/commands.ts';
import { findStepLeaks } from '../../dev/runner/leaks.ts';
import { runStep, type StepOptions, type StepResult } from '../../dev/runner/step.ts';
import { CREDENTIALS } from './credentials.ts';
import { writeTranscript } from './transcript.ts';

/** The deadline of the post step, which no input changes. */
const POST_TIMEOUT_S = 20;

/** Whom the action asks, and what must not be seen of the answers. */
export interface Server {
  readonly url: string;
  readonly tokens?: readonly string[];
}

export interface RunOptions extends StepOptions {
  /** What must not be seen beside the client secrets and the tokens. */
  readonly passwords?: readonly string[];
}

export interface Run extends StepResult {
  /** The inputs that it was given. */
  readonly inputs: Readonly<Record<string, string>>;
  /** The output `error`, which `outputs` leaves out: it repeats the error's line. */
  readonly errorOutput: string | undefined;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  readonly notices: readonly string[];
  readonly debug: readonly string[];
  /** Nothing but lines for a person: no command. */
  readonly infos: readonly string[];
  /** The whole of it, without what must differ from run to run. */
  readonly transcript: string;
}

/** Runs the main step with good credentials, unless `inputs` gives others, against `server`. */
export function runMain(server: Server, options: RunOptions = {}): Promise<Run> {
  const inputs: Readonly<Record<string, string>> = {
    ...CREDENTIALS,
    'ims-url': server.url,
    ...options.inputs,
  };
  const timeoutS = Number(inputs['timeout'] ?? 60) || 60;
  return run(server, { ...options, inputs }, timeoutS);
}

/** Runs the post step as it follows `main`: the same inputs, its state, its environment variables. */
export function runPost(server: Server, main: Run, options: RunOptions = {}): Promise<Run> {
  const { inputs, state } = main;
  const env = { ...main.env, ...options.env };
  const bundle = readAction().runs.post ?? '';
  return run(server, { inputs, state, ...options, env, bundle }, POST_TIMEOUT_S);
}

async function run(server: Server, options: RunOptions, timeoutS: number): Promise<Run> {
  const { outputs: all, ...ended } = await runStep(options);
  const { error: errorOutput, ...outputs } = all;
  const result = {
    ...ended,
    outputs,
    // Windows ends lines in its own way, and the runner takes both.
    stdout: ended.stdout.replaceAll(EOL, '\n'),
    summary: ended.summary.replaceAll(EOL, '\n'),
  };
  const inputs = options.inputs ?? {};
  const secrets = (inputs['client-secret'] ?? '').split(/[\r\n]+/).map((line) => line.trim());
  const known = {
    host: new URL(server.url).host,
    secrets: [...secrets.filter((secret) => secret !== ''), ...(options.passwords ?? [])],
    tokens: server.tokens ?? [],
  };
  const commands = parseCommands(result.stdout);
  const messages = (wanted: string) =>
    commands.filter(({ name }) => name === wanted).map(({ message }) => message);
  const ran: Run = {
    ...result,
    inputs,
    errorOutput,
    errors: messages('error'),
    warnings: messages('warning'),
    notices: messages('notice'),
    debug: messages('debug'),
    infos: result.stdout.split('\n').filter((line) => line !== '' && !line.startsWith('::')),
    transcript: writeTranscript(result, known),
  };
  expect(
    findStepLeaks({ ...result, outputs: all }, { secret: known.secrets, token: known.tokens }),
  ).toEqual([]);
  expectOnlyOwnText(ran, commands);
  expectWholeOrNothing(ran);
  expect(ran.durationMs).toBeLessThan((timeoutS + 2) * 1000);
  return ran;
}

/** A run that fails says so in one line, wherever it still can, and publishes nothing but that line. */
function expectWholeOrNothing(run: Run): void {
  const { exitCode, stdout, errors, errorOutput, outputs, env } = run;
  expect(errors).toHaveLength(exitCode === 1 && stdout !== '' ? 1 : 0);
  if (errorOutput !== undefined) expect(errorOutput).toBe(errors[0]);
  if (exitCode === 0) return;
  const variables = Object.keys(env).filter((name) => name !== 'ADOBE_IMS_TOKEN_REVOKE');
  expect({ outputs, variables }).toEqual({ outputs: {}, variables: [] });
}

/** What the runner and a terminal get is lines and commands that the action means, and nothing else. */
function expectOnlyOwnText({ stdout, stderr, rawFiles }: Run, commands: readonly Command[]): void {
  expect(stderr).toBe('');
  expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
  for (const { syntax, name, message, properties } of commands) {
    const title = { title: 'Adobe IMS Access Token' };
    const annotation = ['error', 'warning', 'notice'].includes(name);
    expect({ syntax, properties }).toEqual({ syntax: '::', properties: annotation ? title : {} });
    expect(['add-mask', 'debug', 'error', 'warning', 'notice']).toContain(name);
    // A mask of a word would blacken the log.
    if (name === 'add-mask') expect(message.length).toBeGreaterThan(6);
  }
  expect(Object.keys(rawFiles).filter((path) => path.includes('/'))).toEqual([]);
}
