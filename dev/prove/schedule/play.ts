// What the network does to one attempt: what is answered, and how the answer travels. Drawn, never decided on the way.
import type { Dice } from './dice.ts';

/** How an answer travels; `-head`, `-body` and `-end` say where it goes wrong. */
export type Delivery = keyof typeof deliveries;

/** A `Retry-After`, by its text or by what becomes a date when it is sent. */
export type Wait = keyof typeof waits;

export interface Play {
  /** A failure of the stand-in's that is an answer, or `status` for the bare `status` below. */
  readonly answer: string;
  readonly status: number;
  readonly wait: Wait;
  readonly delivery: Delivery;
  /** Which byte, as a part of the whole: from 0 up to 1. */
  readonly at: number;
  /** How long nothing comes at first. */
  readonly lateMs: number;
}

export const goodPlay: Play = {
  answer: 'good',
  status: 200,
  wait: 'none',
  delivery: 'whole',
  at: 0,
  lateMs: 0,
};

/** Weights: what hangs costs seconds, so it is rare. */
const deliveries = {
  whole: 34,
  chunked: 6,
  pieces: 5,
  closed: 4,
  interim: 3,
  'reset-accept': 4,
  'reset-head': 4,
  'reset-body': 4,
  'reset-end': 3,
  'end-head': 4,
  'end-body': 5,
  'closed-body': 4,
  'stall-head': 1.2,
  'stall-body': 1.2,
  'trickle-head': 0.7,
  'trickle-body': 0.9,
  'long-length': 3,
  'short-length': 3,
  'broken-chunk': 3,
  'cut-chunks': 3,
  'two-lengths': 2,
  garbage: 3,
} as const;

export const hangs: readonly Delivery[] = [
  'stall-head',
  'stall-body',
  'trickle-head',
  'trickle-body',
];

const waits = {
  none: 10,
  '0': 1,
  '1': 3,
  '2': 1,
  '3600': 3,
  '99999999999999999999': 1,
  'date-2': 2,
  'date-3600': 1,
  'date-past': 1,
  soon: 1,
  '-5': 1,
  '1.5': 1,
} as const;

const groups = {
  good: 40,
  retried: 26,
  refused: 5,
  invalidClient: 9,
  error: 7,
  redirect: 7,
  body: 13,
  field: 9,
  hostile: 6,
  verdict: 10,
} as const;

/** The answers of a group, one as likely as another: what is named twice is twice as likely. */
const answers: Readonly<Record<keyof typeof groups, string>> = {
  good: 'good',
  retried: 'status',
  refused: 'status',
  invalidClient: 'invalid_client invalid_client invalid_client_401 invalid_client_id',
  error: `missing_client_id unauthorized_client invalid_scope access_denied
    not_found duplicate_binding unknown_error nested_error`,
  redirect: 'redirect redirect-307',
  body: `too-large too-large too-large too-large-503 invalid-json html html-503 empty
    array null deep-json huge-headers invalid-utf8 gzip`,
  field: `no-token token-number line-break huge-token mac no-type
    strings milliseconds expires-negative expires-zero expires-text
    no-expires short fewer-scopes opaque`,
  hostile: 'echo commands commands-200 commands-scope commands-invalid',
  verdict: `401013 403003 quota_exhausted invalid
    valid-string valid-string-true valid-string-true valid-string-true empty-object`,
};

const refusedStatuses = [400, 401, 402, 403, 404, 405, 407, 409, 410, 422, 451, 600, 799];

export function drawPlay(dice: Dice): Play {
  const group = dice.weigh(groups);
  const answer = dice.pick(answers[group].split(/\s+/));
  const delivery = dice.weigh(deliveries);
  return {
    answer,
    status: group === 'retried' ? drawRetriedStatus(dice) : dice.pick(refusedStatuses),
    wait: dice.weigh(waits),
    // What is large is worth sending only whole: cut, it would test the cut.
    delivery: /^(too-large|huge)/.test(answer) ? 'whole' : delivery,
    at: dice.roll(),
    lateMs: dice.chance(0.1) ? dice.between(1, 200) : 0,
  };
}

/** For people: `503 (Retry-After: 2), reset-body at 0.31`. */
export function describePlay({ answer, status, wait, delivery, at, lateMs }: Play): string {
  const what = answer === 'status' ? `${status}` : answer;
  const asks = wait === 'none' ? '' : ` (Retry-After: ${wait})`;
  const late = lateMs > 0 ? `, ${lateMs} ms late` : '';
  return `${what}${asks}, ${delivery} at ${at.toFixed(2)}${late}`;
}

function drawRetriedStatus(dice: Dice): number {
  return dice.chance(0.4) ? dice.between(500, 599) : dice.pick([408, 425, 429, 429, 429, 503]);
}
