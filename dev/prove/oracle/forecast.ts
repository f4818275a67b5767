// All the ways in which the contract lets a schedule end, each with the requests that lead there.
import { services } from '../contract.ts';
import type { Schedule } from '../schedule.ts';
import { listReplies, type Moment, type Reply, startMoment } from './request.ts';

export interface Ending {
  readonly result: 'minted' | 'sealed' | 'skipped' | 'failed';
  /** The label of each attempt. */
  readonly route: readonly string[];
  /** The attempt, from 0, that brought the last token, published or not. */
  readonly granted: number | undefined;
  /** How many secrets were refused. */
  readonly refused: number;
  /** Why it failed: an answer, spent retries, a wait that was asked for, the deadline, or what was given. */
  readonly why: 'done' | 'refused' | 'retries' | 'asks' | 'time' | 'inputs';
}

export function forecast(schedule: Schedule): Ending[] {
  const { obstacle, seal } = schedule;
  const none = { route: [], granted: undefined, refused: 0 };
  if (obstacle) return [{ ...none, result: obstacle.skips ? 'skipped' : 'failed', why: 'inputs' }];
  return seal?.serves ? unseal(schedule, startMoment) : mint(schedule, startMoment, 0);
}

/** The ends of one request to IMS's revocation, by a post step that has 20 s. */
export function forecastRevocation({ postPlays, maxAttempts }: Schedule): Reply[] {
  return listReplies({ plays: postPlays, maxAttempts, timeoutS: 20 }, startMoment, 'revoke');
}

/** Each ending once, for people. */
export function describeEndings(endings: readonly Ending[]): string[] {
  const texts = endings.map(
    ({ result, why, route }) => `${result} (${why}) after ${route.join(', ') || 'nothing'}`,
  );
  return [...new Set(texts)];
}

function unseal(schedule: Schedule, start: Moment): Ending[] {
  return verify(schedule, start).flatMap(({ result, moment }): Ending[] => {
    const end = { route: moment.route, granted: undefined, refused: 0 };
    if (result === 'good') return [{ ...end, result: 'sealed', why: 'done' }];
    const minted = mint(schedule, moment, 0);
    // Whether a sealed token that nobody could be asked about failed is open.
    const failed: Ending = { ...end, result: 'failed', why: explain(result) };
    return result === 'over' ? minted : [...minted, failed];
  });
}

/** With the secret at `line`, from 0, and with the next one where it is refused. */
function mint(schedule: Schedule, start: Moment, line: number): Ending[] {
  return listReplies(schedule, start, 'mint', `mint ${line + 1}`).flatMap(
    ({ result, moment }): Ending[] => {
      if (result === 'next' && line + 1 < schedule.secrets.length) {
        return mint(schedule, moment, line + 1);
      }
      const { route } = moment;
      const end = { granted: undefined, refused: line };
      if (result !== 'good') return [{ ...end, route, result: 'failed', why: explain(result) }];
      const granted = route.length - 1;
      return verify(schedule, moment).map(({ result: verdict, moment: { route } }) =>
        verdict === 'good'
          ? { ...end, route, granted, result: 'minted', why: 'done' }
          : { ...end, route, granted, result: 'failed', why: explain(verdict) },
      );
    },
  );
}

/** The verification that the inputs ask for. */
function verify(schedule: Schedule, start: Moment): Reply[] {
  const { inputs, service } = schedule;
  if (inputs['verify'] === 'none') return [{ result: 'good', moment: start }];
  const named = inputs['verify-url'] !== undefined || services[service].endpoint;
  const kind = inputs['verify'] === 'service' && named ? 'service' : 'validate';
  return listReplies(schedule, { ...start, promised: false }, kind);
}

function explain(result: Reply['result']): Ending['why'] {
  return result === 'retries' || result === 'asks' || result === 'time' ? result : 'refused';
}
