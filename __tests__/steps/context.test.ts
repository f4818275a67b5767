// A request within a run: the run's limits, its log, and what it may show.
import { describe, expect, test } from '@jest/globals';
import { TimeoutError } from '../../src/errors.ts';
import { Secret } from '../../src/secrets/secret.ts';
import { call, sessionRedactor } from '../../src/steps/context.ts';
import { fakeClock } from '../support/clock.ts';
import { startRun } from '../support/context.ts';
import { SECRET } from '../support/credentials.ts';
import { answer } from '../support/scripted-exchange.ts';

const request = { method: 'GET', url: 'https://a.example/', headers: {} } as const;
const readStatus = ({ status }: { readonly status: number }) => status;

describe('a request within a run', () => {
  test('is sent, and its answer read', async () => {
    const { context, script, recording } = startRun({ scenes: [answer(204)] });
    const outcome = await call(context, 'Could not ask', request, readStatus);
    expect(outcome).toEqual({ value: 204, attempts: 1 });
    expect(script.requests).toEqual([request]);
    expect(recording.lines('debug')).toEqual([
      'GET https://a.example/: attempt 1 of 4: succeeded (0.00 s)',
    ]);
  });

  test('has the time that `timeout` leaves, and no more tries than `max-attempts`', async () => {
    const late = () => {
      throw new TimeoutError('too late', { topic: 'timeout', hint: 'Wait' });
    };
    const { context, script } = startRun({
      inputs: { timeout: '20', 'max-attempts': '2' },
      clock: fakeClock({ elapsedMs: 4000, random: 0 }),
      scenes: [late, late],
    });
    await expect(call(context, 'Could not ask', request, readStatus)).rejects.toMatchObject({
      message: 'too late',
      trail: { task: 'Could not ask', attempts: 2 },
    });
    expect(script.limitsMs).toEqual([8000, 16_000]);
  });

  test('is not sent again once the job is cancelled', async () => {
    const { context, script } = startRun({
      scenes: [new TimeoutError('too late', { topic: 'timeout', hint: 'Wait' })],
    });
    const cancellation = { ...context.cancellation, stopped: () => 'the job was cancelled' };
    const called = call({ ...context, cancellation }, 'Could not ask', request, readStatus);
    await expect(called).rejects.toMatchObject({ trail: { gaveUp: 'the job was cancelled' } });
    expect(script.requests).toHaveLength(1);
  });
});

test('what a run shows holds none of its client secrets, and none of what is named besides', () => {
  const second = 'p8e-second-of-its-kind';
  const { context } = startRun({ inputs: { 'client-secret': `${SECRET}\n${second}` } });
  const redact = sessionRedactor(context, new Secret('token-of-the-run'));
  expect(redact(`${SECRET}, ${second}, token-of-the-run`)).toBe('***, ***, ***');
});
