// A small campaign against the shipped bundle, and the parts of the campaign by themselves: dice, wire, oracle, statistics.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { withBundle } from '../dev/prove/bundles.ts';
import { runCampaign } from '../dev/prove/campaign.ts';
import { findDistance, findPeak, subtractLag } from '../dev/prove/crowd/spread.ts';
import { noJitter } from '../dev/prove/crowd.ts';
import { defects } from '../dev/prove/defects.ts';
import { listEffects } from '../dev/prove/oracle/effects.ts';
import { forecast } from '../dev/prove/oracle/forecast.ts';
import { splitJournal } from '../dev/prove/perform/journal.ts';
import { pack } from '../dev/prove/perform/wire.ts';
import { createReport } from '../dev/prove/report.ts';
import { createDice } from '../dev/prove/schedule/dice.ts';
import { goodPlay, type Play } from '../dev/prove/schedule/play.ts';
import { tamper } from '../dev/prove/schedule/seals.ts';
import { drawSchedule, type Schedule } from '../dev/prove/schedule.ts';

test('40 schedules find nothing', async () => {
  const report = createReport();
  await withBundle((bundle) =>
    runCampaign({
      seed: 7,
      jobs: 3,
      bundle,
      indices: Array.from({ length: 40 }, (_, index) => index),
      onResult: (result) => {
        report.add(result);
        return false;
      },
    }),
  );
  expect(report.describe()).toContain('Nothing was found');
}, 60_000);

test.each([...Object.entries(defects), ['has no jitter', [noJitter]] as const])(
  'a defect can be planted in the bundle: it %s',
  async (_name, changes) => {
    await expect(withBundle(async () => 'planted', changes)).resolves.toBe('planted');
  },
);

test('a change of what the bundle does not hold is refused', async () => {
  const change = { find: 'stands nowhere', put: '' };
  await expect(withBundle(async () => '', [change])).rejects.toThrow(/0 times, not once/);
});

describe('a schedule', () => {
  test('is the same whenever it is drawn', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (seed, index) => {
        const [one, other] = [drawSchedule(seed, index), drawSchedule(seed, index)];
        expect(JSON.stringify(one)).toBe(JSON.stringify(other));
      }),
    );
  });

  test('is another for every number and every seed', () => {
    const drawn = [drawSchedule(1, 1), drawSchedule(1, 2), drawSchedule(2, 1)];
    expect(new Set(drawn.map(({ secrets }) => secrets[0])).size).toBe(3);
  });

  test('is drawn with dice that fall evenly', () => {
    const dice = createDice(1, 1);
    const rolls = Array.from({ length: 6000 }, () => dice.between(1, 6));
    for (const face of [1, 2, 3, 4, 5, 6]) {
      const share = rolls.filter((roll) => roll === face).length / rolls.length;
      expect(share).toBeGreaterThan(0.15);
      expect(share).toBeLessThan(0.185);
    }
  });
});

test('a sealed token with another character holds other bytes, wherever the character is', () => {
  // Of the last character of a part of one byte, four bits are not read.
  const sealed = [0, 1, 254, 255].map((byte) => Buffer.of(byte).toString('base64url')).join('.');
  const decode = (text: string) => text.split('.').map((part) => Buffer.from(part, 'base64url'));
  for (let index = 0; index < sealed.length; index += 1) {
    const at = index / sealed.length;
    const tampered = tamper(sealed, { tampering: 'another character', at });
    expect(decode(tampered)).not.toEqual(decode(sealed));
  }
});

describe('on the wire', () => {
  const answer = { status: 200, headers: {}, body: '{"a":1}' };
  const whole = 'HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n{"a":1}';
  const send = (delivery: Play['delivery'], at: number) =>
    Buffer.concat([...pack(answer, { delivery, at }).pieces]).toString();

  test('a cut leaves less than the whole, wherever it falls', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.999, noNaN: true }), (at) => {
        const head = send('end-head', at);
        expect(whole.startsWith(head)).toBe(true);
        expect(head).not.toMatch(/\r\n\r\n/);
        expect(head).not.toBe('');
        const body = send('reset-body', at);
        expect(whole.startsWith(body)).toBe(true);
        expect(body).toMatch(/\r\n\r\n/);
        expect(body).not.toBe(whole);
      }),
    );
  });

  test.each<[Play['delivery'], RegExp]>([
    ['whole', /^HTTP\/1.1 200 OK\r\nContent-Length: 7\r\n\r\n{"a":1}$/],
    ['pieces', /^HTTP\/1.1 200 OK\r\nContent-Length: 7\r\n\r\n{"a":1}$/],
    ['chunked', /Transfer-Encoding: chunked\r\n\r\n3\r\n{"a\r\n4\r\n":1}\r\n0\r\n\r\n$/],
    ['cut-chunks', /Transfer-Encoding: chunked\r\n\r\n3\r\n{"a\r\n4\r\n":1}\r\n$/],
    ['broken-chunk', /":1}\r\nlots\r\n$/],
    ['long-length', /Content-Length: 11\r\n\r\n{"a":1}$/],
    ['short-length', /Content-Length: 3\r\n\r\n{"a":1}$/],
    ['interim', /^HTTP\/1.1 103 Early Hints\r\n.*\r\n\r\nHTTP\/1.1 200 OK/s],
  ])('an answer goes out as %s', (delivery, expected) => {
    expect(send(delivery, 0.5)).toMatch(expected);
  });
});

