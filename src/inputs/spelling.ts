/** Words that were misspelt, and what was meant: an input that nobody reads is worse than a wrong one. */

import type { Environment } from '../http/environment.ts';
import type { Redact } from '../secrets/redact.ts';

/**
 * A sentence for each name under `with:` that is nearly one of the action's. The runner sets `INPUT_X`
 * for whatever stands there, so it can be found here.
 */
export function misspelt(env: Environment, names: readonly string[], redact: Redact): string[] {
  const unknown = Object.keys(env)
    .filter((key) => key.startsWith('INPUT_'))
    .map((key) => key.slice('INPUT_'.length).toLowerCase())
    .filter((given) => !names.includes(given));
  return unknown.flatMap((given) => {
    const meant = meantInput(given, names);
    return meant
      ? [`${redact(given, 80)} is not an input of this action: did you mean ${meant}?`]
      : [];
  });
}

/** The candidate that a misspelt word most likely meant, or undefined where none is near. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const allowed = word.length > 5 ? 2 : 1;
  return candidates
    .map((candidate) => ({ candidate, distance: editDistance(word, candidate) }))
    .filter(({ distance }) => distance <= allowed)
    .sort((a, b) => a.distance - b.distance)[0]?.candidate;
}

/** The input whose name is nearest to a word, whatever stands between the parts of either. */
function meantInput(word: string, names: readonly string[]): string | undefined {
  const bare = (name: string) => name.replace(/[-_ ]/g, '');
  const near = nearest(bare(word), names.map(bare));
  return names.find((name) => bare(name) === near);
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
