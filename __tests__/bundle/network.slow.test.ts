// The shipped bundle on bad networks, where it takes its time: silence, outages, and a post step without name servers.
import { describe, expect, test } from '@jest/globals';
import { runMain, runPost } from '../support/bundle.ts';
import { hangResolver } from '../support/resolver.ts';
import { serveSockets } from '../support/server.ts';
import { start } from '../support/stand-in.ts';
import { relay } from '../support/tunnels.ts';

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

  test.concurrent('after the connection was made ends the run, too', async () => {
    const port = await serveSockets(() => {});
    const server = { url: `https://127.0.0.1:${port}` };
    const { exitCode, transcript } = await runMain(server, { inputs: { timeout: '3' } });
    expect(exitCode).toBe(1);
    expect(transcript).toMatchSnapshot();
  });

  const inputs = { timeout: '13' };

  test.concurrent('is told with the whole time, not with the last slice of it', async () => {
    const standIn = await start({ fail: ['hang*'] });
    const { exitCode, errors, debug } = await runMain(standIn, { inputs });
    expect(exitCode).toBe(1);
    expect(errors).toEqual([
      expect.stringMatching(/: no full answer within 13 s, after 2 attempts/),
    ]);
    expect(debug).toHaveLength(2);
    expect(standIn.requests).toHaveLength(2);
  });

  test.concurrent.each(['hang', 'stall'])('(%s) at first is overcome', async (fault) => {
    const standIn = await start({ fail: [fault] });
    const { exitCode, infos } = await runMain(standIn, { inputs });
    expect(exitCode).toBe(0);
    expect(infos).toEqual([expect.stringMatching(/, after 2 attempts$/)]);
    expect(standIn.requests).toHaveLength(2);
  });

  // It ran for 28 s, until the resolver gave up.
  test.concurrent('of name servers ends the post step in 22 s, and does not fail the job', async () => {
    const standIn = await start();
    const server = { ...standIn, url: standIn.url.replace('127.0.0.1', 'localhost') };
    const main = await runMain(server, { inputs: { revoke: 'true' } });
    const { exitCode, warnings } = await runPost(server, main, { env: hangResolver() });
    expect(exitCode).toBe(0);
    expect(warnings).toEqual([
      expect.stringMatching(/: no full answer within 20 s, after \d attempts/),
    ]);
  });
});

// Four attempts were over within 3.5 s at most.
test.concurrent.each([1000, 3000])(
  'an outage of %d ms does not end a step that has 60 s',
  async (outageMs) => {
    const standIn = await start();
    const { port } = standIn;
    let firstMs: number | undefined;
    const outage = await serveSockets((socket) => {
      firstMs ??= performance.now();
      if (performance.now() - firstMs < outageMs) socket.resetAndDestroy();
      else relay(socket, `http://127.0.0.1:${port}`);
    });
    const server = { url: `http://127.0.0.1:${outage}`, tokens: standIn.tokens };
    const { exitCode, infos } = await runMain(server);
    expect(exitCode).toBe(0);
    expect(infos).toEqual([expect.stringMatching(/, after [2-5] attempts$/)]);
  },
);
