// The entry of the main step: with the real clock and the real network, and 0 or 1 for an end.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { parsePairs } from '../dev/runner/file-commands.ts';
import { clearProxies } from './support/environment.ts';
import { startImpostor } from './support/impostor.ts';
import { captureEndings, capturePrinted } from './support/printed.ts';
import { CREDENTIALS } from './support/recording.ts';

const folder = mkdtempSync(join(tmpdir(), 'main-'));
const printed = capturePrinted();

afterAll(() => rmSync(folder, { recursive: true }));

test('the main step gives a token of the server that its inputs name, and ends with 0', async () => {
  const { url, tokens } = await startImpostor({});
  clearProxies();
  for (const [name, value] of Object.entries({ ...CREDENTIALS, 'ims-url': url })) {
    process.env[`INPUT_${name.toUpperCase()}`] = value;
  }
  for (const name of ['GITHUB_OUTPUT', 'GITHUB_ENV']) {
    process.env[name] = join(folder, name);
    writeFileSync(join(folder, name), '');
  }
  const endings = captureEndings();
  await import('../src/main.ts');
  expect(endings).toEqual([0]);
  const outputs = parsePairs(readFileSync(join(folder, 'GITHUB_OUTPUT'), 'utf8'));
  expect(outputs).toMatchObject({ 'access-token': tokens[0], source: 'minted' });
  expect(printed().at(-1)).toMatch(/^Got an access token from 127\.0\.0\.1:\d+ for firefly /);
});
