/** The only place that knows the inputs' names: raw strings in, typed values out, all faults at once. */

import { InputError } from '../errors.ts';
import { type Trigger, withheldBecause } from '../github/event.ts';
import type { Environment, FileCommand } from '../http/environment.ts';
import { count, redactor } from '../secrets/redact.ts';
import {
  DEFAULT_SERVICE,
  SERVICE_NAMES,
  SERVICES,
  type Service,
  type ServiceName,
} from '../services.ts';
import { contradictions, surroundingFaults } from './consistency.ts';
import { missingCredentials, missingCredentialsFault } from './missing-credentials.ts';
import {
  type ClientSecret,
  type Parsed,
  parseAllowedUrl,
  parseBoolean,
  parseChoice,
  parseClientId,
  parseEnvPrefix,
  parseHosts,
  parseOrgId,
  parseScopes,
  parseSecrets,
  parseWhole,
  secretFault,
} from './parsers.ts';
import { misspelt } from './spelling.ts';
import { PRODUCTION_IMS_URL, presentUrl } from './urls.ts';

export const INPUT_NAMES = [
  'client-id',
  'client-secret',
  'service',
  'scope',
  'export-env',
  'env-prefix',
  'verify',
  'verify-url',
  'seal',
  'sealed-token',
  'min-validity',
  'revoke',
  'on-missing-credentials',
  'summary',
  'timeout',
  'max-attempts',
  'org-id',
  'ims-url',
  'allowed-hosts',
] as const;

export type InputName = (typeof INPUT_NAMES)[number];
export type Verify = 'none' | 'token' | 'service';

export interface Inputs {
  readonly clientId: string;
  /** Without duplicates, in the order given. */
  readonly clientSecrets: readonly [ClientSecret, ...ClientSecret[]];
  readonly serviceName: ServiceName;
  readonly scopes: readonly string[];
  readonly exportEnv: boolean;
  readonly envPrefix: string;
  readonly verify: Verify;
  readonly verifyUrl: string | undefined;
  readonly seal: boolean;
  readonly sealedToken: string | undefined;
  readonly minValidityS: number | undefined;
  readonly revoke: boolean;
  readonly summary: boolean;
  readonly timeoutMs: number;
  readonly maxAttempts: number;
  readonly orgId: string | undefined;
  /** The base URL of IMS, without a slash at its end. */
  readonly imsUrl: string;
}

/** Where inputs come from: the runner, or a test. */
export interface InputSource {
  readonly input: (name: InputName, options?: { readonly trimWhitespace: boolean }) => string;
  readonly env: Environment;
  readonly trigger: () => Trigger;
  /** What keeps a file command's file from being written, or undefined. */
  readonly fileFault: (name: FileCommand) => string | undefined;
}

/** The step ends green: GitHub withholds the credentials, and the workflow's author expects it. */
export interface Skipped {
  readonly skipped: string;
}

/** Every secret that is given, right or wrong, to be masked before anything else happens. */
export function givenSecrets(source: InputSource): readonly ClientSecret[] {
  // Not trimmed, so that its lines are counted as they were given: the first may be empty.
  return parseSecrets(source.input('client-secret', { trimWhitespace: false }));
}

/**
 * Reads and checks every input and the surroundings of the step.
 * @throws {InputError} that names every fault, with its value unless that is a secret.
 */
