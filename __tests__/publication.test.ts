// What a run has to publish is a shape, and no more.
import { expect, test } from '@jest/globals';

test('a shape of data brings no code along', async () => {
  expect(Object.keys(await import('../src/publication.ts'))).toEqual([]);
});
