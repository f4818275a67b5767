/** The environment variables that later steps get: their names, and the value of each. */

import { type AccessToken, readClaims } from '../adobe/token.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Redact } from '../secrets/redact.ts';
import { type Publishable, plain } from '../secrets/secret.ts';
import { SERVICES, type Service } from '../services.ts';
import type { Environment } from '../values.ts';

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
  const setsAio = inputs.services.some((name) => (SERVICES[name] as Service).setsAioVariables);
  const aio = setsAio
    ? [
        ['AIO_IMS_CONTEXTS_CLI_ACCESS__TOKEN_TOKEN', token.value] as const,
        // In milliseconds; without it `aio` refuses the token.
        ['AIO_IMS_CONTEXTS_CLI_ACCESS__TOKEN_EXPIRY', plain(String(token.expiresAtMs))] as const,
      ]
    : [];
  return [...usual, ...aio];
}

/** For each prefix whose variable holds another client's or other scopes' token: its name, and what it holds. */
export function findReplaced(
  { clientId, envPrefixes }: Inputs,
  token: AccessToken,
  env: Environment,
  redact: Redact,
): readonly { readonly name: string; readonly held: string }[] {
  return envPrefixes.flatMap((prefix) => {
    const names = variableNames(prefix);
    const earlier = env[names.token];
    if (!earlier) return [];
    const claims = readClaims(earlier);
    const earlierClient = env[names.clientId] || claims.clientId;
    if (earlierClient && earlierClient !== clientId) {
      const held = `the token of another client, ${redact(earlierClient, 80)}`;
      return [{ name: names.token, held }];
    }
    const hasSameScopes =
      !claims.scopes || claims.scopes.toSorted().join() === token.scopes.toSorted().join();
    return hasSameScopes ? [] : [{ name: names.token, held: 'a token with other scopes' }];
  });
}
