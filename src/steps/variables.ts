/** The environment variables that are set: their names, and the values of those that later steps get. */

import { type AccessToken, readClaims } from '../adobe/token.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Redact } from '../secrets/redact.ts';
import { type Publishable, plain } from '../secrets/secret.ts';
import { SERVICES, type Service } from '../services.ts';
import type { Environment } from '../values.ts';

/** What `post-if` in action.yml looks at: without it no post step is run. */
export const REVOKE_VARIABLE = 'ADOBE_IMS_TOKEN_REVOKE';

/** Where `aio` finds a token, whatever the prefix. */
const AIO_TOKEN = 'AIO_IMS_CONTEXTS_CLI_ACCESS__TOKEN_TOKEN';

const AIO_HINT =
  '`aio` reads no other, so set `export-env: false` for the step whose token it should not use';

/** The names that a prefix gives. */
export function variableNames(envPrefix: string) {
  return {
    token: `${envPrefix}_ACCESS_TOKEN`,
    clientId: `${envPrefix}_CLIENT_ID`,
    orgId: `${envPrefix}_ORG_ID`,
  };
}

/** The variables to set, in order, each once. */
export function listVariables(
  inputs: Inputs,
  token: AccessToken,
  env: Environment,
): readonly (readonly [name: string, value: Publishable])[] {
  const { clientId, orgId } = inputs;
  const usual = inputs.envPrefixes.flatMap((prefix) => {
    const names = variableNames(prefix);
    // The organization of an earlier step must not stand beside this step's token.
    const namesOrgId = orgId !== undefined || Boolean(env[names.orgId]);
    return [
      [names.token, token.value] as const,
      [names.clientId, plain(clientId)] as const,
      ...(namesOrgId ? [[names.orgId, plain(orgId ?? '')] as const] : []),
    ];
  });
  const aio = setsAio(inputs)
    ? [
        [AIO_TOKEN, token.value] as const,
        // In milliseconds; without it `aio` refuses the token.
        ['AIO_IMS_CONTEXTS_CLI_ACCESS__TOKEN_EXPIRY', plain(String(token.expiresAtMs))] as const,
      ]
    : [];
  return [...usual, ...aio];
}

/** A variable that holds another client's or other scopes' token. */
export interface Replaced {
  readonly name: string;
  readonly held: string;
  /** How to keep what it holds: a sentence without its full stop. */
  readonly hint: string;
}

/** Those of the variables to set that hold another client's or other scopes' token. */
export function findReplaced(
  inputs: Inputs,
  token: AccessToken,
  env: Environment,
  redact: Redact,
): readonly Replaced[] {
  // As they stand in the token: what is shown of them may lack some.
  const { scopes = token.scopes } = readClaims(token.value.reveal());
  const usual = inputs.envPrefixes.map((prefix) => {
    const names = variableNames(prefix);
    const hint = 'Give this step another `env-prefix` to keep both';
    return { name: names.token, client: env[names.clientId], hint };
  });
  const aio = setsAio(inputs) ? [{ name: AIO_TOKEN, client: undefined, hint: AIO_HINT }] : [];
  return [...usual, ...aio].flatMap(({ name, client, hint }) => {
    const earlier = env[name];
    if (!earlier) return [];
    const claims = readClaims(earlier);
    const earlierClient = client || claims.clientId;
    if (earlierClient && earlierClient !== inputs.clientId) {
      return [{ name, held: `the token of another client, ${redact(earlierClient, 80)}`, hint }];
    }
    const hasSameScopes =
      !claims.scopes || claims.scopes.toSorted().join() === scopes.toSorted().join();
    return hasSameScopes ? [] : [{ name, held: 'a token with other scopes', hint }];
  });
}

function setsAio({ services }: Inputs): boolean {
  return services.some((name) => (SERVICES[name] as Service).setsAioVariables);
}
