// The client secrets of the stand-in's credential, and Adobe's API for them: at most two, a value is told once.
import { randomBytes, randomUUID } from 'node:crypto';
import type { State } from './endpoints.ts';
import { type Answer, answerJson, type RecordedRequest } from './exchange.ts';

export interface ClientSecret {
  readonly uuid: string;
  readonly value: string;
  createdAtMs: number;
  usedAtMs?: number;
}

const dayMs = 86_400_000;
const mostSecrets = 2;

/** One that was added just now and never used. */
export function makeSecret(value: string): ClientSecret {
  return { uuid: randomUUID(), value, createdAtMs: Date.now() };
}

/** Lets so many days pass for them. */
export function ageSecrets({ secrets = [] }: State, days: number): void {
  for (const secret of secrets) {
    secret.createdAtMs -= days * dayMs;
    if (secret.usedAtMs !== undefined) secret.usedAtMs -= days * dayMs;
  }
}

export function listSecrets({ headers }: RecordedRequest, { secrets = [] }: State): Answer {
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

export function addSecret({ headers }: RecordedRequest, { secrets = [] }: State): Answer {
  if (secrets.length >= mostSecrets) {
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

export function removeSecret({ path }: RecordedRequest, { secrets = [] }: State): Answer {
  const index = secrets.findIndex(({ uuid }) => path.endsWith(`/${uuid}`));
  if (index < 0) return answerJson(404, { message: 'No such client secret' });
  secrets.splice(index, 1);
  return { status: 204, headers: {}, body: '' };
}

function describeSecret({ uuid, createdAtMs }: ClientSecret) {
  return { uuid, created_at: String(createdAtMs), expires_at: 'PERMANENT' };
}
