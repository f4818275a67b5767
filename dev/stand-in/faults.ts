// Every failure that the stand-in can play, by name.
import { answerWith, type Fault, type Faults } from './exchange.ts';
import { bodyFaults } from './faults/bodies.ts';
import { errorFaults } from './faults/errors.ts';
import { fieldFaults } from './faults/fields.ts';
import { hostileFaults } from './faults/hostile.ts';
import { networkFaults } from './faults/network.ts';
import { refusalFaults } from './faults/refusals.ts';
import { refusedAnswerFaults } from './faults/refused-answers.ts';
import { statusFaults } from './faults/statuses.ts';

/** Most fit every endpoint; those of fields are about tokens, those of refusals about verifying one. */
export const faults: Faults = {
  good: answerWith('A good answer, between two failures', (_request, { good }) => good()),
  ...errorFaults,
  ...statusFaults,
  ...networkFaults,
  ...bodyFaults,
  ...fieldFaults,
  ...refusedAnswerFaults,
  ...hostileFaults,
  ...refusalFaults,
};

/**
 * The failures of `names` in their order; where the last one ends in `*` they have no end.
 * @throws Error that lists all names, for one that is not among them
 */
export function queueFaults(names: readonly string[] = []): { shift(): Fault | undefined } {
  const last = names.at(-1);
  const endless = last?.endsWith('*') ? findFault(last.slice(0, -1)) : undefined;
  const queue = names.slice(0, endless ? -1 : undefined).map(findFault);
  return { shift: () => queue.shift() ?? endless };
}

/** The names in `text`, separated by commas or blanks. */
export function splitNames(text: string): string[] {
  return text.split(/[\s,]+/).filter((name) => name !== '');
}

/** A line for each failure: its name and what it is about. */
export function listFaults(): string {
  const width = Math.max(...Object.keys(faults).map((name) => name.length));
  return Object.entries(faults)
    .map(([name, { about }]) => `${name.padEnd(width)}  ${about}\n`)
    .join('');
}

function findFault(name: string): Fault {
  const fault = Object.hasOwn(faults, name) ? faults[name] : undefined;
  if (fault) return fault;
  throw new Error(`No failure is called "${name}": ${Object.keys(faults).join(', ')}`);
}
