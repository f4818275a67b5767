// The client secrets of the stand-in's credential, and Adobe's API for them: at most two, a value is told once.
import { randomBytes, randomUUID } from 'node:crypto';
import { type Answer, answerJson, type RecordedRequest } from './exchange.ts';

export interface ClientSecret {
  readonly uuid: string;
  readonly value: string;
  createdAtMs: number;
  usedAtMs: number | undefined;
}

/** One that the stand-in starts with; a text alone was added today and never used. */
export type GivenSecret =
  | string
  | { readonly value: string; readonly createdDaysAgo: number; readonly usedDaysAgo?: number };

const dayMs = 86_400_000;
const mostSecrets = 2;

export function makeSecrets(given: readonly GivenSecret[] = []): ClientSecret[] {
  return given.map((secret) => {
    if (typeof secret === 'string') return makeSecret(secret, 0);
    const { value, createdDaysAgo, usedDaysAgo } = secret;
    return makeSecret(value, createdDaysAgo, usedDaysAgo);
  });
}

/** Lets so many days pass for them. */
export function ageSecrets(secrets: readonly ClientSecret[], days: number): void {
  for (const secret of secrets) {
    secret.createdAtMs -= days * dayMs;
    if (secret.usedAtMs !== undefined) secret.usedAtMs -= days * dayMs;
  }
}

/** Notes that a token was requested with `value`. */
export function useSecret(secrets: readonly ClientSecret[], value: string): void {
  const secret = secrets.find((one) => one.value === value);
  if (secret) secret.usedAtMs = Date.now();
}

export function listSecrets(secrets: readonly ClientSecret[], clientId: string): Answer {
  return answerJson(200, {
    client_id: clientId,
    client_secrets: secrets.map(({ uuid, createdAtMs, usedAtMs }) => ({
      uuid,
      created_at: String(createdAtMs),
      expires_at: 'PERMANENT',
      secret_usages:
        usedAtMs === undefined
          ? null
          : [{ last_used_at: String(usedAtMs), grant_type: 'client_credentials' }],
    })),
  });
}

export function addSecret(secrets: ClientSecret[], clientId: string): Answer {
  if (secrets.length >= mostSecrets) {
    return answerJson(400, { message: 'The credential has the maximum number of client secrets' });
  }
  const secret = makeSecret(`p8e-${randomBytes(24).toString('base64url')}`, 0);
  secrets.push(secret);
  const { uuid, value, createdAtMs } = secret;
  return answerJson(201, {
    client_id: clientId,
    client_secret: value,
    uuid,
    created_at: String(createdAtMs),
    expires_at: 'PERMANENT',
  });
}

export function removeSecret(secrets: ClientSecret[], { path }: RecordedRequest): Answer {
  const index = secrets.findIndex(({ uuid }) => path.endsWith(`/${uuid}`));
  if (index < 0) return answerJson(404, { message: 'No such client secret' });
  secrets.splice(index, 1);
  return { status: 204, headers: {}, body: '' };
}

function makeSecret(value: string, createdDaysAgo: number, usedDaysAgo?: number): ClientSecret {
  const nowMs = Date.now();
  return {
    uuid: randomUUID(),
    value,
    createdAtMs: nowMs - createdDaysAgo * dayMs,
    usedAtMs: usedDaysAgo === undefined ? undefined : nowMs - usedDaysAgo * dayMs,
  };
}
