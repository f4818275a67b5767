// `npm start`: runs the committed bundle on this machine as GitHub's runner would, and shows what a person would see.
import { type Action, readAction } from './runner/action.ts';
import { createRenderer, maskText } from './runner/log.ts';
import { runStep, type StepOptions, type StepResult } from './runner/step.ts';
import { type Arguments, describeUsage, parseArguments } from './start/arguments.ts';
import { describeResult, describeSection } from './start/report.ts';
import { chooseSettings, type Settings } from './start/settings.ts';

try {
  process.exitCode = await start(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}

async function start(words: readonly string[]): Promise<number> {
  const action = readAction();
  const given = parseArguments(words, action);
  if (given.help) {
    print(describeUsage(action));
    return 0;
  }
  if (!process.version.startsWith('v24.')) {
    print(
      `This is Node ${process.version}; GitHub runs the action on Node 24, as npm start does\n`,
    );
  }
  const settings = await chooseSettings(given);
  try {
    print(`${describeServer(settings)}\n\n`);
    return await runJob(action, given, settings);
  } finally {
    await settings.standIn?.close();
  }
}

/** The step, and the post step where the job would run it. */
async function runJob(action: Action, given: Arguments, settings: Settings): Promise<number> {
  const main = await show(given, settings, {});
  if (action.runs.post && main.env['ADOBE_IMS_TOKEN_REVOKE'] === 'true') {
    print(describeSection('Post step', ''));
    const { state } = main;
    await show(given, settings, { bundle: action.runs.post, state });
  }
  return main.exitCode ?? 1;
}

async function show(
  given: Arguments,
  { inputs, env, standIn }: Settings,
  options: StepOptions,
): Promise<StepResult> {
  const secrets = inputs['client-secret']?.split('\n').map((line) => line.trim()) ?? [];
  // The action masks all of this; should it ever fail to, nothing is shown here all the same.
  const hide = (text: string) => maskText(text, [...secrets, ...(standIn?.tokens ?? [])]);
  const render = createRenderer({ debug: given.debug });
  const result = await runStep({
    ...options,
    inputs,
    env: { ...env, ...(given.debug && { RUNNER_DEBUG: '1' }) },
    killAfterMs: ((Number(inputs['timeout']) || 60) + 30) * 1000,
    onLine: (line) => {
      const text = render(line);
      if (text !== undefined) print(`${hide(text)}\n`);
    },
  });
  const token = result.outputs['access-token'] ?? '';
  const masks = [...result.masks, token, result.state['token'] ?? ''];
  print(describeResult(result, (text) => hide(maskText(text, masks))));
  const seconds = (result.durationMs / 1000).toFixed(2);
  print(`\nExit code ${result.exitCode ?? result.signal} after ${seconds} s\n`);
  return result;
}

function describeServer({ standIn }: Settings): string {
  if (!standIn) return 'Asking IMS with ADOBE_CLIENT_ID and ADOBE_CLIENT_SECRET';
  return `ADOBE_CLIENT_ID and ADOBE_CLIENT_SECRET are not set: an IMS stand-in runs on ${standIn.url}`;
}

function print(text: string): void {
  process.stdout.write(text);
}
