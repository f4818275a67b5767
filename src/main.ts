/** Entry of the main step. */

import { systemClock } from './clock.ts';
import { run } from './github/runner.ts';
import { exchange } from './http/exchange.ts';
import { provideToken } from './steps/provide-token.ts';

// Awaited, so that Node exits with 13 and not with 0 should it ever run out of work before the end.
await run((runner) => provideToken(runner, systemClock, exchange));
