// Errors, as IMS, the services' gateways and whatever stands before them word them.
import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { answerJson } from '../exchange.ts';
import { answerGatewayError, denyAccess, gatewayErrors } from '../gateway.ts';
import { answerError } from '../ims.ts';
import { type Fault, type Faults, reply } from './spoil.ts';

const notEnabled = 'None of the requested scopes is enabled for this client';

/** IMS's errors, most of them documented: status, description, and where it is not the name, the error. */
const imsErrors: Readonly<Record<string, readonly [number, string, string?]>> = {
  invalid_client: [400, 'invalid client_secret parameter'],
  invalid_client_401: [401, '', 'invalid_client'],
  invalid_client_id: [400, 'invalid client_id parameter', 'invalid_client'],
  missing_client_id: [400, 'missing client_id parameter', 'invalid_client'],
  unauthorized_client: [400, 'client is not authorized to use this grant type.'],
  invalid_scope: [400, notEnabled],
  invalid_target_scope: [400, notEnabled],
  access_denied: [403, 'Service principal is no longer part of the organization.'],
  not_found: [404, 'Organization with id 0123456789ABCDEF01234567@AdobeOrg cannot be found'],
  duplicate_binding: [409, ''],
  unknown_error: [400, 'The moon is not in the requested phase', 'lunar_phase'],
  'error-200': [200, 'invalid client_secret parameter', 'invalid_client'],
};

export const errorFaults: Faults = {
  ...collect(Object.keys(imsErrors), (name) => {
    const [status = 0, description = '', error = name] = imsErrors[name] ?? [];
    return {
      about: `HTTP ${status}, ${error}${description && ` "${description}"`}`,
      make: () => answerError(status, error, description),
    };
  }),
  nested_error: {
    about: "An error nested as a gateway's",
    make: () => {
      const error = { code: 'invalid_request', message: 'The request is malformed' };
      return answerJson(400, { error }, { 'x-request-id': randomUUID() });
    },
  },
  // Those that ask for another try, and how they say when.
  ...collect([408, 425, 429, 500, 502, 503, 504, 507], (status) => {
    const { [status]: reason = '' } = STATUS_CODES;
    return reply(`${status} ${reason}`, status, 'text/plain', reason);
  }),
  '429-1': throttle('after a second', () => '1'),
  '429-3600': throttle('after an hour', () => '3600'),
  '429-date': throttle('at a time 1 to 2 s from now', () =>
    // An HTTP date has no fractions of a second.
    new Date(Date.now() + 2000).toUTCString(),
  ),
  // What the services' gateways say to a token that they do not take.
  ...collect(Object.keys(gatewayErrors), (code) => ({
    about: `For --fail-verify: the gateway says ${gatewayErrors[code]}`,
    make: () => answerGatewayError(code),
  })),
  quota_exhausted: deny('quota_exhausted'),
  user_profile_denied: deny('user_profile_denied'),
  user_non_entitled: deny('user_non_entitled'),
  invalid_ims_scope: deny('invalid_ims_scope'),
};

/** A failure for each of `names`. */
function collect<Name>(names: readonly Name[], build: (name: Name) => Fault): Faults {
  return Object.fromEntries(names.map((name) => [name, build(name)]));
}

function throttle(when: string, retryAfter: () => string): Fault {
  return {
    about: `429 Too Many Requests: try again ${when}`,
    make: () => ({ status: 429, headers: { 'Retry-After': retryAfter() }, body: '' }),
  };
}

function deny(reason: string): Fault {
  return {
    about: `For --fail-verify: the gateway denies access, ${reason}`,
    make: () => denyAccess(reason),
  };
}
