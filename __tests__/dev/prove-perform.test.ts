// How the fault campaign plays a schedule: what goes out on the wire, and what is read of a run's journal.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { splitJournal } from '../../dev/prove/perform/journal.ts';
import { pack } from '../../dev/prove/perform/wire.ts';
import type { Play } from '../../dev/prove/schedule/play.ts';

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

test('a journal is split into the log and the blocks of file commands', () => {
  const journal = 'one\nname<<end\nvalue\nof lines\nend\ntwo\n';
  expect(splitJournal(journal)).toEqual({
    log: 'one\ntwo\n',
    blocks: 'name<<end\nvalue\nof lines\nend\n',
  });
});
