// The stand-in's routes, each with the answer it gives when nothing fails.
import { randomUUID } from 'node:crypto';
import { SERVICES, type Service } from '../../src/services.ts';
import { addSecret, type ClientSecret, listSecrets, removeSecret } from './client-secrets.ts';
import { type Answer, answerJson, type RecordedRequest, readField } from './exchange.ts';
import { answerPicture, answerPictures, reportGeneration, startGeneration } from './firefly.ts';
import { type Demands, refuseCall } from './gateway.ts';
import { type Grant, issueToken, type Ledger } from './grants.ts';
import { answerRevocation, answerValidation, refuseTokenRequest } from './ims.ts';
import type { StandInOptions } from './server.ts';

/** What the endpoints share. */
export interface State {
  readonly url: string;
  readonly options: StandInOptions;
  readonly ledger: Ledger;
  readonly secrets?: ClientSecret[] | undefined;
}

export interface Endpoint {
  /** Which of the options queues its failures. */
  readonly failures?: 'fail' | 'failVerify' | 'failRevoke' | 'failSecrets' | undefined;
  answer(request: RecordedRequest, state: State): Answer;
}

const secretsPath = '/console/organizations/N/credentials/N/secrets';
const readSecrets = { failures: 'failSecrets', scope: 'read_client_secret' } as const;
const manageSecrets = { failures: 'failSecrets', scope: 'manage_client_secrets' } as const;

const endpoints: Readonly<Record<string, Endpoint>> = {
  'POST /ims/token/v3': { failures: 'fail', answer: answerTokenRequest },
  'POST /ims/validate_token/v1': { failures: 'failVerify', answer: answerValidation },
  'POST /ims/invalidate_token/v2': { failures: 'failRevoke', answer: answerRevocation },
  'POST /v3/images/generate': guard(answerPictures),
  'POST /v3/images/generate-async': guard(startGeneration),
  'GET /v3/status/*': guard(reportGeneration),
  'GET /picture.png': { answer: answerPicture },
  [`GET ${secretsPath}`]: guard(listSecrets, readSecrets),
  [`POST ${secretsPath}`]: guard(addSecret, manageSecrets),
  [`DELETE ${secretsPath}/*`]: guard(removeSecret, manageSecrets),
  ...Object.fromEntries(Object.values<Service>(SERVICES).flatMap(listVerification)),
  // It verifies no service any more, but `verify-url` may name it.
  'GET /pie/psdService/hello': guard(
    () => ({ status: 200, headers: {}, body: 'Welcome to the Photoshop API!' }),
    { failures: 'failVerify' },
  ),
};

/** Where `request` goes; what has no route goes to a 404. */
export function findEndpoint({ method, path }: RecordedRequest): Endpoint {
  const route = path
    .replace(/(?<=\/(?:organizations|credentials)\/)\d+(?=\/)/g, 'N')
    .replace(/(?<=\/(?:status|secrets)\/).+/, '*');
  const nowhere = { answer: () => answerJson(404, { message: 'Not found' }) };
  return endpoints[`${method} ${route}`] ?? nowhere;
}

/** The fields of a token answer to `request`, its token issued and recorded. */
export function grantToken(
  request: RecordedRequest,
  { options, ledger }: State,
  changes: Partial<Grant> = {},
) {
  const [clientId, scope] = [readField(request, 'client_id'), readField(request, 'scope')];
  return issueToken(ledger, { clientId, scope, ...options.grant, ...changes });
}

function answerTokenRequest(request: RecordedRequest, state: State): Answer {
  const refused = refuseTokenRequest(request, state);
  if (refused) return refused;
  const used = state.secrets?.find(({ value }) => value === readField(request, 'client_secret'));
  if (used) used.usedAtMs = request.atMs;
  return answerJson(200, grantToken(request, state), { 'x-debug-id': randomUUID() });
}

/** The route that `verify: service` calls, if the row has one: it lists nothing. */
function listVerification({ verifyUrl, orgHeader }: Service): [string, Endpoint][] {
  if (verifyUrl === undefined) return [];
  const answer = () => answerJson(200, { total_count: 0 });
  const endpoint = guard(answer, { failures: 'failVerify', orgHeader });
  return [[`GET ${new URL(verifyUrl).pathname}`, endpoint]];
}

/** An endpoint behind the gateway, for calls that meet its demands. */
function guard(
  answer: Endpoint['answer'],
  { failures, ...demands }: Demands & Pick<Endpoint, 'failures'> = {},
): Endpoint {
  return {
    failures,
    answer: (request, state) => {
      const given = refuseCall(request, state.ledger, demands) ?? answer(request, state);
      return { ...given, headers: { 'x-request-id': randomUUID(), ...given.headers } };
    },
  };
}
