// The entry of the post step: a job that did its work is not failed by its end.
import { expect, test } from '@jest/globals';
import { clearProxies } from './support/environment.ts';
import { captureEndings, capturePrinted } from './support/printed.ts';

const printed = capturePrinted();

test('the post step warns of a token that it cannot revoke, and ends with 0', async () => {
  clearProxies();
  const state = {
    token: 'opaque-token-of-this-run',
    'client-id': 'the-client',
    'ims-url': 'https://ims-na1.adobelogin.com',
    'secret-line': '1',
  };
  for (const [name, value] of Object.entries(state)) process.env[`STATE_${name}`] = value;
  const endings = captureEndings();
  await import('../src/post.ts');
  expect(endings).toEqual([0]);
  expect(printed().at(-1)).toMatch(
    /^::warning title=Adobe IMS Access Token::Could not revoke the access token: the client secret that got it \(line 1 of client-secret\) /,
  );
});
