// The shipped bundle on bad networks: silent name servers, and connections that end early. It always ends in time.
import { describe, expect, test } from '@jest/globals';
import { runMain } from '../support/bundle.ts';
import { hangResolver } from '../support/resolver.ts';
import { findClosedPort } from '../support/server.ts';
import { start } from '../support/stand-in.ts';

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
