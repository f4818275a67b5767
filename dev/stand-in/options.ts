// What a stand-in can be told to be.
import type { GivenSecret } from './client-secrets.ts';

export interface StandInOptions {
  /** Without it, any client ID is taken. */
  clientId?: string;
  /** Without them, any secret is taken. */
  clientSecrets?: readonly GivenSecret[];
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
  /** Any free one by default. */
  port?: number;
  /** What `expires_in` says; 86399 by default. */
  lifetimeS?: number;
  /** Issues tokens that are not JWTs. */
  opaque?: boolean;
  /** The token's length: exact if opaque, else at least about this. */
  tokenBytes?: number;
  /** What a token carries, when that is not what was requested. */
  grantedScopes?: readonly string[];
  /** Where the `redirect` failures point; by default to a port where nothing listens. */
  redirectTo?: string;
  /** Closes it after so long without a request. */
  idleExitS?: number;
}
