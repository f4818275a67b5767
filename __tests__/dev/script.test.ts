// dev/workflows/script.ts: CI runs on Windows what the example for PowerShell has, not a copy of it.
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { root } from '../../dev/support/repository.ts';
import { runScript } from '../support/script-run.ts';

function print(example: string) {
  return runScript(join(root, 'dev/workflows/script.ts'), [join(root, 'examples', example)]);
}

test('the only script of a workflow is printed', async () => {
  const { code, stdout } = await print('windows-powershell.yml');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^# \$env:.*\nInvoke-RestMethod -Uri "\$env:FIREFLY_URL.*\n$/s);
});

test('one of several is not', async () => {
  const { code, stdout, stderr } = await print('fork-safe.yml');
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/fork-safe.yml has \d scripts, not one/);
});
