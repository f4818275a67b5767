// All the ways in which the contract lets a schedule end, each with the requests that lead there.
import { type Effect, type Kind, listEffects } from './effects.ts';
import { goodPlay } from './play.ts';
import type { Schedule } from './schedule.ts';
import { services } from './services.ts';

export interface Ending {
  readonly result: 'minted' | 'sealed' | 'skipped' | 'failed';
  /** The label of each attempt. */
  readonly route: readonly string[];
  /** The attempt, from 0, that brought the last token, published or not. */
  readonly granted: number | undefined;
  /** How many secrets were refused. */
  readonly refused: number;
  /** Why it failed; `retries` are spent, or the server `asks` for more time than there is. */
  readonly why: 'done' | 'refused' | 'retries' | 'asks' | 'time' | 'inputs';
}

/** How far a run has come, and the least and most seconds that it may have taken. */
interface Moment {
  readonly route: readonly string[];
  readonly lowS: number;
  readonly highS: number;
  /** A first attempt hung: the contract promises time for a second. */
  readonly promised: boolean;
}

interface Reply {
  readonly moment: Moment;
  readonly result: Effect['result'] | 'retries' | 'asks' | 'time';
}

/** For a busy machine: a start, an exchange, and the time below which nothing is begun any more. */
const slackS = { start: 0.7, exchange: 0.4, end: 0.4 };

export function forecast(schedule: Schedule): Ending[] {
  const { wrong, seal } = schedule;
  const none = { route: [], granted: undefined, refused: 0 };
  if (wrong) return [{ ...none, result: wrong.skips ? 'skipped' : 'failed', why: 'inputs' }];
  const start = { route: [], lowS: 0, highS: slackS.start, promised: false };
  return seal?.serves ? unseal(schedule, start) : mint(schedule, start, 0);
}

/** The ends of one request to IMS's revocation, by a post step that has 20 s. */
export function forecastRevocation(schedule: Schedule): Reply[] {
  const start = { route: [], lowS: 0, highS: slackS.start, promised: false };
  const { postPlays, maxAttempts } = schedule;
  return ask({ plays: postPlays, maxAttempts, timeoutS: 20 }, start, 'revoke', 'revoke');
}

function unseal(schedule: Schedule, start: Moment): Ending[] {
  return check(schedule, start).flatMap(({ result, moment }): Ending[] => {
    const end = { route: moment.route, granted: undefined, refused: 0 };
    if (result === 'good') return [{ ...end, result: 'sealed', why: 'done' }];
    const minted = mint(schedule, moment, 0);
    // Whether a sealed token that nobody could be asked about failed is open.
    const failed: Ending = { ...end, result: 'failed', why: explain(result) };
    return result === 'over' ? minted : [...minted, failed];
  });
}

function mint(schedule: Schedule, start: Moment, line: number): Ending[] {
  return ask(schedule, start, 'mint', `mint ${line + 1}`).flatMap(
    ({ result, moment }): Ending[] => {
      const { route } = moment;
      if (result === 'next' && line + 1 < schedule.secrets.length) {
        return mint(schedule, moment, line + 1);
      }
      const end = { granted: undefined, refused: line };
      if (result !== 'good') return [{ ...end, route, result: 'failed', why: explain(result) }];
      const granted = route.length - 1;
      return check(schedule, moment).map(({ result: verdict, moment: { route } }) =>
        verdict === 'good'
          ? { ...end, route, granted, result: 'minted', why: 'done' }
          : { ...end, route, granted, result: 'failed', why: explain(verdict) },
      );
    },
  );
}

/** The verification that the inputs ask for. */
function check(schedule: Schedule, start: Moment): Reply[] {
  const { inputs, service } = schedule;
  if (inputs['verify'] === 'none') return [{ result: 'good', moment: start }];
  const named = inputs['verify-url'] !== undefined || services[service].endpoint;
  const kind = inputs['verify'] === 'service' && named ? 'service' : 'validate';
  return ask(schedule, { ...start, promised: false }, kind, kind);
}

function explain(result: Reply['result']): Ending['why'] {
  return result === 'retries' || result === 'asks' || result === 'time' ? result : 'refused';
}

type Terms = Pick<Schedule, 'plays' | 'maxAttempts' | 'timeoutS'>;

/** One request, with all its attempts from the one with number `nth` on. */
function ask(terms: Terms, start: Moment, kind: Kind, label: string, nth = 1): Reply[] {
  const limitS = terms.timeoutS - slackS.end;
  const early: Reply[] = mayEnd(start, limitS) ? [{ result: 'time', moment: start }] : [];
  if (start.lowS >= terms.timeoutS) return early;
  const play = terms.plays[start.route.length] ?? goodPlay;
  const route = [...start.route, play.delivery === 'reset-accept' ? '?' : label];
  const next = (moment: Moment) => ask(terms, moment, kind, label, nth + 1);
  const replies = listEffects(play, kind).flatMap((effect): Reply[] => {
    const { result } = effect;
    const moment = pass(terms, { ...start, route }, effect, play.lateMs / 1000, nth);
    const last = nth >= terms.maxAttempts;
    // With hardly any time left, an attempt may be given up whatever the answer would have been.
    const late: Reply[] = mayEnd(moment, limitS) ? [{ result: 'time', moment }] : [];
    const cut = late.length > 0 && !last ? wait(terms, moment, [0, 0], nth, next) : [];
    if (result !== 'again' && result !== 'hang') return [{ result, moment }, ...late, ...cut];
    if (last) return [{ result: 'retries', moment }];
    return [...late, ...wait(terms, moment, effect.floorS, nth, next)];
  });
  return [...early, ...replies];
}

/** The moment after an attempt. */
function pass(terms: Terms, start: Moment, effect: Effect, lateS: number, nth: number): Moment {
  const { lowS, highS, route } = start;
  if (effect.result !== 'hang') {
    return { ...start, lowS: lowS + lateS, highS: highS + lateS + slackS.exchange };
  }
  const first = nth === 1 && route.length === 1 && terms.timeoutS >= 2 && terms.maxAttempts > 1;
  return { route, lowS: lowS + 0.1, highS: terms.timeoutS, promised: first };
}

/** The wait before another attempt, or the end where it would take too long. */
function wait(
  terms: Terms,
  moment: Moment,
  [low, high]: Effect['floorS'],
  nth: number,
  next: (moment: Moment) => Reply[],
): Reply[] {
  const jitterS = longestJitterS(nth);
  const lowS = moment.lowS + low;
  const highS = moment.highS + high + jitterS;
  const after = { ...moment, lowS, highS, promised: moment.promised && nth === 1 };
  const asks: Reply[] =
    high > 0 && moment.highS + high >= terms.timeoutS - slackS.end
      ? [{ result: 'asks', moment }]
      : [];
  if (lowS >= terms.timeoutS) return asks;
  const time: Reply[] = mayEnd(after, terms.timeoutS - slackS.end)
    ? [{ result: 'time', moment }]
    : [];
  return [...asks, ...time, ...next(after)];
}

/** Full jitter: base 500 ms, doubled each time, 10 s at most. */
export function longestJitterS(nth: number): number {
  return Math.min(10, 0.5 * 2 ** (nth - 1));
}

function mayEnd({ highS, promised }: Moment, limitS: number): boolean {
  return highS >= limitS && !promised;
}
