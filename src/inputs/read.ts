/** Raw strings in, one typed value out, and all faults at once. */

import { MAX_TIMEOUT_S } from '../deadlines.ts';
import { InputError } from '../errors.ts';
import type { InputSource } from '../github/source.ts';
import { count } from '../messages.ts';
import { SERVICES, type Service, type ServiceName } from '../services.ts';
import type { Result } from '../values.ts';
import { contradictions, surroundingFaults } from './consistency.ts';
import { checkForm, readCredentials } from './credentials.ts';
import {
  type ClientSecret,
  DEFAULT_ENV_PREFIX,
  DEFAULT_SERVICE,
  type InputName,
  type Inputs,
  PRODUCTION_IMS_URL,
  type Verification,
  type VerifyTarget,
} from './inputs.ts';
import {
  findMissing,
  isGiven,
  isWithheld,
  missingCredentials,
  missingCredentialsFault,
} from './missing-credentials.ts';
import {
  parseBoolean,
  parseChoice,
  parseClientId,
  parseEnvPrefix,
  parseOrgId,
  parseScopes,
  parseServices,
  parseWhole,
  secretCountFault,
  secretFault,
} from './parsers.ts';
import { openReader, type Read } from './reader.ts';
import { readSecretLines } from './secrets.ts';
import { findMisspelt } from './spelling.ts';
import { parseAllowedHosts, parseImsUrl, parseVerifyUrl } from './urls.ts';

/** The step ends green: GitHub withholds the credentials, and the workflow's author expects it. */
export interface Skipped {
  readonly skipped: string;
}

/** Two days: no token of IMS is known to live longer. */
const MAX_MIN_VALIDITY_S = 172_800;

/**
 * Reads and checks every input and the surroundings of the step. Its secrets are masked already.
 * @throws {InputError} that names every fault, with its value unless that is a secret.
 */
export function readInputs(source: InputSource): Inputs | Skipped {
  const misspelt = findMisspelt(source).errors;
  const faults = misspelt.map(({ fault }) => fault);
  const unread = new Set(misspelt.map(({ meant }) => meant));
  const { missing, names, withheld } = findMissing(source, unread);
  for (const name of missing) unread.add(name);
  const inputs = readEach(source, openReader(source, faults, unread), unread);
  faults.push(...contradictions(inputs, source, unread), ...surroundingFaults(inputs, source));

  const skips = inputs.onMissingCredentials === 'skip';
  const isSkipped = skips && isWithheld(withheld);
  const fails = missing.length > 0 && !isSkipped;
  if (fails) faults.splice(misspelt.length, 0, missingCredentialsFault(names, withheld, skips));
  if (faults.length > 0) throw inputError(faults, fails ? 'missing-credentials' : 'wrong-input');
  return isSkipped ? { skipped: missingCredentials(names, withheld) } : inputs;
}

/** In the order in which faults are told. What follows `??` only stands for an input that could not be read. */
function readEach(source: InputSource, read: Read, unread: Set<InputName>): Inputs {
  const given = (name: InputName) => isGiven(source, unread, name);
  const service = read('service', parseServices);
  const allowedHosts = read('allowed-hosts', parseAllowedHosts) ?? [];
  const clientId = read('client-id', parseClientId) ?? '';
  const secretLines = given('client-secret')
    ? read('client-secret', () => checkSecretLines(readSecretLines(source)))
    : undefined;
  const file = read('credentials', (raw) =>
    // Which of its credentials is meant is unknown where `client-id` is wrong.
    unread.has('client-id')
      ? checkForm(raw)
      : readCredentials(
          raw,
          {
            clientId,
            clientSecret: given('client-secret'),
            scope: given('scope'),
            orgId: given('org-id'),
            imsUrl: given('ims-url'),
          },
          source.redact,
        ),
  );
  if (!file && given('credentials')) unread.add('credentials');
  const scope = read('scope', parseScopes);
  const exportEnv = read('export-env', parseBoolean) ?? false;
  const envPrefix = read('env-prefix', parseEnvPrefix);
  const verify = read('verify', (raw) =>
    parseChoice<Verification>(raw, ['none', 'token', 'service']),
  );
  const verifyUrl = read('verify-url', (raw) => parseVerifyUrl(raw, allowedHosts));
  const seal = read('seal', parseBoolean) ?? false;
  const sealedToken = read('sealed-token', (value) => ({ value }));
  const sealedTokenFile = read('sealed-token-file', (value) => ({ value }));
  const minValidityS = read('min-validity', (raw) => parseWhole(raw, 0, MAX_MIN_VALIDITY_S));
  const revoke = read('revoke', parseBoolean) ?? false;
  const onMissingCredentials =
    read('on-missing-credentials', (raw) => parseChoice<'fail' | 'skip'>(raw, ['fail', 'skip'])) ??
    'fail';
  const summary = read('summary', parseBoolean) ?? false;
  const timeoutS = read('timeout', (raw) => parseWhole(raw, 1, MAX_TIMEOUT_S)) ?? 0;
  const maxAttempts = read('max-attempts', (raw) => parseWhole(raw, 1, 10)) ?? 0;
  const sentOrgId = read('org-id', parseOrgId);
  const imsUrl = read('ims-url', (raw) => parseImsUrl(raw, allowedHosts));

  const scopes = scope ?? file?.scopes;
  // No service is assumed where that, or the scopes, could not be read.
  const isUnknown = (['service', 'scope', 'credentials'] as const).some((name) => unread.has(name));
  const services = service ?? (scopes || isUnknown ? [] : [DEFAULT_SERVICE]);
  const rows = services.map((name): Service => SERVICES[name]);
  return {
    services,
    exportEnv,
    seal,
    sealedToken,
    sealedTokenFile,
    revoke,
    onMissingCredentials,
    summary,
    maxAttempts,
    sentOrgId,
    clientId: clientId || (file?.clientId ?? ''),
    // Never empty where it is returned: missing credentials end or skip the step.
    clientSecrets: (secretLines ?? file?.clientSecrets ?? []) as Inputs['clientSecrets'],
    secretsFrom: secretLines ? 'client-secret' : 'credentials',
    scopes: scopes ?? unique(rows.flatMap((row) => row.scopes)),
    envPrefixes: listPrefixes(envPrefix, rows),
    verify: verify ?? 'none',
    verifyTargets: listTargets(services, verifyUrl),
    minValidityMs: minValidityS === undefined ? undefined : minValidityS * 1000,
    timeoutMs: timeoutS * 1000,
    orgId: sentOrgId ?? file?.orgId,
    imsUrl: imsUrl ?? file?.imsUrl ?? PRODUCTION_IMS_URL,
  };
}

/** The lines of `client-secret`, or all that is wrong with them, without a word of a line itself. */
function checkSecretLines(lines: readonly ClientSecret[]): Result<readonly ClientSecret[]> {
  const tooMany = secretCountFault(lines);
  if (tooMany) return { fault: tooMany };
  const faults = lines.flatMap(({ line, secret }) => {
    const fault = secretFault(secret);
    return fault ? [`line ${line} ${fault}`] : [];
  });
  return faults.length > 0 ? { fault: faults.join('; ') } : { value: lines };
}

/** `env-prefix` replaces them all by one; scopes without a service have a prefix of their own. */
function listPrefixes(given: string | undefined, rows: readonly Service[]): readonly string[] {
  if (given !== undefined) return [given];
  return rows.length > 0 ? unique(rows.map(({ envPrefix }) => envPrefix)) : [DEFAULT_ENV_PREFIX];
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
