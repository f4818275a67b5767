/** What Adobe's errors mean and what to do about them: a row each. */

import type { Topic } from '../errors.ts';

export interface Hint {
  readonly topic: Topic;
  /** A sentence without its full stop. */
  readonly hint: string;
}

interface ImsRow extends Hint {
  /** The `error` of RFC 6749, or IMS's own. */
  readonly error: string;
  /** Where one error means several things: what the description has to say. */
  readonly description?: RegExp;
  /** What is refused is the secret, or may be: another one may succeed. */
  readonly refusesSecret?: true;
}

const CREDENTIAL = 'the OAuth Server-to-Server credential in the Adobe Developer Console';

/** IMS's errors; the first match decides. */
const IMS_ROWS: readonly ImsRow[] = [
  {
    error: 'invalid_client',
    description: /^(?!.*secret)(.*client[_ -]?id|missing\b)/is,
    topic: 'wrong-client-id',
    hint: `IMS does not know this client ID: compare \`client-id\` with ${CREDENTIAL}, and check that \`ims-url\` is its environment`,
  },
  {
    error: 'invalid_client',
    description: /^(?!.*client[_ -]?id).*secret/is,
    topic: 'wrong-client-secret',
    hint: `The client secret is wrong or was deleted: copy it again from ${CREDENTIAL} and update the GitHub secret`,
    refusesSecret: true,
  },
  {
    error: 'invalid_client',
    topic: 'wrong-client-secret',
    hint: `The client ID or the client secret is wrong: compare both with ${CREDENTIAL}, and update the GitHub secret`,
    refusesSecret: true,
  },
  {
    error: 'unauthorized_client',
    topic: 'wrong-credential-type',
    hint: 'The credential is of another type: add an OAuth Server-to-Server credential to the project in the Adobe Developer Console and use its client ID and secret',
  },
  ...['invalid_scope', 'invalid_target_scope'].map((error) => ({
    error,
    topic: 'wrong-scope' as const,
    hint: 'Add the API to the project in the Adobe Developer Console, or correct `service` or `scope`: "View scopes per service" there lists what the credential may request',
  })),
  {
    error: 'access_denied',
    topic: 'access-denied',
    hint: "The credential's technical account is no longer in the organization: ask an administrator to add it again, or create a new credential",
  },
  {
    error: 'not_found',
    description: /organi[sz]ation/i,
    topic: 'organization-not-found',
    hint: 'Correct `org-id`: it looks like 1234567890ABCDEF@AdobeOrg, and most credentials need none',
  },
  {
    error: 'duplicate_binding',
    topic: 'several-organizations',
    hint: 'The credential serves several organizations: name one in `org-id`',
  },
];

/** The row for what IMS says, or undefined for what nobody has seen yet. */
export function findImsHint(error: string, description: string): ImsRow | undefined {
  return IMS_ROWS.find(
    (row) => row.error === error && (row.description?.test(description) ?? true),
  );
}

/** For an error of IMS that has no row. */
export function unknownImsHint(status: number): Hint {
  const address = status === 404 ? '`ims-url` (nothing answers at this address), ' : '';
  return {
    topic: 'refused',
    hint: `IMS refuses the request: check ${address}\`client-id\`, \`scope\` and ${CREDENTIAL}`,
  };
}

const TOKEN_REFUSED: Hint = {
  topic: 'token-refused',
  hint: 'The service does not accept this token: check that `ims-url` and the service belong to the same environment, and that the credential is an OAuth Server-to-Server one',
};

const API_NOT_ADDED: Hint = {
  topic: 'api-not-added',
  hint: 'The service does not know this client ID: add its API to the project in the Adobe Developer Console, and check that `service` names the right one',
};

const NOT_ENTITLED: Hint = {
  topic: 'not-entitled',
  hint: "The credential has no product profile that includes this service: have the organization's administrator add one in the Adobe Developer Console",
};

/** By a gateway's error code or the `x-access-error` header. */
const GATEWAY_ROWS: Readonly<Record<string, Hint>> = {
  '401013': TOKEN_REFUSED,
  '403010': TOKEN_REFUSED,
  '403000': API_NOT_ADDED,
  '403003': API_NOT_ADDED,
  '403025': NOT_ENTITLED,
  user_profile_denied: NOT_ENTITLED,
  user_non_entitled: NOT_ENTITLED,
  quota_exhausted: {
    topic: 'quota-exhausted',
    hint: "The organization's quota for this service is used up: buy more or wait for the next period",
  },
  invalid_ims_scope: {
    topic: 'wrong-scope',
    hint: 'The token lacks a scope that the service requires: correct `scope`, or leave it out to request what `service` needs',
  },
};

/** The row for what a service's gateway says: by its header, else its error code, else the status. */
export function findGatewayHint(
  accessError: string,
  error: string,
  status: number,
): Hint | undefined {
  for (const name of [accessError, error]) {
    if (Object.hasOwn(GATEWAY_ROWS, name)) return GATEWAY_ROWS[name];
  }
  return status === 401 ? TOKEN_REFUSED : undefined;
}

/** For a service's refusal that has no row. */
export const UNKNOWN_REFUSAL: Hint = {
  topic: 'verification-refused',
  hint: 'The service refuses this token, or has no such address',
};

/** For a token that IMS does not confirm. */
export const NOT_CONFIRMED_BY_IMS: Hint = {
  topic: 'token-not-valid',
  hint: 'IMS did not confirm this token: check that `ims-url` is the environment of the credential, and that `/ims/validate_token/v1` exists there',
};
