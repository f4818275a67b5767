// What stands behind the gateway: Firefly, which makes pictures, and the API for a credential's client secrets.
import { randomBytes, randomUUID } from 'node:crypto';
import { SERVICES, type Service } from '../../src/services.ts';
import { readJsonObject } from '../../src/values.ts';
import type { Endpoint, State } from './endpoints.ts';
import { type Answer, answerJson, type RecordedRequest } from './exchange.ts';
import { guard } from './gateway.ts';

/** The smallest PNG: one transparent pixel. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

/** What each job is when it is next requested: its ID is unlike that of any other stand-in's. */
const jobs = new Map<string, 'running' | 'succeeded'>();

const secretsPath = '/console/organizations/N/credentials/N/secrets';
const readSecrets = { failures: 'failSecrets', scope: 'read_client_secret' } as const;
const manageSecrets = { failures: 'failSecrets', scope: 'manage_client_secrets' } as const;

/** By method and path, in which a number is `N` and an ID at its end `*`. */
export const services: Readonly<Record<string, Endpoint>> = {
  'POST /v3/images/generate': guard((_request, { url }) => answerJson(200, listPictures(url))),
  'POST /v3/images/generate-async': guard(startGeneration),
  'GET /v3/status/*': guard(reportGeneration),
  'GET /picture.png': {
    answer: () => ({ status: 200, headers: { 'Content-Type': 'image/png' }, body: picture }),
  },
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

/** The route that `verify: service` calls, if the row has one: it lists nothing. */
function listVerification({ verifyUrl, orgHeader }: Service): [string, Endpoint][] {
  if (verifyUrl === undefined) return [];
  const answer = () => answerJson(200, { total_count: 0 });
  const endpoint = guard(answer, { failures: 'failVerify', orgHeader });
  return [[`GET ${new URL(verifyUrl).pathname}`, endpoint]];
}

function startGeneration({ headers, body }: RecordedRequest, { url }: State): Answer {
  const isJson = headers['content-type']?.startsWith('application/json');
  if (!isJson || !readJsonObject(body)?.['prompt']) {
    return answerJson(400, { error_code: 'validation_error', message: 'prompt is missing' });
  }
  const jobId = randomUUID();
  jobs.set(jobId, 'running');
  const [statusUrl, cancelUrl] = ['status', 'cancel'].map((verb) => `${url}/v3/${verb}/${jobId}`);
  return answerJson(202, { jobId, statusUrl, cancelUrl });
}

function reportGeneration({ path }: RecordedRequest, { url }: State): Answer {
  const jobId = path.slice(path.lastIndexOf('/') + 1);
  const status = jobs.get(jobId);
  if (!status) return answerJson(404, { error_code: 'not_found', message: 'Job not found' });
  // Whoever asks for the first time has to ask again.
  jobs.set(jobId, 'succeeded');
  const isDone = status === 'succeeded';
  return answerJson(200, { status, jobId, ...(isDone && { result: listPictures(url) }) });
}

/** Where the pictures lie: on the stand-in at `url`. */
function listPictures(url: string) {
  return { outputs: [{ seed: 1, image: { url: `${url}/picture.png` } }] };
}

export interface ClientSecret {
  readonly uuid: string;
  readonly value: string;
  createdAtMs: number;
  usedAtMs?: number;
}

/** One that was added just now and never used. */
export function makeSecret(value: string): ClientSecret {
  return { uuid: randomUUID(), value, createdAtMs: Date.now() };
}

/** Lets so many days pass for the secrets. */
export function ageSecrets({ secrets = [] }: State, days: number): void {
  const passedMs = days * 86_400_000;
  for (const secret of secrets) {
    secret.createdAtMs -= passedMs;
    if (secret.usedAtMs !== undefined) secret.usedAtMs -= passedMs;
  }
}

function listSecrets({ headers }: RecordedRequest, { secrets = [] }: State): Answer {
  return answerJson(200, {
    client_id: headers['x-api-key'],
    client_secrets: secrets.map(({ usedAtMs, ...secret }) => ({
      ...describeSecret(secret),
      secret_usages: usedAtMs
        ? [{ last_used_at: String(usedAtMs), grant_type: 'client_credentials' }]
        : null,
    })),
  });
}

/** Tells the value of the new one, which nothing tells again; there are at most two. */
function addSecret({ headers }: RecordedRequest, { secrets = [] }: State): Answer {
  if (secrets.length >= 2) {
    return answerJson(400, { message: 'The credential has the maximum number of client secrets' });
  }
  const secret = makeSecret(`p8e-${randomBytes(24).toString('base64url')}`);
  secrets.push(secret);
  return answerJson(201, {
    client_id: headers['x-api-key'],
    client_secret: secret.value,
    ...describeSecret(secret),
  });
}

function removeSecret({ path }: RecordedRequest, { secrets = [] }: State): Answer {
  const index = secrets.findIndex(({ uuid }) => path.endsWith(`/${uuid}`));
  if (index < 0) return answerJson(404, { message: 'No such client secret' });
  secrets.splice(index, 1);
  return { status: 204, headers: {}, body: '' };
}

function describeSecret({ uuid, createdAtMs }: ClientSecret) {
  return { uuid, created_at: String(createdAtMs), expires_at: 'PERMANENT' };
}
