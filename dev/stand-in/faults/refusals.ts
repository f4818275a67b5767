// What IMS and the services' gateways say to a token that they do not take.
import { randomUUID } from 'node:crypto';
import { answerJson, answerWith, type Fault, type Faults } from '../exchange.ts';
import { answerGatewayError, gatewayErrors } from '../gateway.ts';

export const refusalFaults: Faults = {
  401013: refuse(401013),
  403000: refuse(403000),
  403003: refuse(403003),
  403010: refuse(403010),
  403025: refuse(403025),
  quota_exhausted: deny('quota_exhausted'),
  user_profile_denied: deny('user_profile_denied'),
  user_non_entitled: deny('user_non_entitled'),
  invalid_ims_scope: deny('invalid_ims_scope'),
  invalid: say('IMS finds the token invalid', { valid: false, reason: 'bad_signature' }),
  'valid-string': say('"false" for false', { valid: 'false' }),
  'valid-string-true': say('"true" for true', { valid: 'true' }),
  'empty-object': say('An empty object', {}),
};

function refuse(code: keyof typeof gatewayErrors): Fault {
  return answerWith(`The gateway says: ${gatewayErrors[code]}`, () => answerGatewayError(code));
}

function deny(reason: string): Fault {
  return answerWith(`The gateway denies access: ${reason}`, () =>
    answerJson(
      403,
      { message: 'Forbidden' },
      { 'x-access-error': reason, 'x-request-id': randomUUID() },
    ),
  );
}

function say(about: string, fields: Readonly<Record<string, unknown>>): Fault {
  return answerWith(about, () => answerJson(200, fields));
}
