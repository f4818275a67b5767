// Where the action says that it lives.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { troubleshootingUrl } from '../src/about.ts';

test('an error leads to its paragraph in the README of the repository that package.json names', () => {
  const file = resolve(import.meta.dirname, '../package.json');
  const { repository } = JSON.parse(readFileSync(file, 'utf8')) as { repository: string };
  expect(repository).toMatch(/^github:[\w-]+\/[\w.-]+$/);
  expect(troubleshootingUrl('wrong-scope')).toBe(
    `https://github.com/${repository.replace('github:', '')}#wrong-scope`,
  );
});
