// action.yml, the code, the bundle and the documents' tables have the same names and defaults.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readAction } from '../../dev/runner/action.ts';
import { root } from '../../dev/support/repository.ts';
import { INPUTS, type Inputs } from '../../src/inputs/inputs.ts';
import { readInputs, type Skipped } from '../../src/inputs/read.ts';
import { SERVICE_NAMES } from '../../src/services.ts';
import { saveRevocationState } from '../../src/steps/revocation-state.ts';
import { runMain } from '../support/bundle.ts';
import { startRun } from '../support/context.ts';
import { CREDENTIALS } from '../support/credentials.ts';
import { type Given, record } from '../support/recording.ts';
import { start } from '../support/stand-in.ts';
import { giveToken } from '../support/tokens.ts';

const action = readAction();

/** The first cells of the table in one of the generated regions of a document. */
function listRows(region: string, document = 'README.md'): readonly string[] {
  const text = readFileSync(join(root, document), 'utf8');
  const [, table = ''] =
    new RegExp(`<!-- ${region} -->.*?---.*?$(.*)<!-- /${region} -->`, 'ms').exec(text) ?? [];
  return [...table.matchAll(/^\| \[?`([\w-]+)`/gm)].map(([, name = '']) => name);
}

describe('inputs', () => {
  const withDefault = action.inputs.filter((input) => input.default !== undefined);

  /** What the code makes of the credentials and of `given`. */
  function read(given: Given): Inputs | Skipped {
    return readInputs(record({ inputs: { ...CREDENTIALS, ...given } }).runner);
  }

  test('have the same names everywhere', () => {
    const names = action.inputs.map(({ name }) => name);
    expect(names).toEqual(Object.keys(INPUTS));
    expect(listRows('inputs')).toEqual(names);
  });

  test('have a description each, and none is required by the runner', () => {
    for (const { name, description, required } of action.inputs) {
      expect([name, description, required]).toEqual([name, expect.stringMatching(/\S/), false]);
    }
  });

  test('have in action.yml the defaults that the code has, and none where absence means something', () => {
    const defaults = action.inputs.map((input) => [input.name, input.default ?? '']);
    expect(Object.fromEntries(defaults)).toEqual(INPUTS);
    expect(withDefault.map(({ name }) => name)).toEqual([
      'export-env',
      'verify',
      'seal',
      'revoke',
      'on-missing-credentials',
      'summary',
      'timeout',
      'max-attempts',
    ]);
  });

  test.each(withDefault)('to give $name its default changes nothing', (input) => {
    expect(read({ [input.name]: input.default ?? '' })).toEqual(read({}));
  });

  test('a run without its credentials fails, where nothing says that it may be skipped', () => {
    const trigger = { payload: { repository: { fork: true } } };
    const readWithout = (given: Given) => () =>
      readInputs(record({ inputs: given, trigger }).runner);
    expect(readWithout({})).toThrow('are empty');
    expect(readWithout({ 'on-missing-credentials': 'fail' })).toThrow('are empty');
    expect(readWithout({ 'on-missing-credentials': 'skip' })).not.toThrow();
  });
});

describe('services', () => {
  test('have the same names everywhere', () => {
    const { description = '' } = action.inputs.find(({ name }) => name === 'service') ?? {};
    const [, list = ''] = /One or more of (.*)\.$/m.exec(description) ?? [];
    expect(list.split(/, | and /)).toEqual([...SERVICE_NAMES]);
    expect(listRows('services', 'docs/SERVICES.md')).toEqual([...SERVICE_NAMES]);
  });
});

describe('outputs', () => {
  test('have the same names everywhere, and the action gives all of them', async () => {
    const names = action.outputs.map(({ name }) => name);
    expect(listRows('outputs')).toEqual(names);
    const inputs = { seal: 'true', 'org-id': '12@AdobeOrg' };
    const { outputs } = await runMain(await start(), { inputs });
    expect([...Object.keys(outputs), 'error']).toEqual(names);
  });
});

describe('the steps', () => {
  test('are scripts that exist, for a Node no newer than the one that tests run on', () => {
    const { using, main, post } = action.runs;
    const major = readFileSync(join(root, '.node-version'), 'utf8').trim();
    expect(using).toBe(`node${major}`);
    expect(Number.parseInt(process.versions.node, 10)).toBeGreaterThanOrEqual(Number(major));
    for (const script of [main, post ?? ''])
      expect([script, existsSync(script)]).toEqual([script, true]);
  });

  test('post follows on the variable that main sets', () => {
    const { context, recording } = startRun({ inputs: { revoke: 'true' } });
    saveRevocationState(context, [{ token: giveToken().value, fingerprint: 'salt.digest' }]);
    const [[name, value] = []] = Object.entries(recording.pairs('variable'));
    expect(action.runs.postIf).toBe(`always() && env.${name} == '${value}'`);
  });
});
