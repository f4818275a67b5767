/** Requests that are sent again as the retry policy says, within the step's one deadline. */

import type { Exchange, HttpRequest, HttpResponse } from './response.ts';
import { type Attempted, type RetryPolicy, withRetries } from './retry.ts';

export interface Client {
  /**
   * Sends a request until its answer is read, and gives what `read` makes of it.
   * @throws {ActionError} in its final form, with `task` and the number of attempts: that of the last attempt.
   */
  readonly send: <T>(
    task: string,
    request: HttpRequest,
    read: (response: HttpResponse) => T,
  ) => Promise<Attempted<T>>;
}

export interface ClientOptions extends RetryPolicy {
  /** One attempt: over the network, or a test's. */
  readonly exchange: Exchange;
}

/** A client whose requests share a deadline. */
export function openClient({ exchange, ...policy }: ClientOptions): Client {
  const { clock, debug } = policy;
  return {
    send: (task, request, read) => {
      const { origin, pathname } = new URL(request.url);
      const attempt = async (limitMs: number) => {
        const answer = await exchange(request, limitMs);
        return read({ ...answer, receivedAtMs: clock.now() });
      };
      return withRetries(task, attempt, {
        ...policy,
        debug: (line) => debug(`${request.method} ${origin}${pathname}: ${line}`),
      });
    },
  };
}
