// Types alone: loaded by nobody but this test, so that coverage knows that there is nothing to run.
import { expect, test } from '@jest/globals';

test('publication.ts is types alone', async () => {
  expect(Object.keys(await import('../../src/steps/publication.ts'))).toEqual([]);
});