describe('the oracle', () => {
  const calm: Schedule = {
    ...drawSchedule(1, 0),
    inputs: { verify: 'none' },
    secrets: ['one', 'two'],
    service: 'firefly',
    timeoutS: 5,
    maxAttempts: 2,
    plays: [],
    seal: undefined,
    obstacle: undefined,
  };
  const play = (changes: Partial<Play>): Play => ({ ...goodPlay, ...changes });
  const status = (number: number, changes: Partial<Play> = {}) =>
    play({ answer: 'status', status: number, ...changes });
  const tell = (changes: Partial<Schedule>) =>
    forecast({ ...calm, ...changes }).map(
      ({ result, why, route }) => `${result}, ${why}: ${route.join()}`,
    );

  test.each<[string, Partial<Schedule>, string[]]>([
    ['a good answer', {}, ['minted, done: mint 1']],
    ['a 503, then a good one', { plays: [status(503)] }, ['minted, done: mint 1,mint 1']],
    ['a 404', { plays: [status(404)] }, ['failed, refused: mint 1']],
    ['no more tries', { plays: [status(503), status(500)] }, ['failed, retries: mint 1,mint 1']],
    ['an hour to wait', { plays: [status(429, { wait: '3600' })] }, ['failed, asks: mint 1']],
    ['a second to wait', { plays: [status(429, { wait: '1' })] }, ['minted, done: mint 1,mint 1']],
    [
      'a refused secret',
      { plays: [play({ answer: 'invalid_client' })] },
      ['minted, done: mint 1,mint 2'],
    ],
    [
      'all secrets refused',
      { plays: [play({ answer: 'invalid_client' }), play({ answer: 'invalid_client_401' })] },
      ['failed, refused: mint 1,mint 2'],
    ],
    [
      'a wrong client ID',
      { plays: [play({ answer: 'invalid_client_id' })] },
      ['failed, refused: mint 1'],
    ],
    [
      'a first answer that hangs: time for a second is promised',
      { plays: [play({ delivery: 'stall-body' })] },
      ['minted, done: mint 1,mint 1'],
    ],
    [
      'a reset after the last byte, which may or may not be seen',
      { plays: [play({ delivery: 'reset-end' })] },
      ['minted, done: mint 1', 'minted, done: mint 1,mint 1'],
    ],
    [
      'a token that is not valid',
      { inputs: { verify: 'token' }, plays: [goodPlay, play({ answer: 'valid-string-true' })] },
      ['failed, refused: mint 1,validate'],
    ],
    [
      'a service that answers with whatever is no HTML',
      {
        inputs: { verify: 'service', 'verify-url': 'x' },
        plays: [goodPlay, play({ answer: 'null' })],
      },
      ['minted, done: mint 1,service'],
    ],
  ])('foresees %s', (_what, changes, expected) => {
    expect(tell(changes).sort()).toEqual(expected);
  });

  test('has a refusal tried again for the statuses of the contract alone', () => {
    for (let number = 400; number < 1000; number += 1) {
      const results = listEffects(status(number), 'mint').map(({ result }) => result);
      const again = [408, 425, 429].includes(number) || (number >= 500 && number < 600);
      expect([number, ...results]).toEqual([number, again ? 'again' : 'over']);
    }
  });
});

test('a journal is split into the log and the blocks of file commands', () => {
  const journal = 'one\nname<<end\nvalue\nof lines\nend\ntwo\n';
  expect(splitJournal(journal)).toEqual({
    log: 'one\ntwo\n',
    blocks: 'name<<end\nvalue\nof lines\nend\n',
  });
});

describe('the statistics of a crowd', () => {
  const retry = (jitterMs: number) => ({ atMs: 0, jitterMs, ceilingMs: 1000 });

  test('count the most moments within a stretch', () => {
    expect(findPeak([5, 0, 10, 500, 505, 990], 100)).toBe(3);
  });

  test('tell even jitter from half of it and from none', () => {
    const even = Array.from({ length: 100 }, (_, index) => index * 10);
    expect(findDistance(even.map(retry))).toBeLessThan(0.02);
    expect(findDistance(even.map((part) => retry(part / 2)))).toBeGreaterThan(0.45);
    expect(findDistance(even.map(() => retry(0)))).toBeGreaterThan(0.9);
  });

  test('know the way from the jitter', () => {
    const retries = [retry(170), { ...retry(90), ceilingMs: 500 }];
    const controls = [retry(70), { ...retry(40), ceilingMs: 500 }, retry(900), retry(60)];
    expect(subtractLag(retries, controls).map(({ jitterMs }) => jitterMs)).toEqual([100, 50]);
  });
});
