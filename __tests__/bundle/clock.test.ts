// The shipped bundle on a machine whose clock is wrong: a new token stays a new token.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@jest/globals';
import { runMain, runPost } from '../support/bundle.ts';
import { makeFolder } from '../support/folder.ts';
import { listPaths, start } from '../support/stand-in.ts';

const DAY_MS = 86_400_000;

/** An environment in which the clock is wrong at first, and is set once it has been read. */
function setClock(wrongByMs: number, setByMs = 0) {
  const file = join(makeFolder(), 'clock.mjs');
  const script = `
    const now = Date.now;
    let wrongByMs = ${wrongByMs};
    Date.now = () => {
      const reading = now() + wrongByMs;
      wrongByMs = ${wrongByMs + setByMs};
      return reading;
    };`;
  writeFileSync(file, script);
  return { NODE_OPTIONS: `--import=${pathToFileURL(file)}` };
}

/** How far the end of a new token is from where it should be, in milliseconds. */
const missBy = (expiresAt = '', clockMs = 0) =>
  Math.abs(Date.parse(expiresAt) - Date.now() - clockMs - DAY_MS);

test.concurrent.each([
  ['forward', 2 * DAY_MS],
  ['back', -2 * DAY_MS],
])('set %s while the step runs, it costs the token no time', async (_way, setByMs) => {
  const standIn = await start();
  const inputs = { verify: 'token', seal: 'true' };
  const { exitCode, outputs } = await runMain(standIn, { inputs, env: setClock(0, setByMs) });
  expect(exitCode).toBe(0);
  expect(Number(outputs['expires-in'])).toBeGreaterThan(86_300);
  expect(Number(outputs['expires-in'])).toBeLessThan(86_401);
  expect(missBy(outputs['expires-at'], setByMs)).toBeLessThan(60_000);
  const sealed = { 'sealed-token': outputs['sealed-token'] ?? '' };
  const next = await runMain(standIn, { inputs: sealed, env: setClock(setByMs) });
  expect(next.outputs['source']).toBe('sealed');
});

test.concurrent.each([
  ['after it was slow', -2 * DAY_MS, 0],
  ['after it was fast', 2 * DAY_MS, 0],
  ['after it was right', 0, 2 * DAY_MS],
])('set between main and post step, %s, it leaves no token valid', async (_when, before, after) => {
  const standIn = await start();
  const main = await runMain(standIn, { inputs: { revoke: 'true' }, env: setClock(before) });
  const { infos } = await runPost(standIn, main, { env: setClock(after) });
  expect(infos).toEqual([expect.stringMatching(/^Revoked the access token /)]);
  expect(listPaths(standIn)).toEqual(['/ims/token/v3', '/ims/invalidate_token/v2']);
});
