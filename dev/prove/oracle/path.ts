// Follows the path that a run took: after each attempt, all that the contract lets come next, and when.
import type { RequestKind } from '../answers.ts';
import { describeFault } from '../faults.ts';
import { findService, type Schedule, seals } from '../schedule.ts';
import type { Attempt } from '../servers.ts';
import { findToken, type Reading, readAttempt, readWaitMs } from './readings.ts';
import {
  backoffMs,
  clockMs,
  findBeginMs,
  findDeadlineMs,
  findSlackMs,
  findTimeoutMs,
  leastAttemptMs,
  mayMiss,
  type Walk,
} from './timing.ts';

/** What the whole path was. */
export interface Path {
  /** The attempt that brought the last token. */
  readonly granted?: Attempt;
  /** Those that were read for sure: an answer that came late may have crossed the end of its attempt. */
  readonly tokens: readonly string[];
  readonly refusedSecrets: number;
  readonly verified: 'none' | 'token' | 'service';
  /** Revocations that were not confirmed. */
  readonly unconfirmed: number;
  /** Why the run ended: all attempts are spent, the server asks for more time than there is, a file cannot be written. */
  readonly why: 'done' | 'refused' | 'attempts' | 'asks to wait' | 'time' | 'files' | 'cancelled';
  /** Attempts of the last request. */
  readonly tries: number;
}

/** How a run ended; one that was cancelled may end anywhere on its path. */
type End = 'done' | 'failed' | 'cancelled';

/** What may come next. */
interface Step extends Path {
  /** The request, or the run's end. */
  readonly due: RequestKind | Exclude<End, 'cancelled'>;
  /** The attempt's number among those of its request, from 1. */
  readonly nth: number;
  readonly fromMs: number;
  readonly untilMs: number;
  /** Which secret a mint is made with, from 1. */
  readonly line: number;
  /** Whether the token came out of a seal. */
  readonly isSealed: boolean;
  /** In the post step: how many revocations are to follow this one. */
  readonly following?: number;
}

const first: Step = {
  due: 'mint',
  nth: 1,
  fromMs: 0,
  untilMs: Number.POSITIVE_INFINITY,
  line: 1,
  isSealed: false,
  tokens: [],
  refusedSecrets: 0,
  verified: 'none',
  unconfirmed: 0,
  why: 'done',
  tries: 0,
};

/** The path that the main step took, or what in it is not allowed. */
export function followPath(walk: Walk, end: End): Path | { readonly unexpected: string } {
  const { schedule } = walk;
  const isSealed = seals[schedule.seal ?? '']?.serves;
  return follow(walk, isSealed ? verify(schedule, { ...first, isSealed: true }) : [first], end);
}

/** The same for a post step that has so many tokens to revoke, and says of so many that they may still be valid. */
export function followRevocations(walk: Walk, tokens: number, unconfirmed: number) {
  const due = tokens > 0 ? 'revoke' : 'done';
  return follow(walk, [{ ...first, due, following: tokens - 1 }], 'done', unconfirmed);
}

/** Takes every step that is allowed: which one the run took may only show later. */
function follow(
  walk: Walk,
  start: readonly Step[],
  end: End,
  unconfirmed?: number,
): Path | { readonly unexpected: string } {
  const { attempts, startedMs, endedMs } = walk.run;
  let steps = start;
  let [lastMs, last] = [startedMs, 'the start'];

  function unexpected(what: string, atMs: number): { readonly unexpected: string } {
    const tell = ({ due, line, nth, fromMs, untilMs }: Step) =>
      `${due === 'mint' ? `mint ${line}` : due} (${nth}) ${Math.max(0, fromMs - startedMs)} to ${untilMs - startedMs} ms`;
    const due = [...new Set(steps.map(tell))].join(' or ');
    return { unexpected: `After ${last}: ${what} at ${atMs - startedMs} ms, not ${due}` };
  }

  for (const attempt of attempts) {
    const { label, fault, answeredMs } = attempt;
    const atMs = findBeginMs(walk, attempt);
    const taken = steps.filter((step) => isDue(step, label, atMs));
    if (taken.length === 0) return unexpected(label, atMs);
    steps = taken.flatMap((step) => listNext(walk, step, attempt));
    [lastMs, last] = [answeredMs, `${label} <- ${describeFault(fault)}`];
  }
  const [any] = steps;
  if (end === 'cancelled' && any) return { ...any, why: 'cancelled' };
  const ended = steps.find(
    (step) => isDue(step, end, endedMs) && step.unconfirmed === (unconfirmed ?? step.unconfirmed),
  );
  if (ended) return ended;
  const missed = steps.find(({ due, nth }) => nth === 1 && due !== 'done' && due !== 'failed');
  const mayEnd = end === 'failed' || unconfirmed !== undefined;
  if (missed && mayEnd && mayMiss(walk, lastMs)) return { ...missed, why: 'time', tries: 0 };
  return unexpected(end, endedMs);
}

/** Whether the step may be what came at that moment: an attempt with that label, or that end. */
function isDue({ due, line, fromMs, untilMs }: Step, label: string, atMs: number): boolean {
  return label === (due === 'mint' ? `mint ${line}` : due) && atMs >= fromMs && atMs <= untilMs;
}

