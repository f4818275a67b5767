// One step run as the runner runs it: what it is given, and what is collected from it.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readAction } from '../../dev/runner/action.ts';
import { runStep, type StepOptions } from '../../dev/runner/step.ts';
import { isolateEnvironment } from '../support/environment.ts';
import { makeFolder } from '../support/folder.ts';

isolateEnvironment();

const actionYml = `
name: An action
description: Does something
inputs:
  client-id:
    description: Who
    required: true
  two words:
    default: 0060
  export-env:
    default: true
outputs:
  token:
    description: What
runs:
  using: node24
  main: dist/main.js
  post: dist/post.js
  post-if: always()
`;

const folder = makeFolder();
const action = join(folder, 'action.yml');
writeFileSync(action, actionYml);

/** Runs `script` as the action's main. */
async function run(script: string, options: StepOptions = {}) {
  const bundle = join(folder, 'script.mjs');
  writeFileSync(bundle, `import { appendFileSync } from 'node:fs';\n${script}`);
  return runStep({ action, bundle, ...options });
}

async function readEnvironment(options: StepOptions = {}): Promise<Record<string, string>> {
  return JSON.parse((await run('console.log(JSON.stringify(process.env))', options)).stdout);
}

test('action.yml is read with every scalar as a string', () => {
  expect(readAction(action)).toEqual({
    name: 'An action',
    inputs: [
      { name: 'client-id', description: 'Who', default: undefined, required: true },
      { name: 'two words', description: '', default: '0060', required: false },
      { name: 'export-env', description: '', default: 'true', required: false },
    ],
    outputs: [{ name: 'token', description: 'What' }],
    runs: {
      using: 'node24',
      main: join(folder, 'dist/main.js'),
      post: join(folder, 'dist/post.js'),
      postIf: 'always()',
    },
  });
});

describe('a step is given', () => {
  test('its inputs, with defaults for those that are absent', async () => {
    const env = await readEnvironment({ inputs: { 'export-env': '', other: 'x\ny' } });
    expect(env).toMatchObject({
      'INPUT_CLIENT-ID': '',
      INPUT_TWO_WORDS: '0060',
      'INPUT_EXPORT-ENV': '',
      INPUT_OTHER: 'x\ny',
    });
  });

  test('state, variables and an event, and nothing of this environment', async () => {
    process.env['LEAK_FROM_OUTSIDE'] = 'x';
    const env = await readEnvironment({ state: { token: 't' }, env: { RUNNER_DEBUG: '1' } });
    expect(env).toMatchObject({ STATE_token: 't', RUNNER_DEBUG: '1', GITHUB_ACTIONS: 'true' });
    expect(env).not.toHaveProperty('LEAK_FROM_OUTSIDE');
    expect(Object.keys(env).filter((name) => /^NODE_|proxy$/i.test(name))).toEqual([]);
    const { stdout } = await run(
      `import { readFileSync } from 'node:fs';
      process.stdout.write(readFileSync(process.env.GITHUB_EVENT_PATH));`,
      { event: { number: 1 } },
    );
    expect(stdout).toBe('{"number":1}');
  });

  test('no variable that is taken away', async () => {
    const env = await readEnvironment({ env: { GITHUB_STATE: undefined } });
    expect(env).toHaveProperty('GITHUB_OUTPUT');
    expect(env).not.toHaveProperty('GITHUB_STATE');
  });
});

test('all that a step leaves is collected, and its folder removed', async () => {
  const result = await run(
    `const { env } = process;
    console.log('::add-mask::hidden');
    console.error('a mishap');
    appendFileSync(env.GITHUB_OUTPUT, 'a<<E\\n1\\n2\\nE\\n');
    appendFileSync(env.GITHUB_ENV, 'B=3\\n');
    appendFileSync(env.GITHUB_STATE, 'c=4\\n');
    appendFileSync(env.GITHUB_STEP_SUMMARY, '# Done');
    appendFileSync(env.RUNNER_TEMP + '/left.txt', env.HOME);
    process.exitCode = 3;`,
  );
  expect(result).toMatchObject({
    exitCode: 3,
    signal: null,
    timedOut: false,
    stdout: '::add-mask::hidden\n',
    stderr: 'a mishap\n',
    outputs: { a: '1\n2' },
    env: { B: '3' },
    state: { c: '4' },
    summary: '# Done',
    masks: ['hidden'],
  });
  expect(Object.keys(result.rawFiles).toSorted()).toEqual([
    'GITHUB_ENV',
    'GITHUB_OUTPUT',
    'GITHUB_PATH',
    'GITHUB_STATE',
    'GITHUB_STEP_SUMMARY',
    'event.json',
    'temp/left.txt',
  ]);
  expect(existsSync(result.rawFiles['temp/left.txt'] ?? '/')).toBe(false);
});

test('lines are told as they come, the last one too', async () => {
  const lines: string[] = [];
  const onLine = (line: string) => lines.push(line);
  await run(`process.stdout.write('one\\r\\n\\ntwo'); process.stderr.write('three');`, { onLine });
  expect(lines.toSorted()).toEqual(['', 'one', 'three', 'two']);
});

test('a step that the runner would refuse for its file commands is refused', async () => {
  await expect(run(`appendFileSync(process.env.GITHUB_OUTPUT, 'x')`)).rejects.toThrow('neither');
});

describe('a step ends', () => {
  const handler = `process.on('SIGTERM', () => process.exit(7)); setTimeout(() => {}, 60_000);`;

  test('by a signal once something has happened', async () => {
    const { promise: after, resolve } = Promise.withResolvers<void>();
    const script = `${handler} console.log('ready');`;
    const result = await run(script, {
      signal: { name: 'SIGTERM', after },
      onLine: () => resolve(),
    });
    expect(result).toMatchObject({ exitCode: 7, signal: null, timedOut: false });
  });

  test('by a signal that it does not expect', async () => {
    const script = 'setTimeout(() => {}, 60_000);';
    const signal = { name: 'SIGTERM', after: Promise.resolve() } as const;
    const result = await run(script, { signal });
    expect(result).toMatchObject({ exitCode: null, signal: 'SIGTERM', timedOut: false });
  });

  test('at the latest when its time is over', async () => {
    const result = await run(handler, { killAfterMs: 150 });
    expect(result).toMatchObject({ exitCode: null, signal: 'SIGKILL', timedOut: true });
    expect(result.durationMs).toBeLessThan(5000);
  });
});
