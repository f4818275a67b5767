/** The outputs: their names, and the value of each. */

import { isoSeconds, secondsUntil } from '../adobe/token.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { type Publishable, plain } from '../secrets/secret.ts';
import type { Publication } from './publication.ts';

type Outputs = readonly (readonly [name: string, value: Publishable])[];

/** What `steps.ID.outputs` holds after a run that `on-missing-credentials: skip` ended without a token. */
export function listSkippedOutputs(): Outputs {
  return [['skipped', plain('true')]];
}

/** What it holds after a run that failed: the line that says why, as the log has it. */
export function listFailureOutputs(error: string): Outputs {
  return [['error', plain(error)]];
}

/** What it holds after a run with a token. */
export function listOutputs(
  inputs: Inputs,
  { token, source, verified, sealedToken }: Publication,
  nowMs: number,
): Outputs {
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
