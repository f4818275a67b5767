/** Single values out of raw strings: each parser gives the value, or how the sentence on its fault ends. */

import { isScope } from '../adobe/scope.ts';
import { Secret } from '../secrets/secret.ts';
import { SERVICE_NAMES, type ServiceName } from '../services.ts';
import type { Result } from '../values.ts';
import type { ClientSecret } from './inputs.ts';
import { nearest } from './spelling.ts';
import { parseHost, parseUrl, type UrlRules } from './urls.ts';

/** Words that begin the names which the runner, Node.js, npm, the loader or a shell gives meaning to. */
const RESERVED_PREFIX =
  /^(ACTIONS|AGENT|BASH|CI|DYLD|ENV|GITHUB|HOME|IFS|INPUT|LANG|LC|LD|NODE|NPM|PATH|PWD|RUNNER|SHELL|SSL|STATE|SUDO|SYSTEM|USER|ZSH)(_|$)/i;

const MAX_CLIENT_ID_LENGTH = 256;
const MIN_SECRET_LENGTH = 8;

/** YAML 1.2's core schema, as `core.getBooleanInput` reads it. */
export function parseBoolean(raw: string): Result<boolean> {
  if (/^(true|True|TRUE)$/.test(raw)) return { value: true };
  if (/^(false|False|FALSE)$/.test(raw)) return { value: false };
  return { fault: 'is neither true nor false' };
}

export function parseWhole(raw: string, min: number, max: number): Result<number> {
  const value = /^\d+$/.test(raw) ? Number(raw) : Number.NaN;
  return value >= min && value <= max
    ? { value }
    : { fault: `is not a whole number from ${min} to ${max}` };
}

export function parseChoice<T extends string>(raw: string, choices: readonly T[]): Result<T> {
  const value = choices.find((choice) => choice === raw);
  if (value !== undefined) return { value };
  const near = nearest(raw.toLowerCase(), choices);
  const allowed = `allowed: ${choices.join(', ')}`;
  return {
    fault: near ? `is unknown: did you mean ${near}? (${allowed})` : `is unknown (${allowed})`,
  };
}

/** One or more presets, separated by commas or blanks. */
export function parseServices(raw: string): Result<readonly ServiceName[]> {
  const names: ServiceName[] = [];
  for (const word of raw.split(/[\s,]/).filter((part) => part !== '')) {
    const parsed = parseChoice(word, SERVICE_NAMES);
    if ('fault' in parsed) return parsed;
    names.push(parsed.value);
  }
  return names.length > 0 ? { value: [...new Set(names)] } : { fault: 'names no service' };
}

/** @see https://www.rfc-editor.org/rfc/rfc6749#section-3.3 */
export function parseScopes(raw: string): Result<readonly string[]> {
  const scopes = [...new Set(raw.split(/[\s,]/).filter((scope) => scope !== ''))];
  if (scopes.length === 0) return { fault: 'names no scope' };
  const bad = scopes.filter((scope) => !isScope(scope));
  return bad.length > 0
    ? {
        fault:
          'has a character that no scope may have: printable ASCII without " and \\ is allowed',
      }
    : { value: scopes };
}

export function parseClientId(raw: string): Result<string> {
  return /^[!-~]+$/.test(raw) && raw.length <= MAX_CLIENT_ID_LENGTH
    ? { value: raw }
    : {
        fault: `is not a client ID: at most ${MAX_CLIENT_ID_LENGTH} printable ASCII characters without spaces are allowed`,
      };
}

/** The secrets in `client-secret`, one a line, without blanks and duplicates, wrong ones included. */
export function parseSecrets(raw: string): readonly ClientSecret[] {
  const seen = new Set(['']);
  return raw.split(/\r\n|\r|\n/).flatMap((text, index) => {
    const value = text.trim();
    if (seen.has(value)) return [];
    seen.add(value);
    return [{ line: index + 1, secret: new Secret(value) }];
  });
}

/** What is wrong with one line of `client-secret`, without a word of the line itself. */
export function secretFault(secret: Secret): string | undefined {
  const value = secret.reveal();
  if (!/^[!-~]+$/.test(value)) {
    return 'has characters other than printable ASCII without spaces: copy the secret again';
  }
  return value.length < MIN_SECRET_LENGTH
    ? `is shorter than ${MIN_SECRET_LENGTH} characters: copy the secret again`
    : undefined;
}

export function parseEnvPrefix(raw: string): Result<string> {
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,99}$/.test(raw)) {
    return {
      fault: 'is not a variable name: letters, digits and _ are allowed, no digit first',
    };
  }
  return RESERVED_PREFIX.test(raw)
    ? { fault: 'is reserved for the runner, Node.js or a shell: choose another' }
    : { value: raw };
}

export function parseOrgId(raw: string): Result<string> {
  return /^[!-~]{1,256}$/.test(raw)
    ? { value: raw }
    : { fault: 'is not an organization ID: it looks like 1234567890ABCDEF@AdobeOrg' };
}

export function parseAllowedUrl(raw: string, rules: UrlRules): Result<string> {
  const url = parseUrl(raw, rules);
  if (typeof url === 'string') return { fault: url };
  return { value: rules.query === 'refused' ? url.href.replace(/\/+$/, '') : url.href };
}

export function parseHosts(raw: string): Result<readonly string[]> {
  const hosts = raw
    .split(/[\s,]/)
    .filter((host) => host !== '')
    .map(parseHost);
  const known = hosts.filter((host) => host !== undefined);
  return known.length === hosts.length
    ? { value: known }
    : { fault: 'is not a list of host names: give them without scheme, port, path or wildcard' };
}

/** What a secret that IMS refuses looks like instead, as the end of a sentence about it; undefined for one that looks right. */
export function describeShape(_secret: Secret): string | undefined {
  return undefined;
}
