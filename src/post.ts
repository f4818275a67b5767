/** Entry of the post step. */

import { openClock } from './clock.ts';
import { run } from './github/ending.ts';
import { openExchange } from './http/exchange.ts';
import { reportPostFailure } from './steps/failure.ts';
import { revokeTokens } from './steps/revoke-token.ts';

// A job that did its work must not fail because its token could not be revoked.
run((runner) => revokeTokens(runner, openClock(), openExchange(runner.env)), {
  report: reportPostFailure,
  code: 0,
});