export function readInputs(source: InputSource): Inputs | Skipped {
  const clientSecrets = givenSecrets(source);
  const redact = redactor(clientSecrets.map(({ secret }) => secret));
  const faults: string[] = misspelt(source.env, INPUT_NAMES, redact);

  function read<T>(name: InputName, fallback: T, parse: (raw: string) => Parsed<T>): T {
    const raw = source.input(name);
    if (raw === '') return fallback;
    const parsed = parse(raw);
    if ('value' in parsed) return parsed.value;
    const shown = URL_INPUTS.includes(name) ? presentUrl(raw) : raw;
    faults.push(`${name} "${redact(shown, 80)}" ${parsed.fault}`);
    return fallback;
  }
  const readBoolean = (name: InputName, fallback: boolean) => read(name, fallback, parseBoolean);
  const readWhole = (name: InputName, fallback: number, min: number, max: number) =>
    read(name, fallback, (raw) => parseWhole(raw, min, max));

  const serviceName = read<ServiceName>('service', DEFAULT_SERVICE, (raw) =>
    parseChoice(raw, SERVICE_NAMES),
  );
  const service: Service = SERVICES[serviceName];
  const allowedHosts = read<readonly string[]>('allowed-hosts', [], parseHosts);
  const inputs: Inputs = {
    clientId: read('client-id', '', parseClientId),
    // Never empty where it is returned: missing credentials end or skip the step below.
    clientSecrets: clientSecrets as Inputs['clientSecrets'],
    serviceName,
    scopes: read('scope', service.scopes, parseScopes),
    exportEnv: readBoolean('export-env', true),
    envPrefix: read('env-prefix', service.envPrefix, parseEnvPrefix),
    verify: read<Verify>('verify', 'none', (raw) => parseChoice(raw, ['none', 'token', 'service'])),
    verifyUrl: read<string | undefined>('verify-url', service.verifyUrl, (raw) =>
      parseAllowedUrl(raw, { allowedHosts, query: 'allowed' }),
    ),
    seal: readBoolean('seal', false),
    sealedToken: source.input('sealed-token') || undefined,
    minValidityS: read<number | undefined>('min-validity', undefined, (raw) =>
      parseWhole(raw, 0, MAX_MIN_VALIDITY_S),
    ),
    revoke: readBoolean('revoke', false),
    summary: readBoolean('summary', false),
    timeoutMs: readWhole('timeout', 60, 1, 3600) * 1000,
    maxAttempts: readWhole('max-attempts', 4, 1, 10),
    orgId: read<string | undefined>('org-id', undefined, parseOrgId),
    imsUrl: read('ims-url', PRODUCTION_IMS_URL, (raw) =>
      parseAllowedUrl(raw, { allowedHosts, query: 'refused' }),
    ),
  };
  const onMissing = read('on-missing-credentials', 'fail', (raw) =>
    parseChoice(raw, ['fail', 'skip']),
  );

  for (const { line, secret } of clientSecrets) {
    const fault = secretFault(secret);
    if (fault) faults.push(`client-secret, line ${line}, ${fault}`);
  }
  faults.push(...contradictions(inputs, source), ...surroundingFaults(inputs, source));

  const missing = CREDENTIALS.filter((name) => source.input(name) === '');
  const withheld = missing.length > 0 ? withheldBecause(source.trigger()) : undefined;
  const skipped = onMissing === 'skip' && withheld !== undefined;
  if (missing.length > 0 && !skipped) faults.unshift(missingCredentialsFault(missing, withheld));
  if (faults.length > 0) {
    throw inputError(
      faults,
      missing.length > 0 && !skipped ? 'missing-credentials' : 'wrong-input',
    );
  }
  return skipped ? { skipped: missingCredentials(missing, withheld) } : inputs;
}

/** What may hold an address, and so a password. */
const URL_INPUTS: readonly InputName[] = ['ims-url', 'verify-url', 'allowed-hosts'];

const CREDENTIALS = ['client-id', 'client-secret'] as const satisfies readonly InputName[];

/** Two days: no token of IMS is known to live longer. */
const MAX_MIN_VALIDITY_S = 172_800;

function inputError(faults: readonly string[], topic: string): InputError {
  const list =
    faults.length === 1 ? faults.join() : faults.map((f, i) => `(${i + 1}) ${f}`).join('; ');
  const head = faults.length === 1 ? 'Wrong input' : `${count(faults.length, 'wrong input')}`;
  return new InputError(`${head}: ${list}`, {
    topic,
    hint: 'Nothing was sent',
  });
}
