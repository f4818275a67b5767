// What a stand-in is told to be, and what its endpoints share.
import type { ClientSecret } from './client-secrets.ts';
import type { Grant, Ledger } from './grants.ts';

export interface StandInOptions {
  /** Without them, any secret is taken. */
  clientSecrets?: readonly string[];
  /** The failures of the token endpoint, one a request, then good answers; a last `name*` repeats for ever. */
  fail?: readonly string[];
  /** The same for IMS's validation and for the services. */
  failVerify?: readonly string[];
  /** The same for revocation. */
  failRevoke?: readonly string[];
  /** The same for the API that lists, adds and removes client secrets. */
  failSecrets?: readonly string[];
  /** Makes it https. */
  tls?: { key: string | Buffer; cert: string | Buffer };
  /** What tokens are like, where that is not what was requested. */
  grant?: Partial<Grant>;
  /** Where the `redirect` failures point; by default to a port where nothing listens. */
  redirectTo?: string;
  /** Closes it after so long without a request. */
  idleExitS?: number;
}

export interface State {
  readonly options: StandInOptions;
  readonly ledger: Ledger;
  readonly secrets?: ClientSecret[];
  readonly url: string;
}
