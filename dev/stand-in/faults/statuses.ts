// Statuses that ask for another try, with every kind of Retry-After.
import { STATUS_CODES } from 'node:http';
import { answerWith, type Fault, type Faults } from '../exchange.ts';

export const statusFaults: Faults = {
  408: play(408),
  425: play(425),
  429: play(429),
  '429-1': play(429, 'try again after a second', () => '1'),
  '429-3600': play(429, 'try again after an hour', () => '3600'),
  // An HTTP date has no fractions of a second.
  '429-date': play(429, 'try again at a time 1 to 2 s from now', () =>
    new Date(Date.now() + 2000).toUTCString(),
  ),
  500: play(500),
  502: play(502),
  503: play(503),
  504: play(504),
  507: play(507),
};

function play(status: number, retry?: string, retryAfter?: () => string): Fault {
  const reason = STATUS_CODES[status] ?? '';
  return answerWith(`${status} ${reason}${retry ? `: ${retry}` : ''}`, () => ({
    status,
    headers: {
      'Content-Type': 'text/plain',
      ...(retryAfter && { 'Retry-After': retryAfter() }),
    },
    body: reason,
  }));
}
