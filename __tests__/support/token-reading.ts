// An answer to a token request, read as the step reads it: with the runner's redactor, and each mask written down.
import { readTokenResponse } from '../../src/adobe/responses.ts';
import type { AccessToken } from '../../src/adobe/token.ts';
import { createRedactor } from '../../src/secrets/redact.ts';
import { type Masked, Secret } from '../../src/secrets/secret.ts';
import { SECRET } from './credentials.ts';
import { answer } from './scripted-exchange.ts';

interface TokenReader {
  /** What was masked, in order. */
  readonly masks: readonly string[];
  readonly read: (body: unknown, status?: number, headers?: object) => AccessToken;
}

/** A reader for a request with these scopes, by a client with this secret. */
export function tokenReader({ scopes = ['requested', 'for'], secret = SECRET } = {}): TokenReader {
  const { hide, redact } = createRedactor();
  hide(new Secret(secret));
  const masks: string[] = [];
  return {
    masks,
    read: (body, status = 200, headers = {}) =>
      readTokenResponse(answer(status, body, { ...headers }), {
        redact,
        mask: (value) => {
          hide(value);
          masks.push(value.reveal());
          return value as Masked;
        },
        scopes,
      }),
  };
}
