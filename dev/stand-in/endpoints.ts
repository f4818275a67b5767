// The stand-in's routes, each with the answer it gives when nothing fails.
import { type Answer, answerJson, type RecordedRequest } from './exchange.ts';
import type { Ledger } from './grants.ts';
import { answerRevocation, answerTokenRequest, answerValidation } from './ims.ts';
import type { StandInOptions } from './server.ts';
import { type ClientSecret, services } from './services.ts';

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

const endpoints: Readonly<Record<string, Endpoint>> = {
  'POST /ims/token/v3': { failures: 'fail', answer: answerTokenRequest },
  'POST /ims/validate_token/v1': { failures: 'failVerify', answer: answerValidation },
  'POST /ims/invalidate_token/v2': { failures: 'failRevoke', answer: answerRevocation },
  ...services,
};

/** Where `request` goes; what has no route goes to a 404. */
export function findEndpoint({ method, path }: RecordedRequest): Endpoint {
  const route = path
    .replace(/(?<=\/(?:organizations|credentials)\/)\d+(?=\/)/g, 'N')
    .replace(/(?<=\/(?:status|secrets)\/).+/, '*');
  const nowhere = { answer: () => answerJson(404, { message: 'Not found' }) };
  return endpoints[`${method} ${route}`] ?? nowhere;
}
