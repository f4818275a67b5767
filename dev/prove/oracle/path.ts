// Follows the path that a run took, attempt by attempt: each step of it must be one that the contract allows.
import { describeFault } from '../faults.ts';
import { isUnwritable } from '../schedule.ts';
import { seals } from '../seals.ts';
import type { Attempt } from '../servers.ts';
import { findToken, type Reading, readAttempt } from './readings.ts';
import {
  listSteps,
  listVerifications,
  mintFirst,
  nameStage,
  request,
  type Stage,
  type Step,
  type Walk,
  type Why,
} from './steps.ts';
import { findWaitFault, isLate, mayMiss, type Position } from './timing.ts';

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
  readonly why: Why;
  /** Attempts of the last request. */
  readonly tries: number;
}

/** How a run ended; one that was cancelled may end anywhere on its path. */
type End = 'done' | 'failed' | 'cancelled';

export type Followed = Path | { readonly strayed: string };

const nothingDone: Path = {
  tokens: [],
  refusedSecrets: 0,
  verified: 'none',
  unconfirmed: 0,
  why: 'done',
  tries: 0,
};

/** The path that the main step took, or what in it is not allowed. */
export function followPath(walk: Walk, end: End): Followed {
  const { schedule } = walk;
  if (isUnwritable(schedule)) return follow(walk, [{ end: 'failed', why: 'files' }], end);
  const serves = schedule.seal !== undefined && seals[schedule.seal].serves;
  return follow(walk, serves ? listVerifications(schedule, true) : [mintFirst], end);
}

/** The same for a post step that has so many tokens to revoke, and says of so many that they may still be valid. */
export function followRevocations(walk: Walk, tokens: number, unconfirmed: number): Followed {
  const first: Step =
    tokens > 0
      ? request({ request: 'revoke', following: tokens - 1 })
      : { end: 'done', why: 'done' };
  return follow(walk, [first], 'done', unconfirmed);
}

/** Tries every step that is allowed: which one was taken may only show later. */
function follow(walk: Walk, start: readonly Step[], end: End, unconfirmed?: number): Followed {
  const { attempts } = walk.run;
  let farthest = { index: -1, text: `requested nothing, and then: ${end}` };

  function stray(index: number, text: string): undefined {
    if (index > farthest.index) farthest = { index, text };
  }

  /** Goes on with one of the steps, from the attempt at `index`. */
  function take(steps: readonly Step[], index: number, before: Path): Path | undefined {
    for (const step of steps) {
      const path = { ...before, unconfirmed: before.unconfirmed + (step.unconfirmed ?? 0) };
      if ('to' in step) {
        const found = visit(step.to, index, step.nth, path);
        if (found) return found;
      } else if (index < attempts.length) {
        stray(index, `requested ${attempts[index]?.label} where nothing was due`);
      } else if (step.end === end && (unconfirmed ?? path.unconfirmed) === path.unconfirmed) {
        return { ...path, why: step.why };
      }
    }
    const isCut = end === 'cancelled' && index >= attempts.length;
    return isCut ? { ...before, why: 'cancelled' } : undefined;
  }

  function visit(stage: Stage, index: number, nth: number, path: Path): Path | undefined {
    const [attempt, next] = attempts.slice(index, index + 2);
    const due = nameStage(stage);
    if (!attempt) {
      const mayEnd = end === 'failed' || unconfirmed !== undefined;
      const dueMs = attempts[index - 1]?.sentMs ?? walk.run.startedMs;
      if (mayEnd && mayMiss(walk, dueMs)) return { ...path, why: 'time', tries: nth - 1 };
      return stray(index, `${end} where ${due} was due`);
    }
    if (attempt.label !== '?' && attempt.label !== due) {
      return stray(index, `requested ${attempt.label} where ${due} was due`);
    }
    const position = { attempt, next, nth };
    const inTime = readAttempt(attempt, stage.request);
    const late = isLate(walk, position);
    const readings = late ? [...inTime, 'timed out' as const] : inTime;
    const token = late ? undefined : findToken(attempt);
    const tokens = token ? [...path.tokens, token] : path.tokens;
    for (const reading of readings) {
      const after = { ...extend(path, stage, reading, attempt), tokens, tries: nth };
      const found = take(listSteps(walk, stage, reading, position), index + 1, after);
      if (found) return found;
    }
    return stray(index + 1.5, describeStray(walk, readings, position, end));
  }

  return take(start, 0, nothingDone) ?? { strayed: farthest.text };
}

function extend(path: Path, stage: Stage, reading: Reading, attempt: Attempt): Path {
  if (reading === 'next secret') return { ...path, refusedSecrets: stage.line ?? 0 };
  if (reading !== 'accepted' || stage.request === 'revoke') return path;
  if (stage.request === 'mint') return { ...path, granted: attempt };
  return { ...path, verified: stage.request === 'service' ? 'service' : 'token' };
}

function describeStray(
  walk: Walk,
  readings: readonly Reading[],
  position: Position,
  end: End,
): string {
  const { attempt, next, nth } = position;
  const waits = readings
    .filter((reading) => reading === 'retried' || reading === 'timed out')
    .map((reading) => findWaitFault(walk, reading, position));
  const waited = attempt.label === next?.label ? waits.find((fault) => fault !== '') : undefined;
  const what = `${attempt.label} (${nth} of ${walk.maxAttempts}) <- ${describeFault(attempt.fault)}`;
  const then = next ? `requested ${next.label}${waited ? `, ${waited}` : ''}` : end;
  return `${what}: counts as ${[...new Set(readings)].join(' or ')}, but then: ${then}`;
}
