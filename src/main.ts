/** Entry of the main step. */

import { systemClock } from './clock.ts';
import { run } from './github/runner.ts';
import { exchange } from './http/exchange.ts';
import { provideToken } from './steps/provide-token.ts';

run((runner) => provideToken(runner, systemClock, exchange));
