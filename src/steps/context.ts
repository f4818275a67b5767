/** What one run of the main step works with, handed from step to step. */

import type { Clock } from '../clock.ts';
import type { Runner } from '../github/runner.ts';
import type { Client } from '../http/client.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Cancellation } from './cancellation.ts';

export interface Context {
  readonly inputs: Inputs;
  readonly runner: Runner;
  readonly clock: Clock;
  readonly client: Client;
  readonly cancellation: Cancellation;
}
