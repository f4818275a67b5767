/**
 * Stands in the bundle for `@actions/exec`, which @actions/core imports to ask for the operating
 * system's name: this action never does.
 */

export function getExecOutput(): never {
  throw new Error('@actions/exec is not part of this bundle');
}
