// What the network does to one attempt: what is answered, and how the answer travels.
import fc from 'fast-check';

export interface Fault {
  /** One of the stand-in's faults that is an answer, or a status for what would else be a good one. */
  readonly answer: string;
  /** A `Retry-After`: its text, or what becomes a date when it is sent. */
  readonly retryAfter: string;
  readonly framing: Framing;
  /** How much of the answer's bytes, from their end, is not sent at once, in percent. */
  readonly missingPercent: number;
  /** What comes after the last byte that is sent at once; `trickled`: the rest, a byte a second. */
  readonly ending: 'open' | 'closed' | 'reset' | 'trickled';
}

/** How the end of the body is told. */
export type Framing = (typeof framings)[number] | (typeof brokenFramings)[number];

const framings = ['length', 'chunked', 'after a 103', 'until close'] as const;
const brokenFramings = [
  'reset before the request',
  'length too long',
  'broken chunk',
  'garbage',
] as const;

export const noFault: Fault = {
  answer: 'good',
  retryAfter: 'none',
  framing: 'length',
  missingPercent: 0,
  ending: 'open',
};

/** By how likely each group is; within it, all are alike. */
const answer = weigh([
  [40, 'good'],
  [26, '503 429 408 425 500 502 504 507 599'],
  [8, '201 202 204 206 400 401 402 403 404 405 407 409 410 422 451 600 799'],
  [9, 'invalid_client invalid_client_401 invalid_client_id error-200'],
  [7, 'missing_client_id unauthorized_client invalid_scope not_found nested_error token-400'],
  [7, 'redirect redirect-307'],
  [7, 'too-large too-large-503 html html-503 huge-headers gzip identity bom'],
  [6, 'invalid-json empty array null deep-json invalid-utf8 text-200'],
  [6, 'no-token token-number line-break huge-token mac no-type opaque fewer-scopes'],
  [6, 'strings milliseconds short expires-negative expires-zero expires-text no-expires'],
  [6, 'echo commands commands-200 commands-scope commands-invalid'],
  [10, '401013 403003 quota_exhausted invalid valid-string valid-string-true empty-object'],
]);

const retryAfter = weigh([
  [20, 'none'],
  [5, '1 0 2 3600 99999999999999999999'],
  [5, 'date+2 date+3600 date-5 soon -5 1.5'],
]);

/** What hangs costs seconds, so it is rare. */
const travel = fc.oneof(
  { withCrossShrink: true },
  { weight: 34, arbitrary: travelled(['length'], ['open'], 0, 0) },
  { weight: 18, arbitrary: travelled(framings, ['closed', 'open'], 0, 0) },
  { weight: 25, arbitrary: travelled(framings, ['reset', 'closed'], 0, 100) },
  { weight: 22, arbitrary: travelled(brokenFramings, ['closed'], 0, 20) },
  { weight: 4, arbitrary: travelled(framings, ['open', 'trickled'], 1, 100) },
);

export const fault: fc.Arbitrary<Fault> = fc
  .record({ answer, retryAfter, travel })
  // What is large is worth sending only whole: cut, it would test the cut.
  .map(({ travel, ...rest }) => ({
    ...noFault,
    ...rest,
    ...(!/^(too-large|huge)/.test(rest.answer) && travel),
  }));

/** `rare` once in so many times, else `usual`, which it shrinks to. */
export function oneIn<T, U>(times: number, usual: U, rare: fc.Arbitrary<T>): fc.Arbitrary<T | U> {
  const weighted = { weight: times - 1, arbitrary: fc.constant(usual) };
  return fc.oneof({ withCrossShrink: true }, weighted, { weight: 1, arbitrary: rare });
}

/** Whether no end comes, so that whoever waits for it must give up. */
export function hangs({ ending, missingPercent }: Fault): boolean {
  return ending === 'trickled' || (ending === 'open' && missingPercent > 0);
}

/** For people: `503 with Retry-After: 2, chunked, the last 31 % missing, reset`. */
export function describeFault(fault: Fault): string {
  const { answer, retryAfter, framing, missingPercent, ending } = fault;
  const parts = [
    retryAfter === 'none' ? answer : `${answer} with Retry-After: ${retryAfter}`,
    framing === 'length' ? '' : framing,
    missingPercent === 0 ? '' : `the last ${missingPercent} % missing`,
    ending === 'open' && missingPercent === 0 ? '' : ending,
  ];
  return parts.filter((part) => part !== '').join(', ');
}

function weigh(groups: readonly (readonly [number, string])[]): fc.Arbitrary<string> {
  const weighted = groups.map(([weight, names]) => ({
    weight,
    arbitrary: fc.constantFrom(...names.split(' ')),
  }));
  return fc.oneof({ withCrossShrink: true }, ...weighted);
}

function travelled(
  framings: readonly Framing[],
  endings: readonly Fault['ending'][],
  min: number,
  max: number,
): fc.Arbitrary<Pick<Fault, 'framing' | 'ending' | 'missingPercent'>> {
  const framing = fc.constantFrom(...framings);
  const ending = fc.constantFrom(...endings);
  return fc.record({ framing, ending, missingPercent: fc.integer({ min, max }) });
}
