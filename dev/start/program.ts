// Runs the committed bundle on this machine as GitHub's runner would, and shows what a person would see.
import type { ParseArgsOptionsConfig } from 'node:util';
import { readAction } from '../runner/action.ts';
import { createRenderer, maskText } from '../runner/log.ts';
import { runStep, type StepOptions, type StepResult } from '../runner/step.ts';
import { faults } from '../stand-in/faults.ts';
import { runCommand } from '../support/command.ts';
import { describePairs, describeResult } from './report.ts';
import { chooseSettings, type Settings } from './settings.ts';

const action = readAction();

await runCommand({ options: listOptions() }, describeUsage(), async ({ values }) => {
  const { list, debug = false, help: _, ...options } = values;
  if (list) {
    const texts = Object.entries(faults).map(([name, { about }]) => [name, about]);
    print(`${describePairs(Object.fromEntries(texts))}\n`);
    return 0;
  }
  const settings = await chooseSettings(options as Record<string, string>);
  const { standIn } = settings;
  print(
    standIn
      ? `Calling a stand-in for IMS on ${standIn.url}: --help says how to call the real one\n\n`
      : 'Calling IMS with ADOBE_CLIENT_ID and ADOBE_CLIENT_SECRET\n\n',
  );
  try {
    const main = await showStep(settings, debug === true);
    const { post: bundle } = action.runs;
    if (bundle && main.env['ADOBE_IMS_TOKEN_REVOKE'] === 'true') {
      print('\nPost step\n\n');
      await showStep(settings, debug === true, { bundle, state: main.state });
    }
    return main.exitCode ?? 1;
  } finally {
    await standIn?.close();
  }
});

/** As `parseArgs` wants them: each input of the action has its own. */
function listOptions(): ParseArgsOptionsConfig {
  const names = [...action.inputs.map(({ name }) => name), 'fail', 'fail-verify', 'fail-revoke'];
  return {
    ...Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
    debug: { type: 'boolean' },
    list: { type: 'boolean' },
  };
}

function describeUsage(): string {
  const lines = action.inputs.map(({ name, default: value, description }) => {
    const [sentence = ''] = description.trim().split(/(?<=\.)\s|\n/);
    const text = `${sentence}${value ? ` (${value})` : ''}`;
    // The column of the explanations is 71 characters wide, and begins after 29.
    const wrapped = text.replace(/(.{1,71})(?: |$)/g, `$1\n${' '.repeat(29)}`).trimEnd();
    return `  --${name.padEnd(24)} ${wrapped}\n`;
  });
  return `npm start -- [--<input> <value>] [--fail <names>] [--debug]

Runs the committed bundle as GitHub's runner would, against a stand-in for IMS on this machine; or against the real
IMS, if ADOBE_CLIENT_ID and ADOBE_CLIENT_SECRET are set and --credentials, which names a file here, is not given.

Inputs of the action:
${lines.join('')}
Failures of the stand-in, separated by commas, one a request; the last repeats, so end with "good" to recover:
  --fail                     when a token is requested
  --fail-verify              when it is verified
  --fail-revoke              when it is revoked
  --list                     names them, and says what each is about

  --debug                    shows what RUNNER_DEBUG=1 adds to the log
  --help, -h                 shows this
`;
}

async function showStep(
  { inputs, env, standIn }: Settings,
  debug: boolean,
  options: StepOptions = {},
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
  const masks = [...result.masks, result.outputs['access-token'] ?? ''];
  print(describeResult(result, (text) => hide(maskText(text, masks))));
  const seconds = (result.durationMs / 1000).toFixed(2);
  print(`\nExit code ${result.exitCode ?? result.signal} after ${seconds} s\n`);
  return result;
}

function print(text: string): void {
  process.stdout.write(text);
}
