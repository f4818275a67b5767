// What the contract lets a run do next: another attempt, another request, or the end.
import { findService, type Schedule } from '../schedule.ts';
import type { Attempt } from '../servers.ts';
import { findToken, type Reading, type RequestKind } from './readings.ts';
import { findWaitFault, type Position, reasonToStop, type Timed } from './timing.ts';

/** What a run requests. */
export interface Stage {
  readonly request: RequestKind;
  /** Of a mint: which secret, from 1. */
  readonly line?: number;
  /** Of a verification: the token came out of a seal. */
  readonly sealed?: true;
  /** Of the post step's revocations: how many are to follow this one. */
  readonly following?: number;
}

export type Step =
  | { readonly to: Stage; readonly nth: number; readonly unconfirmed?: number }
  | { readonly end: 'done' | 'failed'; readonly why: Why; readonly unconfirmed?: number };

/** Why a run ended: all attempts are spent, the server asks for more time than there is, a file cannot be written. */
export type Why = 'done' | 'refused' | 'attempts' | 'asks to wait' | 'time' | 'files' | 'cancelled';

export interface Walk extends Timed {
  readonly schedule: Schedule;
}

export function request(stage: Stage): Step {
  return { to: stage, nth: 1 };
}

export const mintFirst = request({ request: 'mint', line: 1 });
const done: Step = { end: 'done', why: 'done' };
const unwritable: Step = { end: 'failed', why: 'files' };

/** `mint 1`, `validate`: as the server labels what is requested. */
export function nameStage({ request, line }: Stage): string {
  return request === 'mint' ? `mint ${line}` : request;
}

/** The request that the inputs ask a token to be verified with, or the end. */
export function listVerifications(schedule: Schedule, sealed?: true): Step[] {
  const { verify } = schedule;
  if (verify === 'none') return listEnds(schedule);
  const kind = verify === 'service' && findService(schedule).verifyUrl ? 'service' : 'validate';
  return [request({ request: kind, ...(sealed && { sealed }) })];
}

/** Every step after an attempt that counts as `reading`, the one with number `nth` of its request. */
export function listSteps(walk: Walk, stage: Stage, reading: Reading, position: Position): Step[] {
  const { schedule } = walk;
  const unsaved = listUnsaved(schedule, position.attempt);
  switch (reading) {
    case 'next secret': {
      const line = (stage.line ?? 0) + 1;
      if (line > schedule.secrets.length)
        return [...conclude(schedule, stage, 'refused'), ...unsaved];
      return [request({ request: 'mint', line }), ...unsaved];
    }
    case 'accepted':
      return [...conclude(schedule, stage, 'done'), ...unsaved];
    case 'unverified':
      return stage.sealed ? [mintFirst] : conclude(schedule, stage, 'refused');
    case 'refused':
      return [...conclude(schedule, stage, 'refused'), ...unsaved];
    default: {
      const { nth } = position;
      const why = reasonToStop(walk, reading, position);
      const again = nth < walk.maxAttempts && findWaitFault(walk, reading, position) === '';
      return [
        ...(again ? [{ to: stage, nth: nth + 1 }] : []),
        ...(why ? conclude(schedule, stage, why) : []),
        ...unsaved,
      ];
    }
  }
}

/** What follows a request that is over. */
function conclude(schedule: Schedule, stage: Stage, why: Why): Step[] {
  const { following } = stage;
  if (following !== undefined) {
    const next = following > 0 ? request({ ...stage, following: following - 1 }) : done;
    return [{ ...next, unconfirmed: why === 'done' ? 0 : 1 }];
  }
  // In the main step there may be several too: of answers that were refused.
  if (stage.request === 'revoke') return [unwritable, request(stage)];
  if (why !== 'done') return [{ end: 'failed', why }];
  return stage.request === 'mint' ? listVerifications(schedule) : listEnds(schedule);
}

/** How a run may end that has its token. */
function listEnds({ files }: Schedule): Step[] {
  return files && 'limitKiB' in files ? [done, unwritable] : [done];
}

/** Where a token is to be revoked that cannot be saved for that, it is revoked at once. */
function listUnsaved({ files, options }: Schedule, attempt: Attempt): Step[] {
  return files && options['revoke'] && findToken(attempt) ? [request({ request: 'revoke' })] : [];
}
