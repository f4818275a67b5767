// Requests that share a deadline: what each is given, what is logged, and when no further one is sent.
import { describe, expect, test } from '@jest/globals';
import { TimeoutError } from '../../src/errors.ts';
import { type ClientOptions, openClient } from '../../src/http/client.ts';
import { fakeClock, START_MS } from '../support/clock.ts';
import { answer, type Scripted, script } from '../support/scripted-exchange.ts';

const request = {
  method: 'GET',
  url: 'https://user:word@a.example/b?c=d',
  headers: {},
} as const;
const late = new TimeoutError('too late', { topic: 'timeout', hint: 'Wait' });

function open(answers: readonly Scripted[], options: Partial<ClientOptions> = {}) {
  const scripted = script(...answers);
  const debug: string[] = [];
  const client = openClient({
    exchange: scripted.exchange,
    clock: fakeClock(),
    maxAttempts: 2,
    deadlineMs: 60_000,
    stopped: () => undefined,
    debug: (line) => debug.push(line),
    ...options,
  });
  return { client, debug, ...scripted };
}

describe('a request', () => {
  test('is sent, its answer read, and told without what an address may hide', async () => {
    const { client, debug, requests } = open([answer(204)]);
    const outcome = await client.send('Could not ask', request, ({ status }) => status);
    expect(outcome).toEqual({ value: 204, attempts: 1 });
    expect(requests).toEqual([request]);
    expect(debug).toEqual(['GET https://a.example/b: attempt 1 of 2: succeeded (0.00 s)']);
  });

  // A name in the path passed for a user's, and the log told of a host that nobody had called.
  test('is told with its own host, whatever its path holds', async () => {
    const { client, debug } = open([answer(204)]);
    const url = 'http://127.0.0.1:8080/users/me@example.com/x?y=z@example.com';
    await client.send('Could not ask', { ...request, url }, () => true);
    expect(debug).toEqual([
      'GET http://127.0.0.1:8080/users/me@example.com/x: attempt 1 of 2: succeeded (0.00 s)',
    ]);
  });

  test('has its answer read with the moment of its arrival', async () => {
    const clock = fakeClock();
    const { client } = open(
      [
        () => {
          clock.advance(1500);
          return answer(200);
        },
      ],
      { clock },
    );
    const { value } = await client.send('Could not ask', request, (response) => response);
    expect(value.receivedAtMs).toBe(START_MS + 1500);
  });

  test('has what the deadline leaves, for all requests of the client together', async () => {
    const { client, limitsMs } = open([late, answer(200)], {
      clock: fakeClock({ elapsedMs: 20_000, random: 0 }),
    });
    await client.send('Could not ask', request, () => true);
    expect(limitsMs).toEqual([20_000, 39_500]);
  });

  test('fails with what was tried, and how often', async () => {
    const { client } = open([late, late]);
    await expect(client.send('Could not ask', request, () => true)).rejects.toMatchObject({
      name: 'TimeoutError',
      trail: { task: 'Could not ask', attempts: 2 },
    });
  });

  test('is not sent again once the job is cancelled', async () => {
    const { client, requests } = open([late], { stopped: () => 'the job was cancelled' });
    await expect(client.send('Could not ask', request, () => true)).rejects.toMatchObject({
      trail: { gaveUp: 'the job was cancelled' },
    });
    expect(requests).toHaveLength(1);
  });
});
