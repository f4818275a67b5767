/** Entry of the post step. */

import { systemClock } from './clock.ts';
import { exchange } from './http.ts';
import { revokeToken } from './revoke.ts';
import { run } from './runner.ts';

// A job that did its work must not fail because its token could not be revoked.
await run((runner) => revokeToken(runner, systemClock, exchange), 'warning');
