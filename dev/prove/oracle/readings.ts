// What the contract lets the step take an attempt for, by the answer and how it travelled.
import { findMeanings, isLarge, type Meaning, type RequestKind } from '../answers.ts';
import { hangs } from '../faults.ts';
import type { Attempt } from '../servers.ts';
import { encode } from '../wire.ts';

export type Reading = Meaning | 'timed out';

/** All that the attempt may be taken for: where the contract leaves a choice, every choice. */
export function readAttempt({ label, answer, fault }: Attempt): readonly Reading[] {
  const { ending, missingPercent, framing } = fault;
  const { headLength, sentLength } = encode(answer, fault);
  const broken: Reading = hangs(fault) ? 'timed out' : 'retried';
  if (sentLength < headLength) return [broken];
  const request = label.replace(/ .*/, '') as RequestKind;
  const meanings = findMeanings(fault.answer, request);
  // What spoils a good answer spoils a refusal where the request itself is wrong: a token was garbled on its way.
  const isGood = answer.status < 400;
  const whole = meanings.map((one) => (one === 'accepted' && !isGood ? 'refused' : one));
  // Whoever has seen the status of a refusal may know enough, or of a service's success.
  const isKnown = request === 'service' || !whole.some((one) => /accepted|retried/.test(one));
  const early = isKnown ? whole.map((one) => (one === 'next-secret' ? 'refused' : one)) : [];
  const cut = [broken, ...early];
  if (missingPercent > 0 || framing === 'broken chunk') return cut;
  return ending === 'reset' ? [...whole, ...cut] : whole;
}

/** Whether the answer is sure to arrive as it was sent. */
function isIntact({ framing, missingPercent, ending }: Attempt['fault']): boolean {
  return missingPercent === 0 && ending !== 'reset' && framing !== 'broken chunk';
}

/** How long the attempt's answer asks to wait, at least and at most; nothing is sure of one that broke off. */
export function readWaitMs({ fault, waitMs }: Attempt): readonly [number, number] {
  if (!findMeanings(fault.answer, 'mint').includes('retried')) return [0, 0];
  return isIntact(fault) ? waitMs : [0, waitMs[1]];
}

/** The token that the attempt is sure to have brought, whatever else is wrong with its answer. */
export function findToken({ answer, fault, token, label }: Attempt): string | undefined {
  const isRead = label.startsWith('mint') && isIntact(fault) && !isLarge(fault.answer);
  return isRead && answer.body.includes(`"access_token":"${token}"`) ? token : undefined;
}
