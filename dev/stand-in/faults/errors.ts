// The errors that IMS documents, and two that it does not.
import { randomUUID } from 'node:crypto';
import { answerJson, answerWith, type Fault, type Faults } from '../exchange.ts';
import { answerError } from '../ims.ts';

export const errorFaults: Faults = {
  invalid_client: play(
    'The secret is wrong or was deleted',
    400,
    'invalid_client',
    'invalid client_secret parameter',
  ),
  invalid_client_401: play('The secret is wrong, in the words of RFC 6749', 401, 'invalid_client'),
  invalid_client_id: play(
    'The client ID is wrong',
    400,
    'invalid_client',
    'invalid client_id parameter',
  ),
  missing_client_id: play(
    'The client ID did not arrive',
    400,
    'invalid_client',
    'missing client_id parameter',
  ),
  unauthorized_client: play(
    'The credential is not of the server-to-server kind',
    400,
    'unauthorized_client',
    'client is not authorized to use this grant type.',
  ),
  invalid_scope: play(
    'The API is not added to the project',
    400,
    'invalid_scope',
    'None of the requested scopes is enabled for this client',
  ),
  invalid_target_scope: play(
    'The API is not added to the project, in other words',
    400,
    'invalid_target_scope',
    'None of the requested scopes is enabled for this client',
  ),
  access_denied: play(
    'The technical account was removed',
    403,
    'access_denied',
    'Service principal is no longer part of the organization.',
  ),
  not_found: play(
    'The organization does not exist',
    404,
    'not_found',
    'Organization with id 0123456789ABCDEF01234567@AdobeOrg cannot be found',
  ),
  duplicate_binding: play(
    'The credential is bound to several organizations',
    409,
    'duplicate_binding',
  ),
  unknown_error: play(
    'An error that nobody documents',
    400,
    'lunar_phase',
    'The moon is not in the requested phase',
  ),
  nested_error: answerWith("An error nested as a gateway's", () =>
    answerJson(
      400,
      { error: { code: 'invalid_request', message: 'The request is malformed' } },
      { 'x-request-id': randomUUID() },
    ),
  ),
};

function play(about: string, status: number, error: string, description?: string): Fault {
  return answerWith(about, () => answerError(status, error, description));
}
