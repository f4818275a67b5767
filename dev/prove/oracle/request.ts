// How one request may go, through all of its attempts and the waits between them.
import { longestJitterMs } from '../contract.ts';
import { goodPlay } from '../schedule/play.ts';
import type { Schedule } from '../schedule.ts';
import { type Effect, listEffects, type RequestKind } from './effects.ts';

/** How far a run has come, and the least and most seconds that it may have taken. */
export interface Moment {
  /** The label of each attempt so far. */
  readonly route: readonly string[];
  readonly lowS: number;
  readonly highS: number;
  /** A first attempt hung: the contract promises time for a second. */
  readonly promised: boolean;
}

/** The end of a request; `retries` are spent, or the server `asks` for more time than there is. */
export interface Reply {
  readonly moment: Moment;
  readonly result: Effect['result'] | 'retries' | 'asks' | 'time';
}

export type Terms = Pick<Schedule, 'plays' | 'maxAttempts' | 'timeoutS'>;

/** For a busy machine: a start, an exchange, and the time below which nothing is begun any more. */
const slackS = { start: 0.7, exchange: 0.4, end: 0.4 };

export const startMoment: Moment = { route: [], lowS: 0, highS: slackS.start, promised: false };

/** All replies that a request may end with, from its attempt with number `nth`, from 1, on. */
export function listReplies(
  terms: Terms,
  start: Moment,
  kind: RequestKind,
  label: string = kind,
  nth = 1,
): Reply[] {
  const early: Reply[] = mayEnd(start, terms) ? [{ result: 'time', moment: start }] : [];
  if (start.lowS >= terms.timeoutS) return early;
  const play = terms.plays[start.route.length] ?? goodPlay;
  const route = [...start.route, play.delivery === 'reset-accept' ? '?' : label];
  const next = (moment: Moment) => listReplies(terms, moment, kind, label, nth + 1);
  const replies = listEffects(play, kind).flatMap((effect): Reply[] => {
    const { result } = effect;
    const moment = passAttempt(terms, { ...start, route }, effect, play.lateMs / 1000, nth);
    const last = nth >= terms.maxAttempts;
    // With hardly any time left, an attempt may be given up whatever the answer would have been.
    const late: Reply[] = mayEnd(moment, terms) ? [{ result: 'time', moment }] : [];
    const cut = late.length > 0 && !last ? passWait(terms, moment, [0, 0], nth, next) : [];
    if (result !== 'again' && result !== 'hang') return [{ result, moment }, ...late, ...cut];
    if (last) return [{ result: 'retries', moment }];
    return [...late, ...passWait(terms, moment, effect.floorS, nth, next)];
  });
  return [...early, ...replies];
}

/** The moment after an attempt. */
function passAttempt(
  terms: Terms,
  start: Moment,
  effect: Effect,
  lateS: number,
  nth: number,
): Moment {
  const { lowS, highS, route } = start;
  if (effect.result !== 'hang') {
    return { ...start, lowS: lowS + lateS, highS: highS + lateS + slackS.exchange };
  }
  const first = nth === 1 && route.length === 1 && terms.timeoutS >= 2 && terms.maxAttempts > 1;
  return { route, lowS: lowS + 0.1, highS: terms.timeoutS, promised: first };
}

/** What comes after the wait before another attempt, or the end where it would take too long. */
function passWait(
  terms: Terms,
  moment: Moment,
  [low, high]: Effect['floorS'],
  nth: number,
  next: (moment: Moment) => Reply[],
): Reply[] {
  const lowS = moment.lowS + low;
  const highS = moment.highS + high + longestJitterMs(nth) / 1000;
  const after = { ...moment, lowS, highS, promised: moment.promised && nth === 1 };
  const asks: Reply[] =
    high > 0 && moment.highS + high >= terms.timeoutS - slackS.end
      ? [{ result: 'asks', moment }]
      : [];
  if (lowS >= terms.timeoutS) return asks;
  const time: Reply[] = mayEnd(after, terms) ? [{ result: 'time', moment }] : [];
  return [...asks, ...time, ...next(after)];
}

/** Whether the time may be over by then. */
function mayEnd({ highS, promised }: Moment, { timeoutS }: Terms): boolean {
  return highS >= timeoutS - slackS.end && !promised;
}
