// Numbers on a command line.

/**
 * The whole number that `text` is, as the value of `--option`.
 * @throws Error where it is none
 */
export function readNumber(option: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`--${option} takes a whole number, not "${text}"`);
  return Number(text);
}
