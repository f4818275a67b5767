// Name lookups: shared between attempts, and known to be under way.
import { describe, expect, test } from '@jest/globals';
import { isLookupPending, sharedLookup } from '../../src/http/dns.ts';

describe('sharedLookup', () => {
  test('both callers of one lookup get its answer', async () => {
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

function lookUp(hostname: string, options = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    sharedLookup(hostname, options, (error, address) =>
      error ? reject(error) : resolve(String(address)),
    );
  });
}
