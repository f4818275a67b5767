/** Gives the token to later steps, and says so. */

import {
  type AccessToken,
  isoSeconds,
  missingScopes,
  readClaims,
  secondsUntil,
} from '../adobe/token.ts';
import { concernsForksCode } from '../github/event.ts';
import { count, seconds } from '../secrets/redact.ts';
import { unmasked } from '../secrets/secret.ts';
import { type Session, sessionRedactor } from './context.ts';
import type { Publication } from './publication.ts';
import { renderSummary } from './summary.ts';

/** Writes the outputs and environment variables, and the one line that tells of it. */
export function publish(session: Session, publication: Publication): void {
  const { inputs, runner, clock } = session;
  const { token, source, verified, attempts, sealedToken } = publication;
  // From here on a cancelled job gets all of it: what follows is over in a millisecond.
  runner.onCancel(() => {});
  const outputs = {
    'access-token': token.value,
    'token-type': unmasked('bearer'),
    'expires-in': unmasked(String(secondsUntil(token.expiresAtMs, clock.now()))),
    'expires-at': unmasked(isoSeconds(token.expiresAtMs)),
    scope: unmasked(token.scopes.join(',')),
    'client-id': unmasked(inputs.clientId),
    source: unmasked(source),
    verified: unmasked(verified),
    skipped: unmasked('false'),
    ...(sealedToken === undefined ? {} : { 'sealed-token': unmasked(sealedToken) }),
  };
  if (inputs.exportEnv) exportVariables(session, token);
  for (const [name, value] of Object.entries(outputs)) runner.output(name, value);
  if (inputs.summary) runner.writeSummary(renderSummary(inputs, publication, clock.now()));
  const got =
    source === 'minted'
      ? `Got an access token from ${new URL(inputs.imsUrl).host}`
      : 'Took the sealed access token';
  const checked =
    verified === 'none' ? '' : `, verified with ${verified === 'token' ? 'IMS' : 'the service'}`;
  const times = attempts > 1 ? `, after ${count(attempts, 'attempt')}` : '';
  runner.info(
    `${got} for ${inputs.serviceName} (${token.scopes.join(',')}), valid until ${isoSeconds(token.expiresAtMs)}${checked}, in ${seconds(clock.elapsed())}${times}`,
  );
}

/** The names of the two environment variables. */
export function variableNames(envPrefix: string) {
  return { token: `${envPrefix}_ACCESS_TOKEN`, clientId: `${envPrefix}_CLIENT_ID` };
}

/** Warns where the token lacks scopes that were wanted: what needs them will be refused later, and elsewhere. */
export function warnOfMissingScopes({ inputs, runner }: Session, token: AccessToken): void {
  const missing = missingScopes(inputs.scopes, token);
  if (missing.length === 0) return;
  runner.warning(
    `IMS issued a token without ${count(missing.length, 'requested scope')}: ${missing.join(', ')}. Add the APIs that grant them to the project in the Adobe Developer Console, or leave them out of \`scope\``,
  );
}

/** Warns where a fork's code may run with the token in its environment. */
export function warnOfForksCode({ inputs, runner }: Session): void {
  const trigger = runner.trigger();
  if (!inputs.exportEnv || !concernsForksCode(trigger)) return;
  runner.warning(
    `This ${trigger.name} run is about code from a fork: if a later step runs that code, it can read the exported token. Set \`export-env: false\` and pass the output only to the steps that need it`,
  );
}

function exportVariables(session: Session, token: AccessToken): void {
  const { inputs, runner } = session;
  const names = variableNames(inputs.envPrefix);
  const replaced = whatIsReplaced(session, token);
  if (replaced) {
    runner.warning(
      `${names.token} held ${replaced}, from an earlier step: steps after this one see the new token. Give this step another \`env-prefix\` to keep both`,
    );
  }
  runner.exportVariable(names.token, token.value);
  runner.exportVariable(names.clientId, unmasked(inputs.clientId));
}

function whatIsReplaced(session: Session, token: AccessToken): string | undefined {
  const { clientId, envPrefix } = session.inputs;
  const { env } = session.runner;
  const names = variableNames(envPrefix);
  const earlier = env[names.token];
  if (!earlier) return undefined;
  const claims = readClaims(earlier);
  const earlierClient = env[names.clientId] || claims.clientId;
  if (earlierClient && earlierClient !== clientId) {
    return `the token of another client, ${sessionRedactor(session)(earlierClient, 80)}`;
  }
  const sameScopes =
    !claims.scopes || claims.scopes.toSorted().join() === token.scopes.toSorted().join();
  return sameScopes ? undefined : 'a token with other scopes';
}
