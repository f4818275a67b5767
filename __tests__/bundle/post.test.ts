// The entry of the post step: a job that did its work is not failed by its end.
import { expect, test } from '@jest/globals';
import { isolateEnvironment } from '../support/environment.ts';
import { captureEndings, capturePrinted } from '../support/process-output.ts';
import { STATE } from '../support/session.ts';

isolateEnvironment();
const printed = capturePrinted();

test('the post step warns of a token that it cannot revoke, and ends with 0', async () => {
  for (const [name, value] of Object.entries(STATE)) process.env[`STATE_${name}`] = value;
  const endings = captureEndings();
  await import('../../src/post.ts');
  expect(endings).toEqual([0]);
  expect(printed().at(-1)).toMatch(
    /^::warning title=Adobe IMS Access Token::Could not revoke the access token: the client secret that got it \(line 1 of client-secret\) /,
  );
});
