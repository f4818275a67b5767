/** Proves that a token works before a pipeline relies on it. */

import { verificationRefusal } from '../adobe/gateway.ts';
import { htmlAnswer, isHtml, parseObject, requestIds } from '../adobe/refusals.ts';
import { validateRequest } from '../adobe/requests.ts';
import type { AccessToken } from '../adobe/token.ts';
import { VerificationError } from '../errors.ts';
import type { HttpRequest, HttpResponse } from '../http/exchange.ts';
import type { Redact } from '../secrets/redact.ts';
import type { Masked } from '../secrets/secret.ts';
import { call, type Session, sessionRedactor } from './context.ts';
import type { Verified } from './publication.ts';

/**
 * Checks the token with the service where `verify` asks for that and an address is known, else with IMS.
 * @throws {VerificationError} when IMS or the service does not accept it.
 * @throws {ActionError} when neither says so: then nothing is proven, and the token does not pass.
 */
export async function verifyToken(session: Session, { value }: AccessToken): Promise<Verified> {
  const { verify, verifyUrl, imsUrl, clientId } = session.inputs;
  const url = verify === 'service' ? verifyUrl : undefined;
  const [request, asked] =
    url === undefined
      ? ([validateRequest(imsUrl, clientId, value), 'token'] as const)
      : ([serviceRequest(url, clientId, value), 'service'] as const);
  const redact = sessionRedactor(session, value);
  const task = `Could not verify the access token with ${new URL(request.url).host}`;
  await call(session, task, request, (response) => {
    if (response.status < 200 || response.status > 299) {
      throw verificationRefusal(response, { redact, nowMs: session.clock.now() }, asked);
    }
    if (isHtml(response)) throw htmlAnswer(response);
    // Nothing is known of the services' answers but that success is one.
    if (asked === 'token') readValidateResponse(response, redact);
  });
  return asked;
}

function serviceRequest(url: string, clientId: string, token: Masked): HttpRequest {
  const headers = { authorization: `Bearer ${token.reveal()}`, 'x-api-key': clientId };
  return { method: 'GET', url, headers };
}

/** Only `"valid": true` passes: not `"true"`, not 1, not an answer without it. */
function readValidateResponse(response: HttpResponse, redact: Redact): void {
  const answer = parseObject(response.body);
  if (answer?.['valid'] === true) return;
  const reason = answer?.['reason'];
  const said = typeof reason === 'string' ? `, "${redact(reason)}"` : '';
  const what =
    answer?.['valid'] === false
      ? 'the token is not valid'
      : 'the answer does not say that the token is valid';
  throw new VerificationError(
    `HTTP ${response.status}, but ${what}${said}${requestIds(response, redact)}`,
    {
      topic: 'token-not-valid',
      hint: 'Check that `ims-url` is where the credential belongs, and that nothing has revoked the token since',
    },
  );
}
