/** Raw strings in, one typed value out, and all faults at once. */

import { InputError } from '../errors.ts';
import type { InputSource } from '../github/source.ts';
import { count, presentUrl } from '../messages.ts';
import { DEFAULT_SERVICE, SERVICES, type Service, type ServiceName } from '../services.ts';
import type { Result } from '../values.ts';
import { contradictions, surroundingFaults } from './consistency.ts';
import {
  INPUT_NAMES,
  INPUTS,
  type InputName,
  type Inputs,
  PRODUCTION_IMS_URL,
  type Verify,
  type VerifyTarget,
} from './inputs.ts';
import { missingCredentials, missingCredentialsFault } from './missing-credentials.ts';
import {
  parseAllowedUrl,
  parseBoolean,
  parseChoice,
  parseClientId,
  parseEnvPrefix,
  parseHosts,
  parseOrgId,
  parseScopes,
  parseServices,
  parseWhole,
  secretFault,
} from './parsers.ts';
import { readSecrets } from './secrets.ts';
import { misspelt } from './spelling.ts';

/** The step ends green: GitHub withholds the credentials, and the workflow's author expects it. */
export interface Skipped {
  readonly skipped: string;
}

/** Two days: no token of IMS is known to live longer. */
const MAX_MIN_VALIDITY_S = 172_800;

/** What may hold an address, and so a password. */
const URL_INPUTS: readonly InputName[] = ['ims-url', 'verify-url', 'allowed-hosts'];

/** An input's value, or undefined where it was not given, or is wrong and noted as such. */
type Read = <T>(name: InputName, parse: (raw: string) => Result<T>) => T | undefined;

/**
 * Reads and checks every input and the surroundings of the step. Its secrets are masked already.
 * @throws {InputError} that names every fault, with its value unless that is a secret.
 */
export function readInputs(source: InputSource): Inputs | Skipped {
  const faults: string[] = misspelt(source.env, INPUT_NAMES, source.redact);
  const read: Read = (name, parse) => {
    const raw = source.input(name) || INPUTS[name];
    if (raw === '') return undefined;
    const parsed = parse(raw);
    if ('value' in parsed) return parsed.value;
    const shown = URL_INPUTS.includes(name) ? presentUrl(raw) : raw;
    faults.push(`${name} "${source.redact(shown, 80)}" ${parsed.fault}`);
    return undefined;
  };
  const inputs = readEach(source, read);
  const onMissing = read('on-missing-credentials', (raw) => parseChoice(raw, ['fail', 'skip']));
  for (const { line, secret } of inputs.clientSecrets) {
    const fault = secretFault(secret);
    if (fault) faults.push(`client-secret, line ${line}, ${fault}`);
  }
  faults.push(...contradictions(inputs, source), ...surroundingFaults(inputs, source));

  const missing = CREDENTIALS.filter((name) => source.input(name) === '');
  const withheld = missing.length > 0 ? source.withheld() : undefined;
  const skipped = onMissing === 'skip' && withheld !== undefined && withheld !== 'unknown';
  if (missing.length > 0 && !skipped)
    faults.unshift(missingCredentialsFault(missing, withheld, onMissing === 'skip'));
  if (faults.length > 0) {
    throw inputError(
      faults,
      missing.length > 0 && !skipped ? 'missing-credentials' : 'wrong-input',
    );
  }
  return skipped ? { skipped: missingCredentials(missing, withheld) } : inputs;
}

const CREDENTIALS = ['client-id', 'client-secret'] as const satisfies readonly InputName[];

/** In the order in which faults are told. */
function readEach(source: InputSource, read: Read): Inputs {
  const service = read('service', parseServices);
  const allowedHosts = read('allowed-hosts', parseHosts) ?? [];
  const clientId = read('client-id', parseClientId) ?? '';
  const scope = read('scope', parseScopes);
  const exportEnv = read('export-env', parseBoolean) ?? false;
  const envPrefix = read('env-prefix', parseEnvPrefix);
  const verify = read('verify', (raw) => parseChoice<Verify>(raw, ['none', 'token', 'service']));
  const verifyUrl = read('verify-url', (raw) =>
    parseAllowedUrl(raw, { allowedHosts, query: 'allowed' }),
  );
  const seal = read('seal', parseBoolean) ?? false;
  const minValidityS = read('min-validity', (raw) => parseWhole(raw, 0, MAX_MIN_VALIDITY_S));
  const revoke = read('revoke', parseBoolean) ?? false;
  const summary = read('summary', parseBoolean) ?? false;
  const timeoutS = read('timeout', (raw) => parseWhole(raw, 1, 3600)) ?? 0;
  const maxAttempts = read('max-attempts', (raw) => parseWhole(raw, 1, 10)) ?? 0;
  const orgId = read('org-id', parseOrgId);
  const imsUrl = read('ims-url', (raw) => parseAllowedUrl(raw, { allowedHosts, query: 'refused' }));

  const services = service ?? (scope === undefined ? [DEFAULT_SERVICE] : []);
  const rows = services.map((name): Service => SERVICES[name]);
  return {
    ...{ clientId, services, exportEnv, seal, revoke, summary, maxAttempts, orgId },
    // Never empty where it is returned: missing credentials end or skip the step.
    clientSecrets: readSecrets(source) as Inputs['clientSecrets'],
    secretsFrom: 'client-secret',
    scopes: scope ?? unique(rows.flatMap(({ scopes }) => scopes)),
    envPrefixes: listPrefixes(envPrefix, rows),
    verify: verify ?? 'none',
    verifyTargets: listTargets(services, verifyUrl),
    sealedToken: source.input('sealed-token') || undefined,
    sealedTokenFile: source.input('sealed-token-file') || undefined,
    minValidityMs: minValidityS === undefined ? undefined : minValidityS * 1000,
    timeoutMs: timeoutS * 1000,
    sentOrgId: orgId,
    imsUrl: imsUrl ?? PRODUCTION_IMS_URL,
  };
}

/** `env-prefix` replaces them all by one; scopes without a service have a prefix of their own. */
function listPrefixes(given: string | undefined, rows: readonly Service[]): readonly string[] {
  if (given !== undefined) return [given];
  return rows.length > 0 ? unique(rows.map(({ envPrefix }) => envPrefix)) : ['ADOBE'];
}

/** What `verify: service` checks: `verify-url` takes the place of a service's own address. */
function listTargets(
  services: readonly ServiceName[],
  verifyUrl: string | undefined,
): readonly VerifyTarget[] {
  if (verifyUrl !== undefined) return [{ service: services[0], url: verifyUrl }];
  return services.map((service): VerifyTarget => {
    const { verifyUrl: url }: Service = SERVICES[service];
    return { service, url };
  });
}

function unique<T>(items: readonly T[]): readonly T[] {
  return [...new Set(items)];
}

function inputError(
  faults: readonly string[],
  topic: 'missing-credentials' | 'wrong-input',
): InputError {
  const list =
    faults.length === 1 ? faults.join() : faults.map((f, i) => `(${i + 1}) ${f}`).join('; ');
  const head = faults.length === 1 ? 'Wrong input' : `${count(faults.length, 'wrong input')}`;
  return new InputError(`${head}: ${list}`, { topic, hint: 'Nothing was sent' });
}
