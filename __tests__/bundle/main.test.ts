// The entry of the main step: with the real clock and the real network, and 0 or 1 for an end.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parsePairs } from '../../dev/runner/file-commands.ts';
import { CREDENTIALS } from '../support/credentials.ts';
import { giveCommandFiles, isolateEnvironment } from '../support/environment.ts';
import { startMintingServer } from '../support/minting-server.ts';
import { captureEndings, capturePrinted } from '../support/process-output.ts';

isolateEnvironment();
const printed = capturePrinted();

test('the main step gives a token of the server that its inputs name, and ends with 0', async () => {
  const { url, tokens } = await startMintingServer();
  // The time counts from the start of the process, which has run other tests before.
  const inputs = { ...CREDENTIALS, 'ims-url': url, timeout: '3600' };
  for (const [name, value] of Object.entries(inputs)) {
    process.env[`INPUT_${name.toUpperCase()}`] = value;
  }
  const folder = giveCommandFiles();
  const endings = captureEndings();
  await import('../../src/main.ts');
  expect(endings).toEqual([0]);
  const outputs = parsePairs(readFileSync(join(folder, 'GITHUB_OUTPUT'), 'utf8'));
  expect(outputs).toMatchObject({ 'access-token': tokens[0], source: 'minted' });
  expect(printed().at(-1)).toMatch(/^Got an access token from 127\.0\.0\.1:\d+ for firefly /);
});
