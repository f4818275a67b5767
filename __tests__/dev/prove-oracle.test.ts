// The oracle of the fault campaign: what it takes an attempt for, and which paths it lets pass.
import { describe, expect, test } from '@jest/globals';
import { type Fault, noFault } from '../../dev/prove/faults.ts';
import { followPath } from '../../dev/prove/oracle/path.ts';
import { type RequestKind, readAttempt } from '../../dev/prove/oracle/readings.ts';
import { findSchedule, type Schedule } from '../../dev/prove/schedule.ts';
import type { Attempt } from '../../dev/prove/servers.ts';
import { type Answer, answerJson } from '../../dev/stand-in/exchange.ts';
import { forgeToken } from '../support/tokens.ts';

const startedMs = 1_700_000_000_000;
const good = answerJson(200, { access_token: forgeToken(), token_type: 'Bearer', expires_in: '9' });
const wrongSecret = answerJson(400, { error: 'invalid_client' });

type Changes = Partial<Omit<Fault, 'answer'> & Pick<Attempt, 'startMs' | 'waitMs'>>;

function attempt(label: string, answer: Answer, changes: Changes = {}): Attempt {
  const { startMs = startedMs + 100, waitMs = [0, 0], ...fault } = changes;
  return { label, answer, startMs, sentMs: startMs, waitMs, fault: { ...noFault, ...fault } };
}

describe('an attempt', () => {
  const status = (number: number) => ({ status: number, headers: {}, body: 'Text' });

  test.each<[string, RequestKind, Answer, Changes, string]>([
    ['a token', 'mint', good, {}, 'accepted'],
    ['a token of no type', 'mint', answerJson(200, { access_token: 'x' }), {}, 'refused'],
    ['a 201', 'mint', { ...good, status: 201 }, {}, 'refused'],
    ['a refused secret', 'mint', wrongSecret, {}, 'next secret'],
    ['a refused secret, when verifying', 'validate', wrongSecret, {}, 'refused'],
    ['a 599', 'mint', status(599), {}, 'retried'],
    ['a 600', 'mint', status(600), {}, 'refused'],
    ['a body that is cut', 'mint', good, { missingPercent: 1, ending: 'closed' }, 'retried'],
    ['a body that stops', 'mint', good, { missingPercent: 1 }, 'timed out'],
    [
      'a refusal that is cut',
      'mint',
      status(404),
      { missingPercent: 1, ending: 'reset' },
      'retried,refused',
    ],
    ['a reset after the last byte', 'mint', good, { ending: 'reset' }, 'accepted,retried'],
    ['a verdict', 'validate', answerJson(200, { valid: true }), {}, 'accepted'],
    ['a text for a verdict', 'validate', answerJson(200, { valid: 'true' }), {}, 'refused'],
    ['a 204 of a service', 'service', { ...status(204), body: '' }, {}, 'accepted'],
    ['a page of a service', 'service', { ...status(200), body: ' <html>' }, {}, 'refused'],
  ])('may be taken for what it is: %s', (_name, request, answer, fault, expected) => {
    expect(readAttempt(attempt('', answer, fault), request).join()).toBe(expected);
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
    files: undefined,
    options: {},
    deadAddress: false,
  };
  const busy = { status: 503, headers: {}, body: '' };
  const later = (ms: number) => ({ startMs: startedMs + ms });
  const valid = answerJson(200, { valid: true });

  test.each<[string, Attempt[], 'done' | 'failed', number, string, Partial<Schedule>?]>([
    ['good', [attempt('mint 1', good)], 'done', 200, 'done'],
    [
      'two attempts',
      [attempt('mint 1', busy), attempt('mint 1', good, later(900))],
      'done',
      400,
      'done',
    ],
    [
      'all attempts',
      [attempt('mint 1', busy), attempt('mint 1', busy, later(900))],
      'failed',
      400,
      'attempts',
    ],
    [
      'the next secret',
      [attempt('mint 1', wrongSecret), attempt('mint 2', good)],
      'done',
      200,
      'done',
    ],
    [
      'an hour to wait',
      [attempt('mint 1', busy, { waitMs: [36e5, 36e5] })],
      'failed',
      200,
      'asks to wait',
    ],
    ['time over', [attempt('mint 1', good, { missingPercent: 9 })], 'failed', 5000, 'time'],
    [
      'verified',
      [attempt('mint 1', good), attempt('validate', valid)],
      'done',
      200,
      'done',
      { verify: 'token' },
    ],
    // What it must not let pass.
    ['given up early', [attempt('mint 1', busy)], 'failed', 200, 'strayed'],
    ['done without a token', [attempt('mint 1', busy)], 'done', 200, 'strayed'],
    [
      'a third attempt',
      ['1', '2', '3'].map(() => attempt('mint 1', busy)),
      'failed',
      400,
      'strayed',
    ],
    [
      'another secret for a 503',
      [attempt('mint 1', busy), attempt('mint 2', good)],
      'done',
      200,
      'strayed',
    ],
    [
      'a 404 again',
      ['1', '2'].map(() => attempt('mint 1', { ...busy, status: 404 })),
      'failed',
      400,
      'strayed',
    ],
    [
      'too early',
      [attempt('mint 1', busy, { waitMs: [1000, 1000] }), attempt('mint 1', good, later(600))],
      'done',
      700,
      'strayed',
    ],
    [
      'too late',
      [attempt('mint 1', busy), attempt('mint 1', good, later(4500))],
      'done',
      4600,
      'strayed',
    ],
    ['never verified', [attempt('mint 1', good)], 'done', 200, 'strayed', { verify: 'token' }],
  ])('is held to the contract: %s', (_name, attempts, end, durationMs, expected, changes = {}) => {
    const schedule = { ...calm, ...changes };
    const result = { durationMs, exitCode: end === 'done' ? 0 : 1 };
    const endedMs = startedMs + durationMs;
    const run = { attempts, startedMs, endedMs, trapped: 0, result } as never;
    const walk = { schedule, run, timeoutS: 5 };
    const path = followPath(walk, end);
    expect('strayed' in path ? 'strayed' : path.why).toBe(expected);
  });
});
