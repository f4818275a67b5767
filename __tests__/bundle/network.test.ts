// The shipped bundle on bad networks: silence, also of name servers, and connections that end early. It always ends in time.
import { describe, expect, test } from '@jest/globals';
import { runMain } from '../support/bundle.ts';
import { hangResolver } from '../support/resolver.ts';
import { findClosedPort, serveSockets } from '../support/server.ts';
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

describe('a resolver that never answers', () => {
  const hang = hangResolver();

  test.concurrent.each([
    ['directly', {}],
    ['through a proxy', { https_proxy: 'http://proxy.example:3128' }],
  ])('does not hold the process beyond its timeout, %s', async (_how, env) => {
    const { exitCode, errors } = await runMain(
      { url: 'https://ims-na1.adobelogin.com' },
      { inputs: { timeout: '3' }, env: { ...env, ...hang }, killAfterMs: 10_000 },
    );
    expect(exitCode).toBe(1);
    expect(errors).toEqual([
      expect.stringMatching(/: no full answer within 3\.\d s; no time left/),
    ]);
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
