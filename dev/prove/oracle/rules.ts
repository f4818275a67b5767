// The contract's numbers on attempts and waits, and what it leaves open: all that a new rule of it would change.
import type { Reading } from './readings.ts';

/** Whether a status asks for another attempt. */
export function isRetried(status: number): boolean {
  return [408, 425, 429].includes(status) || (status >= 500 && status < 600);
}

/** The wait after the attempt with number `nth`, from 1, on top of what the server asks for. */
export function backoffMs(nth: number): { readonly least: number; readonly most: number } {
  const most = [1000, 2000, 4000, 8000][nth - 1] ?? 10_000;
  return { least: most / 2, most };
}

/** The time that an attempt gets. */
export function attemptLimitMs(leftMs: number, attemptsLeft: number): number {
  return attemptsLeft === 1 ? leftMs : Math.min(leftMs, Math.max(leftMs / 2, 10_000));
}

/** With less time than this left, no attempt but the first begins. */
export const leastAttemptMs = 1000;

/** What each address of a host but the last gets. */
export const addressMs = 2000;

/** Seconds that the post step may take. */
export const postTimeoutS = 20;

/** More than this of a body is not read. */
export const bodyLimit = 256 * 1024;

/** The shortest and the longest token that is taken. */
export const tokenLengths = [16, 16 * 1024] as const;

/** A token answer whose `expires_in` is no number, while the token's claims tell a lifetime. */
export const oddLifetime: readonly Reading[] = ['accepted', 'refused'];

/** A service's success that is compressed, and IMS's word in another success than a 200. */
export const oddSuccess: readonly Reading[] = ['accepted', 'refused'];
