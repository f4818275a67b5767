// What the network does to one attempt: what is answered, and how the answer travels.
import fc from 'fast-check';

export interface Fault {
  /** One of the stand-in's faults that is an answer, or a status for what would else be a good one. */
  readonly answer: string | number;
  readonly retryAfter: RetryAfter;
  readonly framing: Framing;
  /** How much of the answer's bytes, from their end, is not sent at once, in percent. */
  readonly missingPercent: number;
  readonly ending: Ending;
  /** How long nothing comes at first. */
  readonly delayMs: number;
}

/** A `Retry-After`: its text, or what becomes a date when it is sent. */
export type RetryAfter = (typeof retryAfters)[number];

/** How the end of the body is told. */
export type Framing = (typeof framings)[number] | (typeof brokenFramings)[number];

/** What comes after the last byte that is sent at once; `trickled`: the rest, a byte a second. */
export type Ending = 'open' | 'closed' | 'reset' | 'trickled';

const plainWaits = ['none', '1', '0', '2', '3600', '99999999999999999999'] as const;
const datedWaits = ['date in 2 s', 'date in 3600 s', 'date in -5 s'] as const;
const retryAfters = [...plainWaits, ...datedWaits, 'soon', '-5', '1.5'] as const;

const framings = ['length', 'chunked', 'in pieces', 'after a 103', 'until close'] as const;

const brokenFramings = [
  'reset before the request',
  'length too long',
  'length too short',
  'broken chunk',
  'chunked and length',
  'garbage',
] as const;

const retried = [503, 429, 408, 425, 500, 502, 504, 507, 599];
const refused = [400, 401, 402, 403, 404, 405, 407, 409, 410, 422, 451, 600, 799];
const answers: Readonly<Record<string, readonly (string | number)[]>> = {
  retried,
  status: [...refused, 201, 202, 204, 206, 201],
  secret: name('invalid_client invalid_client_401 invalid_client_id'),
  error: name(`missing_client_id unauthorized_client invalid_scope access_denied not_found
    duplicate_binding unknown_error nested_error`),
  redirect: name('redirect redirect-307'),
  body: name(`too-large too-large-503 invalid-json html html-503 empty array null deep-json
    huge-headers invalid-utf8 gzip bom identity error-200 text-200 token-400`),
  field: name(`no-token token-number line-break huge-token mac no-type strings milliseconds
    expires-negative expires-zero expires-text no-expires short fewer-scopes opaque`),
  hostile: name('echo commands commands-200 commands-scope commands-invalid'),
  verdict: name(`401013 403003 quota_exhausted invalid valid-string valid-string-true
    valid-string-true valid-string-true empty-object`),
};
const weights = {
  ...{ retried: 26, status: 8, secret: 9, error: 7, redirect: 7, body: 13, field: 13 },
  ...{ hostile: 6, verdict: 10 },
};

export const noFault: Fault = {
  answer: 'good',
  retryAfter: 'none',
  framing: 'length',
  missingPercent: 0,
  ending: 'open',
  delayMs: 0,
};

const answer = fc.oneof(
  { withCrossShrink: true },
  { weight: 40, arbitrary: fc.constant('good') },
  ...Object.entries(weights).map(([group, weight]) => ({
    weight,
    arbitrary: fc.constantFrom(...(answers[group] ?? [])),
  })),
);

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
  .record({
    answer,
    retryAfter: oneIn(2, 'none' as const, fc.constantFrom(...retryAfters)),
    travel,
    delayMs: oneIn(10, 0, fc.integer({ min: 1, max: 200 })),
  })
  // What is large is worth sending only whole: cut, it would test the cut.
  .map(({ travel, ...rest }) =>
    /^(too-large|huge)/.test(String(rest.answer))
      ? { ...noFault, ...rest }
      : { ...rest, ...travel },
  );

/** `rare` once in so many times, else `usual`, which it shrinks to. */
export function oneIn<T, U>(times: number, usual: U, rare: fc.Arbitrary<T>): fc.Arbitrary<T | U> {
  return fc.oneof(
    { withCrossShrink: true },
    { weight: times - 1, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: rare },
  );
}

/** Whether no end comes, so that whoever waits for it must give up. */
export function hangs({ ending, missingPercent }: Fault): boolean {
  return ending === 'trickled' || (ending === 'open' && missingPercent > 0);
}

/** For people: `503 with Retry-After: 2, chunked, the last 31 % missing, reset`. */
export function describeFault(fault: Fault): string {
  const { answer, retryAfter, framing, missingPercent, ending, delayMs } = fault;
  const parts = [
    retryAfter === 'none' ? `${answer}` : `${answer} with Retry-After: ${retryAfter}`,
    ...(framing === 'length' ? [] : [framing]),
    ...(missingPercent === 0 ? [] : [`the last ${missingPercent} % missing`]),
    ...(ending === 'open' && missingPercent === 0 ? [] : [ending]),
    ...(delayMs === 0 ? [] : [`after ${delayMs} ms`]),
  ];
  return parts.join(', ');
}

function name(text: string): string[] {
  return text.split(/\s+/);
}

function travelled(
  framings: readonly Framing[],
  endings: readonly Ending[],
  min: number,
  max: number,
): fc.Arbitrary<Pick<Fault, 'framing' | 'ending' | 'missingPercent'>> {
  return fc.record({
    framing: fc.constantFrom(...framings),
    ending: fc.constantFrom(...endings),
    missingPercent: fc.integer({ min, max }),
  });
}
