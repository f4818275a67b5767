/** The outputs: their names, and the value of each. */

import { isoSeconds, secondsUntil } from '../adobe/token.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { type Publishable, plain } from '../secrets/secret.ts';
import type { Publication } from './publication.ts';

/** What `steps.ID.outputs` holds after a run with a token. `error` is of a failed one alone. */
export function listOutputs(
  inputs: Inputs,
  { token, source, verified, sealedToken }: Publication,
  nowMs: number,
): readonly (readonly [name: string, value: Publishable])[] {
  return [
    ['access-token', token.value],
    ['token-type', plain('bearer')],
    ['expires-in', plain(String(secondsUntil(token.expiresAtMs, nowMs)))],
    ['expires-at', plain(isoSeconds(token.expiresAtMs))],
    ['scope', plain(token.scopes.join(','))],
    ['client-id', plain(inputs.clientId)],
    ...(inputs.orgId === undefined ? [] : [['org-id', plain(inputs.orgId)] as const]),
    ['source', plain(source)],
    ['verified', plain(verified)],
    ['skipped', plain('false')],
    ...(sealedToken === undefined ? [] : [['sealed-token', plain(sealedToken)] as const]),
  ];
}
