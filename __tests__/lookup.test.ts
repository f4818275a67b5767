/** Name lookups: shared between attempts, and never what holds the process. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runStep } from '../dev/runner/step.ts';
import { isLookupPending, sharedLookup } from '../src/lookup.ts';

describe('sharedLookup', () => {
  test('a lookup that is under way is joined, and both get its answer', async () => {
    const answers = await Promise.all([1, 2].map(() => lookUp('localhost')));
    expect(answers).toEqual([answers[0], answers[0]]);
    expect(answers[0]).toMatch(/^(127\.0\.0\.1|::1)$/);
  });

  test('a lookup that joined is answered at once with the one that it joined', async () => {
    const order: string[] = [];
    await new Promise<void>((resolve) => {
      sharedLookup('localhost', {}, () => {
        order.push('first');
        queueMicrotask(() => order.push('what follows from it'));
      });
      sharedLookup('localhost', {}, () => {
        order.push('second');
        setImmediate(resolve);
      });
    });
    expect(order).toEqual(['first', 'second', 'what follows from it']);
  });

  test('it is pending until its answer, and asked for anew afterwards', async () => {
    const answer = lookUp('localhost');
    expect(isLookupPending()).toBe(true);
    await answer;
    expect(isLookupPending()).toBe(false);
    await expect(lookUp('localhost')).resolves.toBe(await answer);
  });

  test('lookups of different names or options are told apart', async () => {
    const both = [lookUp('127.0.0.1'), lookUp('127.0.0.2'), lookUp('127.0.0.1', { hints: 0 })];
    await expect(Promise.all(both)).resolves.toEqual(['127.0.0.1', '127.0.0.2', '127.0.0.1']);
  });

  test('a failure reaches every caller', async () => {
    // No label may have 64 characters, so this fails without a word to any name server.
    const name = 'x'.repeat(64);
    const codes = await Promise.all([1, 2].map(() => lookUp(name).catch((error) => error.code)));
    expect(codes[0]).toMatch(/^(ENOTFOUND|EAI_AGAIN)$/);
    expect(codes[1]).toBe(codes[0]);
    expect(isLookupPending()).toBe(false);
  });
});

/** Node waits at its end for the threads of the system's resolver. */
describe('a resolver that never answers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lookup-'));
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

  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([
    ['directly', {}],
    ['through a proxy', { https_proxy: 'http://proxy.example:3128' }],
  ])('does not hold the process beyond its timeout, %s', async (_, env) => {
    const result = await runStep({
      inputs: { 'client-id': 'an-id', 'client-secret': 'a-secret-of-a-kind', timeout: '1' },
      env: { ...env, NODE_OPTIONS: `--require ${hang}` },
      killAfterMs: 10_000,
    });
    expect(result.timedOut).toBe(false);
    expect(result.durationMs).toBeLessThan(3_000);
    expect([result.exitCode, result.signal]).not.toEqual([0, null]);
    expect(result.stdout).toMatch(/^::error .*no full answer within/m);
  });
});

function lookUp(hostname: string, options = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    sharedLookup(hostname, options, (error, address) =>
      error ? reject(error) : resolve(String(address)),
    );
  });
}
