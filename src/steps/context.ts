/** What one run of the step works with, handed from module to module. */

import type { Clock } from '../clock.ts';
import type { Runner } from '../github/runner.ts';
import type { Exchange, HttpRequest, HttpResponse } from '../http/exchange.ts';
import { type Attempted, withRetries } from '../http/retry.ts';
import type { Inputs } from '../inputs/read.ts';
import { presentUrl } from '../inputs/urls.ts';
import { type Redact, redactor } from '../secrets/redact.ts';
import type { Secret } from '../secrets/secret.ts';
import type { Cancellation } from './cancellation.ts';

export interface Session {
  readonly inputs: Inputs;
  readonly runner: Runner;
  readonly clock: Clock;
  readonly exchange: Exchange;
  readonly cancellation: Cancellation;
}

/** Sends a request, and again as the retry policy says, and reads its answer. */
export function call<T>(
  { inputs, runner, clock, exchange, cancellation }: Session,
  task: string,
  request: HttpRequest,
  read: (response: HttpResponse) => T,
): Promise<Attempted<T>> {
  return withRetries(task, async (limitMs) => read(await exchange(request, limitMs)), {
    maxAttempts: inputs.maxAttempts,
    deadlineMs: inputs.timeoutMs,
    clock,
    debug: (line) => runner.debug(`${describeRequest(request)}: ${line}`),
    stopped: cancellation.stopped,
  });
}

/** What the debug log calls a request: its method and where it goes. */
export function describeRequest({ method, url }: HttpRequest): string {
  return `${method} ${presentUrl(url)}`;
}

/** Makes foreign text safe to show: nothing of the client secrets, or of these others, stays in it. */
export function sessionRedactor({ inputs }: Session, ...others: readonly Secret[]): Redact {
  return redactor([...others, ...inputs.clientSecrets.map(({ secret }) => secret)]);
}
