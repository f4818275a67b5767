/** Inputs that were meant and misspelt: an input that nobody reads is worse than a wrong one. */

import type { Environment } from './surroundings.ts';
import { clean, nearest } from './text.ts';

/**
 * A sentence for each name under `with:` that is nearly one of the action's. The runner sets `INPUT_X`
 * for whatever stands there, so it can be found here.
 */
export function misspelt(env: Environment, names: readonly string[]): string[] {
  const unknown = Object.keys(env)
    .filter((key) => key.startsWith('INPUT_'))
    .map((key) => key.slice('INPUT_'.length).toLowerCase())
    .filter((given) => !names.includes(given));
  return unknown.flatMap((given) => {
    const meant = meantInput(given, names);
    return meant
      ? [`${clean(given, 80)} is not an input of this action: did you mean ${meant}?`]
      : [];
  });
}

/** The input whose name is nearest to a word, whatever stands between the parts of either. */
function meantInput(word: string, names: readonly string[]): string | undefined {
  const bare = (name: string) => name.toLowerCase().replace(/[-_ ]/g, '');
  const near = nearest(bare(word), names.map(bare));
  return names.find((name) => bare(name) === near);
}
