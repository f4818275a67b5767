/** Entry of the post step. */

import { systemClock } from './clock.ts';
import { run } from './github/runner.ts';
import { exchange } from './http/exchange.ts';
import { revokeToken } from './steps/revoke-token.ts';

// A job that did its work must not fail because its token could not be revoked.
run((runner) => revokeToken(runner, systemClock, exchange), 'warning');
