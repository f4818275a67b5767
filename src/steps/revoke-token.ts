/** The use case of the post step: ends the token that the main step minted. */

import { htmlAnswer, isHtml, refusal } from '../adobe/refusals.ts';
import { invalidateRequest } from '../adobe/requests.ts';
import type { Clock } from '../clock.ts';
import { isActionError } from '../errors.ts';
import type { Runner } from '../github/runner.ts';
import type { Exchange } from '../http/exchange.ts';
import { withRetries } from '../http/retry.ts';
import { givenSecrets } from '../inputs/read.ts';
import { redactor } from '../secrets/redact.ts';
import { Secret, unmasked } from '../secrets/secret.ts';
import { NO_CANCELLATION } from './cancellation.ts';
import { describeRequest, type Session } from './context.ts';
import type { Minted } from './mint.ts';
import { notRevoked, readRevokeInputs } from './revocation-state.ts';

/** The whole of the post step, in milliseconds. */
const DEADLINE_MS = 20_000;

/** The variable that `post-if` in action.yml looks at: without it no post step is run. */
const REVOKE_VARIABLE = 'ADOBE_IMS_TOKEN_REVOKE';

const NOT_CONFIRMED = {
  topic: 'not-revoked',
  hint: 'Treat the token as valid until it expires',
};

const STATE = {
  token: 'token',
  clientId: 'client-id',
  imsUrl: 'ims-url',
  secretLine: 'secret-line',
} as const;

/** Saves what the post step needs. The secret is not among it: the post step reads its own input. */
export function saveForRevocation(
  { inputs, runner }: Session,
  { token, clientSecret }: Minted,
): void {
  runner.saveState(STATE.token, token.value);
  runner.saveState(STATE.clientId, unmasked(inputs.clientId));
  runner.saveState(STATE.imsUrl, unmasked(inputs.imsUrl));
  runner.saveState(STATE.secretLine, unmasked(String(clientSecret.line)));
  runner.exportVariable(REVOKE_VARIABLE, unmasked('true'));
}

/** Revokes the token of this step's main part. Without one it does nothing, and says nothing. */
export async function revokeToken(runner: Runner, clock: Clock, exchange: Exchange): Promise<void> {
  const secrets = givenSecrets(runner);
  for (const { secret } of secrets) runner.mask(secret);
  const saved = runner.state(STATE.token);
  if (saved === '') return;
  const token = runner.mask(new Secret(saved));
  const clientId = runner.state(STATE.clientId);
  const { imsUrl, maxAttempts } = readRevokeInputs(runner, runner.state(STATE.imsUrl));
  const line = Number(runner.state(STATE.secretLine));
  const clientSecret = secrets.find((given) => given.line === line);
  const { host } = new URL(imsUrl);
  if (!clientSecret) {
    throw notRevoked(
      `the client secret that got it (line ${line} of client-secret) is missing in the post step`,
    );
  }
  const redact = redactor([token, ...secrets.map(({ secret }) => secret)]);
  const request = invalidateRequest(imsUrl, clientId, clientSecret.secret, token);
  await withRetries(
    `Could not confirm that ${host} revoked the access token`,
    async (limitMs) => {
      const response = await exchange(request, limitMs);
      const success = response.status >= 200 && response.status <= 299;
      if (!success) throw refusal(response, { redact, nowMs: clock.now() });
      if (isHtml(response)) throw htmlAnswer(response);
    },
    {
      maxAttempts,
      deadlineMs: DEADLINE_MS,
      clock,
      stopped: NO_CANCELLATION.stopped,
      debug: (line) => runner.debug(`${describeRequest(request)}: ${line}`),
    },
  ).catch((error: unknown) => {
    // What would help the next run to get a token does not end this one.
    if (isActionError(error)) Object.assign(error, NOT_CONFIRMED);
    throw error;
  });
  runner.info(`Revoked the access token of client ${redact(clientId, 80)} at ${host}`);
}
