// Runs the committed bundle on this machine as GitHub's runner would, and shows what a person would see.
import { readAction } from '../runner/action.ts';
import { createRenderer, maskText } from '../runner/log.ts';
import { runStep, type StepOptions, type StepResult } from '../runner/step.ts';
import { listFaults } from '../stand-in/faults.ts';
import { runCommand } from '../support/command.ts';
import { describeUsage, listOptions, type Options, readOptions } from './options.ts';
import { describeResult, describeSection } from './report.ts';
import { chooseSettings, type Settings } from './settings.ts';

const action = readAction();

await runCommand({ options: listOptions(action) }, describeUsage(action), async ({ values }) => {
  if (values['list']) {
    print(listFaults());
    return 0;
  }
  const options = readOptions(values);
  const settings = await chooseSettings(options);
  try {
    print(`${describeServer(settings)}\n\n`);
    return await runJob(options, settings);
  } finally {
    await settings.standIn?.close();
  }
});

/** The step, and the post step where the job would run it. */
async function runJob(options: Options, settings: Settings): Promise<number> {
  const main = await show(options, settings, {});
  if (action.runs.post && main.env['ADOBE_IMS_TOKEN_REVOKE'] === 'true') {
    print(describeSection('Post step', ''));
    const { state } = main;
    await show(options, settings, { bundle: action.runs.post, state });
  }
  return main.exitCode ?? 1;
}

async function show(
  { debug }: Options,
  { inputs, env, standIn }: Settings,
  options: StepOptions,
): Promise<StepResult> {
  const secrets = inputs['client-secret']?.split('\n').map((line) => line.trim()) ?? [];
  // The action masks all of this; should it ever fail to, nothing is shown here all the same.
  const hide = (text: string) => maskText(text, [...secrets, ...(standIn?.tokens ?? [])]);
  const render = createRenderer({ debug });
  const result = await runStep({
    ...options,
    inputs,
    env: { ...env, ...(debug && { RUNNER_DEBUG: '1' }) },
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
