/** Scopes: what one may consist of, and lists of them in a server's text. */

/** The longest list of scopes that is taken from a server, in characters. */
const MAX_SCOPES_LENGTH = 4 * 1024;

/** @see https://www.rfc-editor.org/rfc/rfc6749#section-3.3 */
export function isScope(text: string): boolean {
  return /^[!#-[\]-~]+$/.test(text);
}

/** Scopes out of a server's text, or undefined where that is too long or holds anything else. */
export function readScopes(value: unknown): readonly string[] | undefined {
  return typeof value === 'string' && value.length > MAX_SCOPES_LENGTH
    ? undefined
    : readScopeList(value);
}

/** Scopes out of a text of any length, commas or spaces between them, or undefined where it holds anything else. */
export function readScopeList(value: unknown): readonly string[] | undefined {
  if (typeof value !== 'string') return undefined;
  const scopes = value.split(/[ ,]/).filter((scope) => scope !== '');
  return scopes.length > 0 && scopes.every(isScope) ? [...new Set(scopes)] : undefined;
}
