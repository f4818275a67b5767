// The shipped bundle on bad networks: silence, also of name servers, and connections that end early. It always ends in time.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { runStep } from '../../dev/runner/step.ts';
import { runMain } from '../support/bundle.ts';
import { CREDENTIALS } from '../support/credentials.ts';
import { makeFolder } from '../support/folder.ts';
import { findClosedPort, serveSockets } from '../support/server.ts';
import { start } from '../support/stand-in.ts';

describe('silence', () => {
  // Held to `timeout` and 2 seconds, as every run is.
  test.concurrent.each(['hang', 'stall', 'slow'])(
    '(%s) has all the time where that is short, and ends',
    async (fault) => {
      const standIn = await start({ fail: [`${fault}*`] });
      const { exitCode, transcript } = await runMain(standIn, { inputs: { timeout: '3' } });
      expect(exitCode).toBe(1);
      expect(transcript).toMatchSnapshot();
      expect(standIn.requests).toHaveLength(1);
    },
  );

  test.concurrent('is told with the whole time, not with the last slice of it', async () => {
    const standIn = await start({ fail: ['hang*'] });
    const { exitCode, errors, debug } = await runMain(standIn, { inputs: { timeout: '13' } });
    expect(exitCode).toBe(1);
    expect(errors).toEqual([
      expect.stringMatching(/: no full answer within 13 s, after 2 attempts/),
    ]);
    expect(debug).toHaveLength(2);
    expect(standIn.requests).toHaveLength(2);
  });

  test.concurrent.each(['hang', 'stall'])('(%s) at first is overcome', async (fault) => {
    const standIn = await start({ fail: [fault] });
    const { exitCode, infos } = await runMain(standIn, { inputs: { timeout: '13' } });
    expect(exitCode).toBe(0);
    expect(infos).toEqual([expect.stringMatching(/, after 2 attempts$/)]);
    expect(standIn.requests).toHaveLength(2);
  });

  test.concurrent('after the connection was made ends the run, too', async () => {
    const port = await serveSockets(() => {});
    const server = { url: `https://127.0.0.1:${port}` };
    const { exitCode, transcript } = await runMain(server, { inputs: { timeout: '1' } });
    expect(exitCode).toBe(1);
    expect(transcript).toMatchSnapshot();
  });
});

/** Node waits at its end for the threads of the system's resolver. */
describe('a resolver that never answers', () => {
  const folder = makeFolder();
  const hang = join(folder, 'hang.cjs');

  beforeAll(() => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    // Reading a pipe that nobody writes blocks a thread of the pool, as a resolver does that waits for its servers.
    writeFileSync(
      hang,
      `require('node:dns').lookup = () => require('node:fs').readFile(${JSON.stringify(pipe)}, () => {});`,
    );
  });

  test.concurrent.each([
    ['directly', {}],
    ['through a proxy', { https_proxy: 'http://proxy.example:3128' }],
  ])('does not hold the process beyond its timeout, %s', async (_how, env) => {
    const result = await runStep({
      inputs: { ...CREDENTIALS, timeout: '1' },
      env: { ...env, NODE_OPTIONS: `--require ${hang}` },
      killAfterMs: 10_000,
    });
    expect(result).toMatchObject({ timedOut: false, exitCode: null, signal: 'SIGKILL' });
    expect(result.durationMs).toBeLessThan(3_000);
    expect(result.stdout).toMatch(/^::error .*no full answer within/m);
  });
});

describe('a connection', () => {
  const inputs = { 'max-attempts': '2' };

  test.concurrent('that is refused is tried again', async () => {
    const server = { url: `http://127.0.0.1:${await findClosedPort()}` };
    const { exitCode, transcript } = await runMain(server, { inputs });
    expect(exitCode).toBe(1);
    expect(transcript).toMatchSnapshot();
  });

  test.concurrent.each(['reset', 'cut-header', 'cut'])(
    'that ends early (%s) is tried again',
    async (fault) => {
      const standIn = await start({ fail: [`${fault}*`] });
      const { exitCode, errors } = await runMain(standIn, { inputs });
      expect(exitCode).toBe(1);
      expect(errors).toEqual([
        expect.stringMatching(/\(ECONNRESET\), after 2 attempts\. .*#connection-lost$/),
      ]);
      expect(standIn.requests).toHaveLength(2);
    },
  );
});
