// The shipped bundle when what it waits for never comes, and Node has nothing left to do: Node's own exit code would be 0.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@jest/globals';
import { runMain, runPost } from '../support/bundle.ts';
import { start } from '../support/stand-in.ts';

const preload = pathToFileURL(join(import.meta.dirname, '../support/lose-connections.mjs')).href;
const args = ['--import', preload];

const MESSAGE =
  /^Unexpected UnfinishedStepError in this action, which is a bug: .*#unexpected-error$/;

test('the main step says so in an error, and fails', async () => {
  const standIn = await start();
  const { exitCode, errors, warnings } = await runMain(standIn, { args });
  expect(exitCode).toBe(1);
  expect({ errors, warnings }).toEqual({
    errors: [expect.stringMatching(MESSAGE)],
    warnings: [],
  });
});

test('the post step says so in a warning, and does not fail', async () => {
  const standIn = await start();
  const main = await runMain(standIn, { inputs: { revoke: 'true' } });
  const { exitCode, errors, warnings } = await runPost(standIn, main, { args });
  expect(exitCode).toBe(0);
  expect({ errors, warnings }).toEqual({
    errors: [],
    warnings: [expect.stringMatching(MESSAGE)],
  });
});
