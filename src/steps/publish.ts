/** Gives the token to later steps, all or nothing, and says so. */

import { type AccessToken, isoSeconds, missingScopes, secondsUntil } from '../adobe/token.ts';
import { ResponseError } from '../errors.ts';
import type { Concern } from '../github/event.ts';
import { count, list, seconds } from '../messages.ts';
import { holdsPiece } from '../secrets/redact.ts';
import { ignoreCancel } from './cancellation.ts';
import type { Context } from './context.ts';
import { listOutputs } from './outputs.ts';
import type { Publication } from './publication.ts';
import { renderSummary } from './summary.ts';
import { findReplaced, listVariables } from './variables.ts';

/**
 * Writes the outputs and environment variables, and tells of it: first what a later step should know, since
 * that holds only once they are written, then one line.
 * @throws {ResponseError} where the token has no second left.
 * @throws {FileCommandError} where a write fails, and then nothing is published.
 */
export function publish(context: Context, given: Publication): void {
  const { inputs, runner, clock } = context;
  ignoreCancel(runner);
  // Moments are told by the machine's clock as it is now.
  const driftMs = clock.drift();
  const token = { ...given.token, expiresAtMs: given.token.expiresAtMs + driftMs };
  const publication = { ...given, token };
  const shown = clean(context, publication);
  const replaced = inputs.exportEnv ? findReplaced(inputs, token, runner.env, runner.redact) : [];
  const nowMs = clock.now() + driftMs;
  if (secondsUntil(token.expiresAtMs, nowMs) === 0) throw expired();
  runner.atomically(() => {
    const variables = inputs.exportEnv ? listVariables(inputs, token, runner.env) : [];
    for (const [name, value] of variables) runner.exportVariable(name, value);
    for (const [name, value] of listOutputs(inputs, publication, nowMs)) runner.output(name, value);
    if (inputs.summary)
      runner.writeSummary(renderSummary(shown.context.inputs, shown.publication, nowMs));
  });
  warnOfMissingScopes(shown.context, shown.publication.token);
  warnOfForeignCode(context);
  for (const { name, held, hint } of replaced) {
    runner.warning(
      `${name} held ${held}, from an earlier step: steps after this one see the new token. ${hint}`,
      'another-client',
    );
  }
  runner.info(describePublication(shown.context, shown.publication));
}

/** The same, fit to be shown: an input may hold a piece of a client secret. */
function clean(context: Context, publication: Publication) {
  const { inputs, runner } = context;
  const show = (text: string) =>
    inputs.clientSecrets.some(({ secret }) => holdsPiece(text, secret))
      ? runner.redact(text, text.length)
      : text;
  const { clientId, scopes } = inputs;
  const { token } = publication;
  return {
    context: {
      ...context,
      inputs: { ...inputs, clientId: show(clientId), scopes: scopes.map(show) },
    },
    publication: { ...publication, token: { ...token, scopes: token.scopes.map(show) } },
  };
}

function expired(): ResponseError {
  return new ResponseError('Could not publish the access token: it has no time left', {
    topic: 'malformed-answer',
    hint: 'It expired while this step ran: run the job again, and check that `ims-url`, if it is set, is Adobe IMS, whose tokens live for 24 hours',
  });
}

/** Warns where the token lacks scopes that were requested: what needs them will be refused later, and elsewhere. */
export function warnOfMissingScopes({ inputs, runner }: Context, token: AccessToken): void {
  const missing = missingScopes(inputs.scopes, token);
  if (missing.length === 0) return;
  runner.warning(
    `IMS issued a token without ${count(missing.length, 'requested scope')}: ${missing.join(', ')}. Add the APIs that grant them to the project in the Adobe Developer Console, or leave them out of \`scope\``,
    'missing-scopes',
  );
}

const CONCERNS: Readonly<Record<Concern, string>> = {
  fork: 'is about code from a fork',
  comment: 'is about a comment on a pull request',
  unknown: 'may be about code from a fork (its event could not be read)',
};

/** Warns where code from elsewhere may run with the token in its environment. */
export function warnOfForeignCode({ inputs, runner }: Context): void {
  const concern = inputs.exportEnv ? runner.foreignCode() : undefined;
  if (concern === undefined) return;
  runner.warning(
    `This ${runner.eventName} run ${CONCERNS[concern]}: if a later step runs that code, it can read the exported token. Set \`export-env: false\` and pass the output only to the steps that need it`,
    'forks-code',
  );
}

function describePublication({ inputs, clock }: Context, publication: Publication): string {
  const { token, source, attempts } = publication;
  const issued =
    source === 'minted'
      ? `Got an access token from ${new URL(inputs.imsUrl).host}`
      : 'Took the sealed access token';
  const services = inputs.services.length > 0 ? ` for ${list(inputs.services)}` : '';
  const times = attempts > 1 ? `, after ${count(attempts, 'attempt')}` : '';
  return `${issued}${services} (${token.scopes.join(',')}), valid until ${isoSeconds(token.expiresAtMs)}${describeChecks(inputs.services.length, publication)}, in ${seconds(clock.elapsed())}${times}`;
}

function describeChecks(services: number, { verified }: Publication): string {
  if (verified === 'none') return '';
  if (verified === 'token') return ', verified with IMS';
  return services > 1 ? ', verified with the services' : ', verified with the service';
}
