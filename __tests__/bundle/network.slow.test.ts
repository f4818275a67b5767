// The shipped bundle on bad networks, where it takes its time: a second attempt after silence, and a post step without name servers.
import { describe, expect, test } from '@jest/globals';
import { runMain, runPost } from '../support/bundle.ts';
import { hangResolver } from '../support/resolver.ts';
import { start } from '../support/stand-in.ts';

describe('silence', () => {
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
