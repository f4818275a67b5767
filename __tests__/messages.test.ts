// Where the action says that it lives.
import { expect, test } from '@jest/globals';
import { readRepositoryName } from '../dev/support/repository.ts';
import { troubleshootingUrl } from '../src/about.ts';

test('an error leads to its paragraph in the README of the repository that package.json names', () => {
  const repository = readRepositoryName();
  expect(repository).toMatch(/^[\w-]+\/[\w.-]+$/);
  expect(troubleshootingUrl('wrong-scope')).toBe(`https://github.com/${repository}#wrong-scope`);
});
