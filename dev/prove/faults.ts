// What the network does to one attempt: what is answered, and how the answer travels.
import fc from 'fast-check';
import { isLarge, rows } from './answers.ts';

export interface Fault {
  /** One of the table of answers. */
  readonly answer: string;
  /** A `Retry-After`: its text, or what becomes a date when it is sent. */
  readonly retryAfter: string;
  /** How the end of the body is told. */
  readonly framing: 'length' | 'chunked' | 'after a 103' | 'until close' | 'broken chunk';
  /** How much of the answer's bytes, from their end, is never sent, in percent. */
  readonly missingPercent: number;
  /** What comes after the last byte that is sent. */
  readonly ending: 'open' | 'closed' | 'reset';
}

export const noFault: Fault = {
  answer: 'good',
  retryAfter: 'none',
  framing: 'length',
  missingPercent: 0,
  ending: 'open',
};

const retryAfter = weigh([
  [20, ['none']],
  [5, ['1', '0', '2', '3600', '99999999999999999999']],
  [5, ['date+2', 'date+3600', 'date-5', 'soon', '-5', '1.5']],
]);

type Travel = Pick<Fault, 'framing' | 'missingPercent' | 'ending'>;

/** What hangs costs seconds, so it is rare. Where the connection's end is the body's, nobody can tell what is missing. */
const travel = fc.oneof(
  { withCrossShrink: true },
  { weight: 34, arbitrary: travelled(['length'], ['open'], 0, 0) },
  { weight: 14, arbitrary: travelled(['length', 'chunked', 'after a 103'], ['closed'], 0, 0) },
  { weight: 4, arbitrary: travelled(['until close'], ['closed'], 0, 0) },
  { weight: 40, arbitrary: travelled(['length', 'chunked'], ['reset', 'closed'], 0, 100) },
  { weight: 7, arbitrary: travelled(['broken chunk'], ['closed'], 0, 0) },
  { weight: 4, arbitrary: travelled(['length', 'after a 103'], ['open'], 1, 100) },
);

export const fault: fc.Arbitrary<Fault> = fc
  .record({
    answer: weigh(rows.map(({ weight, answers }) => [weight, answers])),
    retryAfter,
    travel,
  })
  // What is large is worth sending only whole: cut, it would test the cut.
  .map(({ travel, ...rest }) => ({
    ...noFault,
    ...rest,
    ...(!isLarge(rest.answer) && travel),
  }));

/** `rare` once in so many times, else `usual`, which it shrinks to. */
export function oneIn<T, U>(times: number, usual: U, rare: fc.Arbitrary<T>): fc.Arbitrary<T | U> {
  const weighted = { weight: times - 1, arbitrary: fc.constant(usual) };
  return fc.oneof({ withCrossShrink: true }, weighted, { weight: 1, arbitrary: rare });
}

/** Whether no end comes, so that whoever waits for it must give up. */
export function hangs({ ending, missingPercent }: Fault): boolean {
  return ending === 'open' && missingPercent > 0;
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

function weigh(groups: readonly (readonly [number, readonly string[]])[]): fc.Arbitrary<string> {
  const weighted = groups.map(([weight, names]) => ({
    weight,
    arbitrary: fc.constantFrom(...names),
  }));
  return fc.oneof({ withCrossShrink: true }, ...weighted);
}

function travelled(
  framings: readonly Fault['framing'][],
  endings: readonly Fault['ending'][],
  min: number,
  max: number,
): fc.Arbitrary<Travel> {
  const framing = fc.constantFrom(...framings);
  const ending = fc.constantFrom(...endings);
  return fc.record({ framing, ending, missingPercent: fc.integer({ min, max }) });
}
