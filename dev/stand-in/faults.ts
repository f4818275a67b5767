// Every failure that the stand-in can imitate, by name.
import { answerFaults } from './faults/answers.ts';
import { connectionFaults } from './faults/connections.ts';
import { errorFaults } from './faults/errors.ts';
import { hostileFaults } from './faults/hostile.ts';
import type { Fault, Faults } from './faults/spoil.ts';

/** Most fit every endpoint; some are about getting a token, or about verifying one. */
export const faults: Faults = {
  ...errorFaults,
  ...connectionFaults,
  ...answerFaults,
  ...hostileFaults,
};

/**
 * The failures of `names` in their order; where the last one ends in `*` they have no end.
 * @throws Error that lists all names, for one that is not among them
 */
export function queueFaults(names: readonly string[] = []): () => Fault | undefined {
  const last = names.at(-1);
  const endless = last?.endsWith('*') ? findFault(last.slice(0, -1)) : undefined;
  const queue = names.slice(0, endless ? -1 : undefined).map(findFault);
  return () => queue.shift() ?? endless;
}

function findFault(name: string): Fault {
  const fault = Object.hasOwn(faults, name) ? faults[name] : undefined;
  if (fault) return fault;
  throw new Error(`No failure is called "${name}": ${Object.keys(faults).join(', ')}`);
}
