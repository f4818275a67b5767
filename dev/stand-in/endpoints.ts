// The stand-in's routes, each with the answer it gives when nothing fails.
import { randomUUID } from 'node:crypto';
import {
  addSecret,
  type ClientSecret,
  listSecrets,
  removeSecret,
  useSecret,
} from './client-secrets.ts';
import {
  type Answer,
  answerJson,
  type RecordedRequest,
  readBearer,
  readField,
} from './exchange.ts';
import {
  answerGatewayError,
  answerPicture,
  answerPictures,
  guardAnswer,
  services,
} from './gateway.ts';
import { type Grant, issueToken, type Ledger } from './grants.ts';
import { answerRevocation, answerValidation, refuseTokenRequest } from './ims.ts';
import { reportGeneration, startGeneration } from './jobs.ts';
import type { StandInOptions } from './options.ts';

export interface State {
  readonly options: StandInOptions;
  readonly ledger: Ledger;
  readonly secrets?: ClientSecret[];
  readonly url: string;
}

export interface Endpoint {
  /** Which of the options queues its failures. */
  readonly failures?: 'fail' | 'failVerify' | 'failRevoke' | 'failSecrets';
  answer(request: RecordedRequest, state: State): Answer;
}

const endpoints: Readonly<Record<string, Endpoint>> = {
  'POST /ims/token/v3': {
    failures: 'fail',
    answer: (request, state) => {
      const refused = refuseTokenRequest(request, describeCredential(state));
      if (refused) return refused;
      useSecret(state.secrets ?? [], readField(request, 'client_secret'));
      return answerJson(200, grantToken(request, state), { 'x-debug-id': randomUUID() });
    },
  },
  'POST /ims/validate_token/v1': {
    failures: 'failVerify',
    answer: (request, { ledger }) => answerValidation(request, ledger),
  },
  'POST /ims/invalidate_token/v2': {
    failures: 'failRevoke',
    answer: (request, state) => answerRevocation(request, state.ledger, describeCredential(state)),
  },
  'POST /v3/images/generate': guard((_request, { url }) => answerJson(200, answerPictures(url))),
  'POST /v3/images/generate-async': guard((request, { url }) => startGeneration(request, url)),
  'GET /v3/status/*': guard((request, { url }) => reportGeneration(request, url)),
  'GET /picture.png': { answer: answerPicture },
  'GET /console/organizations/N/credentials/N/secrets': manage(
    'read_client_secret',
    (secrets, clientId) => listSecrets(secrets, clientId),
  ),
  'POST /console/organizations/N/credentials/N/secrets': manage(
    'manage_client_secrets',
    (secrets, clientId) => addSecret(secrets, clientId),
  ),
  'DELETE /console/organizations/N/credentials/N/secrets/*': manage(
    'manage_client_secrets',
    (secrets, _clientId, request) => removeSecret(secrets, request),
  ),
};

const nowhere: Endpoint = { answer: () => answerJson(404, { message: 'Not found' }) };

/** An endpoint behind the gateway. */
function guard(answer: Endpoint['answer']): Endpoint {
  return {
    answer: (request, state) => guardAnswer(request, state.ledger, () => answer(request, state)),
  };
}

/** An endpoint of the I/O Management API, for tokens with this scope. */
function manage(
  scope: string,
  answer: (secrets: ClientSecret[], clientId: string, request: RecordedRequest) => Answer,
): Endpoint {
  const guarded = guard((request, { ledger, secrets = [] }) => {
    const claims = ledger.claims.get(readBearer(request));
    if (!claims?.['scope']?.split(',').includes(scope)) {
      return answerGatewayError(403025, { 'x-access-error': 'invalid_ims_scope' });
    }
    return answer(secrets, claims['client_id'] ?? '', request);
  });
  return { ...guarded, failures: 'failSecrets' };
}

/** What a request for a token has to hold. */
function describeCredential({ options, secrets = [] }: State) {
  return {
    ...(options.clientId !== undefined && { clientId: options.clientId }),
    ...(options.clientSecrets && { clientSecrets: secrets.map(({ value }) => value) }),
  };
}

/** Where `request` goes; what has no route goes to a 404. */
export function findEndpoint({ method, path }: RecordedRequest): Endpoint {
  const route = `${method} ${path
    .replace(/(?<=\/(?:organizations|credentials)\/)\d+(?=\/)/g, 'N')
    .replace(/(?<=\/(?:status|secrets)\/).+/, '*')}`;
  const service = services[route];
  if (service) {
    return {
      failures: 'failVerify',
      answer: (request, { ledger }) => guardAnswer(request, ledger, () => service),
    };
  }
  return endpoints[route] ?? nowhere;
}

/** The fields of a token answer to `request`, its token issued and recorded. */
export function grantToken(
  request: RecordedRequest,
  { options, ledger }: State,
  changes: Partial<Grant> = {},
): Record<string, unknown> {
  const grant: Grant = {
    clientId: readField(request, 'client_id'),
    scope: options.grantedScopes?.join(',') ?? readField(request, 'scope'),
    lifetimeS: options.lifetimeS ?? 86_399,
    opaque: options.opaque ?? false,
    bytes: options.tokenBytes ?? 0,
    ...changes,
  };
  return {
    access_token: issueToken(ledger, grant),
    token_type: 'bearer',
    expires_in: grant.lifetimeS,
  };
}
