/** Name lookups that later attempts join, so that a success never leaves one behind. */

import * as dns from 'node:dns';
import type { LookupFunction } from 'node:net';

type Callback = Parameters<LookupFunction>[2];

const pending = new Map<string, Callback[]>();

/**
 * `dns.lookup`, but a lookup that is under way is joined instead of asked for again. The system's
 * resolver cannot be interrupted, and Node waits for it at its end: a new one for each attempt would
 * hold the process long after its time.
 */
export const sharedLookup: LookupFunction = (hostname, options, callback) => {
  const key = JSON.stringify([hostname, options]);
  const waiting = pending.get(key);
  if (waiting) {
    waiting.push(callback);
    return;
  }
  const callbacks = [callback];
  pending.set(key, callbacks);
  dns.lookup(hostname, options, (error, address, family) => {
    pending.delete(key);
    for (const settle of callbacks) settle(error, address, family);
  });
};

/** Whether the system's resolver is still at work. */
export function isLookupPending(): boolean {
  return pending.size > 0;
}
