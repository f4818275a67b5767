// The benchmark still runs: its contenders do what it demands of them, and the table has a row for each.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { root } from '../../dev/support/repository.ts';
import { runScript } from '../support/script-run.ts';

test('a round is measured, and no document is changed', async () => {
  const document = join(root, 'docs/BENCHMARK.md');
  const before = readFileSync(document, 'utf8');
  const { code, stdout } = await runScript(join(root, 'dev/bench.ts'), ['--rounds', '1']);
  expect(code).toBe(0);
  const rows = [...stdout.matchAll(/^\| (.*?) \| \*\*\d+\.\d\d\*\* \| \d+ \|$/gm)];
  const names = rows.map(([, name]) => name);
  const documented = [...before.matchAll(/^\| (.*?) \| \*\*\d+\.\d\d\*\* \|/gm)];
  expect(names).toEqual(documented.map(([, name]) => name));
  expect(names).toContain('this action: a new token');
  expect(stdout).toContain('| bare `node:https` request | **1.00** |');
  expect(readFileSync(document, 'utf8')).toBe(before);
});
