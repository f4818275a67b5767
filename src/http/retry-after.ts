/** `Retry-After`: how long a server asks to wait. */

import { type HttpResponse, readHeader } from './response.ts';

/** The one form of an HTTP date that does not name its time zone, which is GMT all the same. */
const ASCTIME = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d [\d:]{8} \d{4}$/;

/** Whatever is longer counts as this: thirty years, a number that can still be printed. */
const MAX_MS = 1e12;

/**
 * The wait that a `Retry-After` header asks for, in milliseconds: 0 where it is absent or unreadable.
 * A date counts from the answer's own `Date` where it has one, since the two clocks need not agree.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
 */
export function readRetryAfterMs(response: HttpResponse): number {
  const value = readHeader(response, 'retry-after').trim();
  if (/^\d+$/.test(value)) return Math.min(Number(value) * 1000, MAX_MS);
  const date = ASCTIME.test(value) ? `${value} GMT` : value;
  if (!/^[A-Z][a-z]{2}.* GMT$/.test(date)) return 0;
  const sentMs = Date.parse(readHeader(response, 'date'));
  const waitMs = Date.parse(date) - (Number.isNaN(sentMs) ? response.receivedAtMs : sentMs);
  return Math.min(Math.max(waitMs, 0) || 0, MAX_MS);
}
