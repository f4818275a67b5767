// The schedules of the fault campaign: replayed by seed and path, and what becomes of an answer in them.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Fault, noFault } from '../../dev/prove/faults.ts';
import { describeSchedule, findSchedule, schedule } from '../../dev/prove/schedule.ts';
import { encode } from '../../dev/prove/wire.ts';

describe('a schedule', () => {
  test('is found again by the number that it had in its campaign', () => {
    const drawn = fc.sample(schedule, { seed: 7, numRuns: 30 });
    for (const index of [0, 1, 29]) {
      expect(findSchedule(7, String(index))).toEqual(drawn[index]);
    }
    expect(findSchedule(8, '0')).not.toEqual(drawn[0]);
  });

  test('is told without a secret', () => {
    fc.assert(
      fc.property(schedule, (drawn) => {
        const text = describeSchedule(drawn);
        for (const secret of drawn.secrets) expect(text).not.toContain(secret);
      }),
    );
  });
});

describe('on the wire', () => {
  const answer = { status: 200, headers: {}, body: '{"a":1}' };
  const encodeAs = (framing: Fault['framing'], missingPercent = 0) =>
    encode(answer, { ...noFault, framing, missingPercent });

  test('a cut leaves less than the whole, wherever it falls', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), (missingPercent) => {
        const { bytes, sentLength } = encodeAs('length', missingPercent);
        expect(sentLength).toBeLessThan(bytes.length);
      }),
    );
  });

  test.each<[Fault['framing'], RegExp]>([
    ['length', /^HTTP\/1.1 200 OK\r\nContent-Length: 7\r\n\r\n{"a":1}$/],
    ['chunked', /Transfer-Encoding: chunked\r\n\r\n3\r\n{"a\r\n4\r\n":1}\r\n0\r\n\r\n$/],
    ['broken chunk', /":1}\r\nlots\r\n$/],
    ['until close', /^HTTP\/1.1 200 OK\r\nConnection: close\r\n\r\n{"a":1}$/],
    ['after a 103', /^HTTP\/1.1 103 Early Hints\r\n.*\r\n\r\nHTTP\/1.1 200 OK/s],
  ])('an answer goes out: %s', (framing, expected) => {
    const { bytes, headLength, sentLength } = encodeAs(framing);
    expect(bytes.toString()).toMatch(expected);
    expect(bytes.subarray(0, headLength).toString()).toMatch(/\r\n\r\n$/);
    expect(sentLength).toBe(bytes.length);
  });
});
