/** What a run of the main step has to publish, besides its inputs. */

import type { AccessToken } from '../adobe/token.ts';
import type { Verification } from '../inputs/inputs.ts';

export interface Publication {
  readonly token: AccessToken;
  readonly source: 'minted' | 'sealed';
  /** What was checked and passed. */
  readonly verified: Verification;
  /** Attempts of the request that got the token: 0 where none was needed. */
  readonly attempts: number;
  readonly sealedToken?: string | undefined;
}
