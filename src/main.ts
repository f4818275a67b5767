/** Entry of the main step. */

import { openClock } from './clock.ts';
import { run } from './github/ending.ts';
import { openExchange } from './http/exchange.ts';
import { reportFailure } from './steps/failure.ts';
import { provideToken } from './steps/provide-token.ts';

run((runner) => provideToken(runner, openClock(), openExchange(runner.env)), {
  report: reportFailure,
  code: 1,
});
