// The oracle of the fault campaign: what it takes an attempt for, and which paths it lets pass.
import { describe, expect, test } from '@jest/globals';
import { rows } from '../../dev/prove/answers.ts';
import { type Fault, noFault } from '../../dev/prove/faults.ts';
import { followPath } from '../../dev/prove/oracle/path.ts';
import { readAttempt } from '../../dev/prove/oracle/readings.ts';
import { findSchedule, type Schedule } from '../../dev/prove/schedule.ts';
import type { Attempt } from '../../dev/prove/servers.ts';
import { answerJson } from '../../dev/stand-in/exchange.ts';
import { faults } from '../../dev/stand-in/faults.ts';

const startedMs = 1_700_000_000_000;

type Changes = Partial<Fault & Pick<Attempt, 'startMs' | 'waitMs'>> & { status?: number };

function attempt(label: string, answer: string, changes: Changes = {}): Attempt {
  const { startMs = startedMs + 100, waitMs = [0, 0], status = 200, ...fault } = changes;
  return {
    label,
    fault: { ...noFault, answer, ...fault },
    startMs,
    answeredMs: startMs,
    answer: answerJson(status, { any: 'body' }),
    waitMs,
  };
}

test('each answer is a fault of the stand-in or a status, and stands in one row', () => {
  const names = rows.flatMap(({ answers }) => answers);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names)
    expect([name, name in faults || /^\d{3}$/.test(name)]).toEqual([name, true]);
});

describe('an attempt', () => {
  test.each<[string, string, Changes, string]>([
    ['mint 1', 'good', {}, 'accepted'],
    ['revoke', 'identity', { status: 400 }, 'refused'],
    ['mint 1', 'no-type', {}, 'refused'],
    ['mint 2', 'invalid_client', {}, 'next-secret'],
    ['validate', 'invalid_client', {}, 'refused'],
    ['mint 1', '599', {}, 'retried'],
    ['mint 1', '600', {}, 'refused'],
    ['mint 1', 'good', { missingPercent: 1, ending: 'closed' }, 'retried'],
    ['mint 1', 'good', { missingPercent: 1 }, 'timed out'],
    ['mint 1', '404', { missingPercent: 1, ending: 'reset' }, 'retried,refused'],
    ['mint 1', '404', { missingPercent: 100, ending: 'reset' }, 'retried'],
    ['mint 1', 'good', { framing: 'broken chunk', ending: 'closed' }, 'retried'],
    ['mint 1', 'good', { ending: 'reset' }, 'accepted,retried'],
    ['validate', 'valid-string-true', {}, 'refused'],
    ['service', '204', {}, 'accepted'],
    ['service', 'html', {}, 'refused'],
  ])('may be taken for what it is: %s, %s, %j', (label, answer, changes, expected) => {
    expect(readAttempt(attempt(label, answer, changes)).join()).toBe(expected);
  });
});

describe('a path', () => {
  const calm: Schedule = {
    ...findSchedule(1, '0'),
    secrets: ['one', 'two'],
    timeoutS: 5,
    maxAttempts: 2,
    verify: 'none',
    seal: undefined,
    limitKiB: undefined,
    options: {},
    deadAddress: false,
  };
  const later = (ms: number) => ({ startMs: startedMs + ms });

  test.each<[string, Attempt[], 'done' | 'failed', number, string, Partial<Schedule>?]>([
    ['good', [attempt('mint 1', 'good')], 'done', 200, 'done'],
    [
      'two attempts',
      [attempt('mint 1', '503'), attempt('mint 1', 'good', later(900))],
      'done',
      400,
      'done',
    ],
    [
      'all attempts',
      [attempt('mint 1', '503'), attempt('mint 1', '503', later(900))],
      'failed',
      400,
      'attempts',
    ],
    [
      'the next secret',
      [attempt('mint 1', 'invalid_client'), attempt('mint 2', 'good')],
      'done',
      200,
      'done',
    ],
    [
      'an hour to wait',
      [attempt('mint 1', '503', { waitMs: [36e5, 36e5] })],
      'failed',
      200,
      'asks to wait',
    ],
    ['time over', [attempt('mint 1', 'good', { missingPercent: 9 })], 'failed', 5000, 'time'],
    [
      'verified',
      [attempt('mint 1', 'good'), attempt('validate', 'good')],
      'done',
      200,
      'done',
      { verify: 'token' },
    ],
    // What it must not let pass.
    ['given up early', [attempt('mint 1', '503')], 'failed', 200, 'unexpected'],
    ['done without a token', [attempt('mint 1', '503')], 'done', 200, 'unexpected'],
    [
      'a third attempt',
      ['1', '2', '3'].map(() => attempt('mint 1', '503')),
      'failed',
      400,
      'unexpected',
    ],
    [
      'another secret for a 503',
      [attempt('mint 1', '503'), attempt('mint 2', 'good')],
      'done',
      200,
      'unexpected',
    ],
    ['a 404 again', ['1', '2'].map(() => attempt('mint 1', '404')), 'failed', 400, 'unexpected'],
    [
      'too early',
      [attempt('mint 1', '503', { waitMs: [1000, 1000] }), attempt('mint 1', 'good', later(600))],
      'done',
      700,
      'unexpected',
    ],
    [
      'too late',
      [attempt('mint 1', '503'), attempt('mint 1', 'good', later(4500))],
      'done',
      4600,
      'unexpected',
    ],
    ['never verified', [attempt('mint 1', 'good')], 'done', 200, 'unexpected', { verify: 'token' }],
  ])('is held to the contract: %s', (_name, attempts, end, durationMs, expected, changes = {}) => {
    const schedule = { ...calm, ...changes };
    const result = { durationMs, exitCode: end === 'done' ? 0 : 1 };
    const endedMs = startedMs + durationMs;
    const run = { attempts, startedMs, endedMs, trapped: 0, result } as never;
    const walk = { schedule, run, timeoutS: 5 };
    const path = followPath(walk, end);
    expect('unexpected' in path ? 'unexpected' : path.why).toBe(expected);
  });
});
