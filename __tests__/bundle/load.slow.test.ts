// Many processes of the shipped bundle at once, by the action's defaults: before a server that throttles or is down none is lost.
import { expect, test } from '@jest/globals';
import { runMain } from '../support/bundle.ts';
import { type MintingServerOptions, startMintingServer } from '../support/minting-server.ts';

const TOKENS_PER_SECOND = 16;
const LIMITS = { inputs: {}, killAfterMs: 70_000 };

/** How each of so many runs ends. */
async function runMany(size: number, refuse: MintingServerOptions['refuse']): Promise<unknown[]> {
  const server = await startMintingServer(refuse ? { refuse } : {});
  const runs = await Promise.all(Array.from({ length: size }, () => runMain(server, LIMITS)));
  return runs.map(({ exitCode, errors }) => errors[0] ?? exitCode);
}

test.each([{}, { 'Retry-After': '1' }])(
  '32 get their tokens from a server that gives sixteen a second, and 429 with %j',
  async (headers) => {
    const grantedMs: number[] = [];
    const ends = await runMany(32, (response) => {
      const nowMs = performance.now();
      if (grantedMs.filter((atMs) => atMs > nowMs - 1000).length >= TOKENS_PER_SECOND) {
        response.writeHead(429, headers).end();
        return true;
      }
      grantedMs.push(nowMs);
      return false;
    });
    expect(ends).toEqual(Array.from({ length: 32 }, () => 0));
  },
  90_000,
);

test.each([1, 10])(
  '20 get their tokens from a server that is down for %d s',
  async (seconds) => {
    let endMs: number | undefined;
    const ends = await runMany(20, (response) => {
      endMs ??= performance.now() + seconds * 1000;
      if (performance.now() >= endMs) return false;
      if (response.socket && Math.random() < 0.5) response.socket.resetAndDestroy();
      else response.writeHead(503).end();
      return true;
    });
    expect(ends).toEqual(Array.from({ length: 20 }, () => 0));
  },
  90_000,
);