/** Every step after an attempt, whatever it may be taken for. */
function listNext(walk: Walk, step: Step, attempt: Attempt): Step[] {
  const { limitKiB, options } = walk.schedule;
  const { nth } = step;
  const isLate = attempt.answeredMs > findTimeoutMs(walk, attempt, nth) - findSlackMs(walk).start;
  const token = findToken(attempt);
  const tokens = token && !isLate ? [...step.tokens, token] : step.tokens;
  const { fromMs, untilMs } = first;
  const after = { ...step, nth: 1, fromMs, untilMs, tokens, tries: nth };
  const readings = new Set(readAttempt(attempt));
  if (isLate) readings.add('timed out');
  return [
    ...[...readings].flatMap((reading) => proceed(walk, after, reading, attempt)),
    // Where a token is to be revoked that cannot be saved for that, it is revoked at once.
    ...(limitKiB && options['revoke'] && token ? [{ ...after, due: 'revoke' as const }] : []),
  ];
}

/** Every step after an attempt that is taken for `reading`. */
function proceed(walk: Walk, step: Step, reading: Reading, attempt: Attempt): Step[] {
  const { schedule } = walk;
  const { due, line } = step;
  switch (reading) {
    case 'next-secret': {
      const after: Step = { ...step, line: line + 1, refusedSecrets: line };
      return line < schedule.secrets.length ? [after] : conclude(schedule, after, 'refused');
    }
    case 'accepted': {
      const gain = due === 'mint' ? { granted: attempt } : nameVerification(due);
      return conclude(schedule, { ...step, ...gain }, 'done');
    }
    case 'unverified':
      if (step.isSealed) return [{ ...step, due: 'mint', isSealed: false }];
      return conclude(schedule, step, 'refused');
    case 'refused':
      return conclude(schedule, step, 'refused');
    default:
      return retry(walk, step, reading === 'retried', attempt);
  }
}

function nameVerification(due: Step['due']): Partial<Path> {
  if (due === 'validate') return { verified: 'token' };
  return due === 'service' ? { verified: 'service' } : {};
}

/** Another attempt, or the end of the request for want of attempts or time. */
function retry(walk: Walk, step: Step, isAnswered: boolean, attempt: Attempt): Step[] {
  const { schedule } = walk;
  const { tries } = step;
  const { startMs, answeredMs } = attempt;
  const slackMs = findSlackMs(walk);
  const latestMs = findDeadlineMs(walk) - leastAttemptMs;
  const timeoutMs = findTimeoutMs(walk, attempt, tries);
  const [failedMs, toldMs] = isAnswered
    ? [startMs, answeredMs]
    : [timeoutMs - slackMs.start, timeoutMs];
  const failed = { ...step, fromMs: isAnswered ? 0 : failedMs };
  if (tries >= schedule.maxAttempts) return conclude(schedule, failed, 'attempts');
  const [leastRequested, mostRequested] = isAnswered ? readWaitMs(attempt) : [0, 0];
  const { least, most } = backoffMs(tries);
  // A wait is cut where it would leave too little time, but never below what the server asks for.
  const soonestMs = Math.min(failedMs + leastRequested + least, latestMs);
  const again: Step = {
    ...step,
    nth: tries + 1,
    fromMs: Math.max(failedMs + leastRequested, soonestMs) - clockMs,
    untilMs: toldMs + mostRequested + most + slackMs.wait,
  };
  const requestsTooMuch =
    mostRequested > 0 && answeredMs + mostRequested > latestMs - slackMs.start;
  const over = { ...failed, fromMs: Math.max(failed.fromMs, latestMs - clockMs) };
  return [
    again,
    ...conclude(schedule, over, 'time'),
    ...(requestsTooMuch ? conclude(schedule, failed, 'asks to wait') : []),
  ];
}

/** What follows a request that is over. */
function conclude(schedule: Schedule, step: Step, why: Path['why']): Step[] {
  const { due, following, unconfirmed } = step;
  if (following !== undefined) {
    const after = { ...step, unconfirmed: unconfirmed + (why === 'done' ? 0 : 1) };
    return [following > 0 ? { ...after, following: following - 1 } : { ...after, due: 'done' }];
  }
  // In the main step there may be several too: of answers that were refused.
  if (due === 'revoke') return [{ ...step, due: 'failed', why: 'files' }, step];
  if (why !== 'done') return [{ ...step, due: 'failed', why }];
  return due === 'mint' ? verify(schedule, step) : finish(schedule, step);
}

/** The request that the inputs ask a token to be verified with, or the end. */
function verify(schedule: Schedule, step: Step): Step[] {
  if (schedule.verify === 'none') return finish(schedule, step);
  const isService = schedule.verify === 'service' && findService(schedule).verifyUrl;
  return [{ ...step, due: isService ? 'service' : 'validate' }];
}

/** How a run may end that has its token. */
function finish({ limitKiB }: Schedule, step: Step): Step[] {
  const unwritable: Step = { ...step, due: 'failed', why: 'files' };
  return [{ ...step, due: 'done' }, ...(limitKiB ? [unwritable] : [])];
}
