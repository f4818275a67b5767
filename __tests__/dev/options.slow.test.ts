// Options of the developers' scripts that are misspelt or hold nonsense: they stop the script before it does anything.
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readNumber } from '../../dev/support/command.ts';
import { root } from '../../dev/support/repository.ts';
import { runScript } from '../support/script-run.ts';

test.each(['0', '7', '2000'])('%s is a number', (text) => {
  expect(readNumber('runs', text)).toBe(Number(text));
});

test.each(['', 'x', '-1', '1.5', '1e3', ' 7'])('"%s" is none, and the option is named', (text) => {
  expect(() => readNumber('runs', text)).toThrow(`--runs takes a whole number, not "${text}"`);
});

test.each([
  ['docs.ts', '--chek', 2, "Unknown option '--chek'"],
  ['release.ts', '--note', 2, "Unknown option '--note': did you mean --notes?"],
  ['stand-in/cli.ts', '--chek', 2, "Unknown option '--chek'"],
  ['stand-in/cli.ts', '--idle-exit=x', 2, '--idle-exit takes a whole number, not "x"'],
  ['build.ts', '--chek', 2, "Unknown option '--chek'"],
  ['bench.ts', '--rounds=x', 2, '--rounds takes a whole number, not "x"'],
  ['mutate.ts', '--modul=retry', 2, "Unknown option '--modul'"],
  ['prove.ts', '--seed=x', 2, '--seed takes a whole number, not "x"'],
  ['prove.ts', '--plant=nope', 2, '--plant takes all, or one of masks-late'],
])('dev/%s does nothing with %s', async (script, option, code, said) => {
  const ended = await runScript(join(root, 'dev', script), [option]);
  expect(ended).toEqual({ code, stdout: '', stderr: expect.stringContaining(said) });
});
