// The stand-in's service endpoints, behind a gateway that wants a live token and its client's key.
import { randomUUID } from 'node:crypto';
import type { Service } from '../../src/services.ts';
import { type Answer, answerJson, type RecordedRequest, readBearer } from './exchange.ts';
import { type Ledger, refuseToken } from './grants.ts';

/** The smallest PNG: one transparent pixel. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

export const gatewayErrors = {
  401013: 'Oauth token is not valid',
  403000: 'Api Key is required',
  403003: 'Api Key is invalid',
  403010: 'Oauth token is missing.',
  403025: 'Profile is not valid',
} as const;

/** An error as Adobe's gateways word it: the first three digits of the code are the status. */
export function answerGatewayError(
  code: keyof typeof gatewayErrors,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const fields = { error_code: String(code), message: gatewayErrors[code] };
  return answerJson(Math.floor(code / 1000), fields, { 'x-request-id': randomUUID(), ...headers });
}

/** The answer, by route, to each call that a service takes without further data. */
export const services: Readonly<Record<string, Answer>> = {
  'GET /v3/custom-models': answerJson(200, { custom_models: [], total_count: 0 }),
  'GET /pie/psdService/hello': answerText('Welcome to the Photoshop API!'),
  'GET /v1/voices': answerJson(200, { voices: [] }),
  'GET /v3/app-versions': answerJson(200, { versions: [] }),
  'GET /batches': answerJson(200, { batches: [] }),
  'GET /beta/tagged-documents': answerJson(200, { documents: [] }),
  'GET /v4/me': answerJson(200, { data: { name: 'Technical account' } }),
  'GET /discovery/me': answerJson(200, { imsOrgs: [] }),
};

/** @throws Error for a row whose address has no route: a step that verifies with it would get a 404. */
export function requireRoutes(rows: Readonly<Record<string, Service>>): void {
  for (const [name, { verifyUrl }] of Object.entries(rows)) {
    const route = `GET ${verifyUrl && new URL(verifyUrl).pathname}`;
    if (verifyUrl !== undefined && !Object.hasOwn(services, route)) {
      throw new Error(
        `The service ${name} of src/services.ts is verified with ${route}: add that route to \`services\` in dev/stand-in/gateway.ts`,
      );
    }
  }
}

/** What `answer` gives, if the request bears a live token and the key of the client that it belongs to. */
export function guardAnswer(
  request: RecordedRequest,
  ledger: Ledger,
  answer: () => Answer,
): Answer {
  const token = readBearer(request);
  const key = request.headers['x-api-key'];
  if (key === undefined) return answerGatewayError(403000);
  if (token === '') return answerGatewayError(403010);
  if (refuseToken(ledger, token)) return answerGatewayError(401013);
  if (ledger.claims.get(token)?.['client_id'] !== key) return answerGatewayError(403003);
  const { headers, ...rest } = answer();
  return { ...rest, headers: { ...headers, 'x-request-id': randomUUID() } };
}

/** What Firefly makes of a prompt: where its pictures lie, here on the stand-in at `url`. */
export function answerPictures(url: string) {
  return { outputs: [{ seed: 1, image: { url: `${url}/picture.png` } }] };
}

export function answerPicture(): Answer {
  return { status: 200, headers: { 'Content-Type': 'image/png' }, body: picture };
}

function answerText(body: string): Answer {
  return { status: 200, headers: { 'Content-Type': 'text/plain' }, body };
}
