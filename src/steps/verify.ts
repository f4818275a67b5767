/** Proves that a token works before a pipeline relies on it. */

import { serviceRequest, validateRequest } from '../adobe/requests.ts';
import { readServiceResponse, readValidateResponse } from '../adobe/responses.ts';
import { type AccessToken, missingScopes } from '../adobe/token.ts';
import { VerificationError } from '../errors.ts';
import type { Verification, VerifyTarget } from '../inputs/inputs.ts';
import { SERVICES } from '../services.ts';
import type { Context } from './context.ts';

/**
 * Checks the token with each service where `verify` asks for that, and once with IMS for those that have
 * no address to call.
 * @returns `service` only where every service was called.
 * @throws {VerificationError} when IMS or a service does not accept it.
 * @throws {ActionError} when neither says so: then nothing is proven, and the token does not pass.
 */
export async function verifyToken(context: Context, token: AccessToken): Promise<Verification> {
  const { verify, verifyTargets } = context.inputs;
  const targets = verify === 'service' ? verifyTargets : [];
  const called = targets.filter(({ url }) => url !== undefined);
  for (const { service, url = '' } of called) await callService(context, token, service, url);
  if (called.length > 0 && called.length === targets.length) return 'service';
  await askIms(context, token);
  return 'token';
}

async function askIms({ inputs, runner, client }: Context, { value }: AccessToken): Promise<void> {
  const request = validateRequest(inputs.imsUrl, inputs.clientId, value);
  const task = `Could not verify the access token with ${new URL(request.url).host}`;
  await client.send(task, request, (response) => readValidateResponse(response, runner.redact));
}

async function callService(
  { inputs, runner, client }: Context,
  token: AccessToken,
  service: VerifyTarget['service'],
  url: string,
): Promise<void> {
  const request = serviceRequest(url, inputs.clientId, token.value, inputs.orgId);
  const task = `Could not verify the access token with ${new URL(url).host}`;
  try {
    await client.send(task, request, (response) => readServiceResponse(response, runner.redact));
  } catch (error) {
    if (!(error instanceof VerificationError) || !service) throw error;
    const lacking = missingScopes(SERVICES[service].scopes, token);
    if (lacking.length === 0) throw error;
    throw error.giveUp({
      hint: `${error.hint}. The token lacks scopes of \`service: ${service}\`: ${lacking.join(', ')}`,
    });
  }
}
