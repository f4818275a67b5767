/** What a run of the main step has to publish, besides its inputs. */

import type { AccessToken } from '../adobe/token.ts';

/** What was checked and passed. */
export type Verified = 'none' | 'token' | 'service';

export interface Publication {
  readonly token: AccessToken;
  readonly source: 'minted' | 'sealed';
  readonly verified: Verified;
  /** Attempts of the request that got the token: 0 where none was needed. */
  readonly attempts: number;
  readonly sealedToken?: string | undefined;
}
