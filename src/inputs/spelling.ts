/** Words that were misspelt, and what was meant: an input that nobody reads is worse than a wrong one. */

import type { InputSource } from '../github/source.ts';
import { INPUT_NAMES, INPUTS, type InputName } from './inputs.ts';

const PREFIX = 'INPUT_';

/** A name under `with:` that is nearly one of the action's. */
export interface Misspelling {
  readonly meant: InputName;
  readonly fault: string;
}

export interface Misspellings {
  /** Where the input that was meant is empty or at its default, so that what was written is lost. */
  readonly errors: readonly Misspelling[];
  /** Sentences, where it is given too. */
  readonly warnings: readonly string[];
}

/**
 * The misspelt inputs. The runner sets `INPUT_X` for whatever stands under `with:`, so they can be found
 * there; but a job's `env` may hold such a name as well.
 */
export function findMisspelt({ env, input, redact }: InputSource): Misspellings {
  const errors: Misspelling[] = [];
  const warnings: string[] = [];
  for (const variable of Object.keys(env)) {
    if (!variable.startsWith(PREFIX)) continue;
    const given = variable.slice(PREFIX.length).toLowerCase();
    const meant = Object.hasOwn(INPUTS, given) ? undefined : meantInput(given);
    if (meant === undefined) continue;
    const subject = `${redact(given, 80)} is not an input of this action`;
    if (input(meant) !== '' && input(meant) !== INPUTS[meant]) {
      warnings.push(`${subject} and is ignored (did you mean ${meant}, which is given too?)`);
      continue;
    }
    const wayOut =
      INPUTS[meant] === ''
        ? `give \`${meant}\` as well, even if only its default`
        : `rename it, or give \`${meant}\` a value other than its default`;
    const name = redact(variable, 80 + PREFIX.length);
    errors.push({
      meant,
      fault: `${subject} (did you mean ${meant}?); if a job's \`env\` sets ${name} for another purpose, ${wayOut}`,
    });
  }
  return { errors, warnings };
}

/** The candidate that a misspelt word most likely meant, or undefined where none is near. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const allowed = word.length > 5 ? 2 : 1;
  return candidates
    .filter(({ length }) => Math.abs(length - word.length) <= allowed)
    .map((candidate) => ({ candidate, distance: editDistance(word, candidate) }))
    .filter(({ distance }) => distance <= allowed)
    .sort((a, b) => a.distance - b.distance)[0]?.candidate;
}

/** The input whose name is nearest to a word, whatever stands between the parts of either. */
function meantInput(word: string): InputName | undefined {
  const bare = (name: string) => name.replace(/[-_ ]/g, '');
  const near = nearest(bare(word), INPUT_NAMES.map(bare));
  return INPUT_NAMES.find((name) => bare(name) === near);
}

/** Levenshtein's distance with neighbours swapped as one edit (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      const edits = [at(previous, j) + 1, at(row, j - 1) + 1, at(previous, j - 1) + (same ? 0 : 1)];
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) edits.push(at(before, j - 2) + 1);
      row.push(Math.min(...edits));
    }
    [before, previous] = [previous, row];
  }
  return at(previous, b.length);
}

function at(row: readonly number[], index: number): number {
  return Number(row[index]);
}
