// The shipped bundle and the environment variables that it leaves to later steps, or finds set by an earlier one.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { troubleshootingUrl } from '../../src/messages.ts';
import { runMain } from '../support/bundle.ts';
import { makeFolder } from '../support/folder.ts';
import { start } from '../support/stand-in.ts';

describe('the environment variables', () => {
  test.concurrent('are not set where they are not wanted', async () => {
    const standIn = await start();
    const { env, outputs } = await runMain(standIn, { inputs: { 'export-env': 'false' } });
    expect(env).toEqual({});
    expect(outputs['access-token']).toBe(standIn.tokens[0]);
  });

  test.concurrent('have the prefix that is wanted', async () => {
    const standIn = await start();
    const inputs = { service: 'photoshop', 'env-prefix': 'my_Prefix' };
    const { env } = await runMain(standIn, { inputs });
    expect(env).toEqual({
      my_Prefix_ACCESS_TOKEN: standIn.tokens[0],
      my_Prefix_CLIENT_ID: 'the-client',
    });
  });

  test.concurrent.each([
    ['the token of another client, other-client', { 'client-id': 'other-client' }],
    ['a token with other scopes', { service: 'firefly', scope: 'openid,AdobeID' }],
  ])('are replaced with a warning where they held %s', async (what, inputs) => {
    const standIn = await start();
    const first = await runMain(standIn, { inputs });
    const second = await runMain(standIn, { env: first.env });
    expect(second.exitCode).toBe(0);
    expect(second.warnings).toEqual([
      `FIREFLY_SERVICES_ACCESS_TOKEN held ${what}, from an earlier step: steps after this one see the new token. Give this step another \`env-prefix\` to keep both. ${troubleshootingUrl('another-client')}`,
    ]);
  });

  test.concurrent("are replaced with a warning where aio's held the token of another client", async () => {
    const standIn = await start();
    const inputs = { service: 'app-builder' };
    const first = await runMain(standIn, {
      inputs: { ...inputs, 'client-id': 'other-client', 'env-prefix': 'FIRST' },
    });
    const second = await runMain(standIn, {
      inputs: { ...inputs, 'env-prefix': 'SECOND' },
      env: first.env,
    });
    expect(second.warnings).toEqual([
      expect.stringMatching(
        /^AIO_IMS_CONTEXTS_CLI_ACCESS__TOKEN_TOKEN held the token of another client, other-client, .* set `export-env: false`/,
      ),
    ]);
  });

  test.concurrent('are replaced in silence where they held such a token', async () => {
    const standIn = await start();
    const first = await runMain(standIn);
    const { exitCode, warnings, env } = await runMain(standIn, { env: first.env });
    expect({ exitCode, warnings }).toEqual({ exitCode: 0, warnings: [] });
    expect(env['FIREFLY_SERVICES_ACCESS_TOKEN']).toBe(standIn.tokens[1]);
  });
});

// It had its error line, and never ended.
test.concurrent('a FIFO in the place of more CAs is refused, and does not hold the process', async () => {
  const fifo = join(makeFolder(), 'fifo');
  execFileSync('mkfifo', [fifo]);
  const server = { url: 'https://ims-na1.adobelogin.com' };
  const env = { NODE_EXTRA_CA_CERTS: fifo };
  const { exitCode, errors } = await runMain(server, { env, inputs: { timeout: '3' } });
  expect(exitCode).toBe(1);
  expect(errors).toEqual([expect.stringMatching(/^Wrong input: NODE_EXTRA_CA_CERTS names a FIFO/)]);
});
