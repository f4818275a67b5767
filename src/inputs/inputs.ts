/** The inputs: their names, every default, and what they are read as. */

import type { Secret } from '../secrets/secret.ts';
import type { ServiceName } from '../services.ts';

/** By name, each input's default as `action.yml` has it: empty where the default depends on other inputs. */
export const INPUTS = {
  credentials: '',
  'client-id': '',
  'client-secret': '',
  service: '',
  scope: '',
  'export-env': 'true',
  'env-prefix': '',
  verify: 'none',
  'verify-url': '',
  seal: 'false',
  'sealed-token': '',
  'sealed-token-file': '',
  'min-validity': '',
  revoke: 'false',
  'on-missing-credentials': 'fail',
  summary: 'false',
  timeout: '60',
  'max-attempts': '6',
  'org-id': '',
  'ims-url': '',
  'allowed-hosts': '',
} as const;

export type InputName = keyof typeof INPUTS;

export const INPUT_NAMES = Object.keys(INPUTS) as readonly InputName[];

/** Where neither `service` nor scopes are given. */
export const DEFAULT_SERVICE: ServiceName = 'firefly';

/** Where scopes are given without a service. */
export const DEFAULT_ENV_PREFIX = 'ADOBE';

/**
 * An hour, in milliseconds, but no more than a tenth of the token's lifetime. Adobe's advice is a new token
 * every 23 hours.
 */
export const DEFAULT_MIN_VALIDITY_MS = 3_600_000;

/** Where neither `ims-url` nor `credentials` names another. */
export const PRODUCTION_IMS_URL = 'https://ims-na1.adobelogin.com';

/** In characters: longer inputs are refused, so that reading them takes no time to speak of. */
export const MAX_INPUT_LENGTH = 64 * 1024;

/** How a token is verified: what `verify` asks for, or what was checked and passed. */
export type Verification = 'none' | 'token' | 'service';

/** One of several client secrets, and where it stands in its input, counted from 1. */
export interface ClientSecret {
  readonly line: number;
  readonly secret: Secret;
}

/** What `verify: service` checks for one service. */
export interface VerifyTarget {
  /** Absent where `verify-url` stands alone. */
  readonly service: ServiceName | undefined;
  /** The address to call; absent where IMS is called instead. */
  readonly url: string | undefined;
}

export interface Inputs {
  readonly clientId: string;
  /** Without duplicates, in the order given. */
  readonly clientSecrets: readonly [ClientSecret, ...ClientSecret[]];
  /** The input that the secrets come from. */
  readonly secretsFrom: 'client-secret' | 'credentials';
  /** None where scopes are given without a service. */
  readonly services: readonly ServiceName[];
  readonly scopes: readonly string[];
  readonly exportEnv: boolean;
  readonly envPrefixes: readonly string[];
  readonly verify: Verification;
  readonly verifyTargets: readonly VerifyTarget[];
  readonly seal: boolean;
  readonly sealedToken: string | undefined;
  readonly sealedTokenFile: string | undefined;
  readonly minValidityMs: number | undefined;
  readonly revoke: boolean;
  readonly onMissingCredentials: 'fail' | 'skip';
  readonly summary: boolean;
  readonly timeoutMs: number;
  readonly maxAttempts: number;
  /** The organization, where it is known. */
  readonly orgId: string | undefined;
  /** The organization that is sent to IMS: `org-id` alone, never that of `credentials`. */
  readonly sentOrgId: string | undefined;
  /** The base URL of IMS, without a slash at its end. */
  readonly imsUrl: string;
}
