/** Which addresses a secret or a token may be sent to. */

import { effectivePort, isLoopback } from '../http/host.ts';
import { SERVICE_HOSTS } from '../services.ts';
import type { Result } from '../values.ts';

/** The end of IMS's token endpoint, in any of its versions. */
const TOKEN_PATH = /\/ims\/token(\/v\d+)?$/;
const MAX_URL_LENGTH = 2048;
/** @see https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4 */
const MAX_HOST_LENGTH = 253;
const HTTPS_PORT = 443;

/** Where an address may lie without being allowed, and what would be sent there. */
interface Trust {
  /** Domains: themselves and what is below them. */
  readonly domains: readonly string[];
  readonly hosts: readonly string[];
  /** How the sentence on another host goes on. */
  readonly other: string;
  readonly sent: string;
  readonly query: 'allowed' | 'refused';
}

const IMS: Trust = {
  domains: ['adobelogin.com'],
  hosts: [],
  other: 'outside adobelogin.com',
  sent: 'the client secret',
  query: 'refused',
};

const SERVICE: Trust = {
  domains: ['adobelogin.com', 'adobe.io', 'adobe.com'],
  hosts: SERVICE_HOSTS,
  other: "that is not Adobe's",
  sent: 'the token',
  query: 'allowed',
};

/**
 * The base URL of IMS without a slash at its end, also out of the whole documented endpoint. A fault ends
 * the sentence that begins with the input's name and value.
 * @param allowedHosts as `parseAllowedHosts` gives them
 */
export function parseImsUrl(value: string, allowedHosts: readonly string[]): Result<string> {
  const url = parseUrl(value, allowedHosts, IMS);
  if ('fault' in url) return url;
  return { value: dropSlashes(dropSlashes(url.value.href).replace(TOKEN_PATH, '')) };
}

/** The address that `verify: service` calls. Faults and hosts are as above. */
export function parseVerifyUrl(value: string, allowedHosts: readonly string[]): Result<string> {
  const url = parseUrl(value, allowedHosts, SERVICE);
  return 'fault' in url ? url : { value: url.value.href };
}

/** The base URL of the IMS on a bare host in Adobe's domain, as Adobe's files name it. */
export function parseImsHost(value: string): Result<string> {
  const hostname = parseHost(value);
  return hostname !== undefined && isTrusted(hostname, IMS)
    ? { value: `https://${hostname}` }
    : { fault: 'is not a bare host in adobelogin.com, such as ims-na1.adobelogin.com' };
}

/** Hosts separated by commas or blanks, as `host:port` each: a host alone is meant with port 443. */
export function parseAllowedHosts(raw: string): Result<readonly string[]> {
  const words = raw.split(/[\s,]/).filter((word) => word !== '');
  const hosts = words.map(parseAllowedHost).filter((host) => host !== undefined);
  return hosts.length === words.length
    ? { value: hosts }
    : {
        fault:
          'is not a list of hosts: write each as host or host:port, without scheme, path or wildcard',
      };
}

function parseUrl(value: string, allowedHosts: readonly string[], trust: Trust): Result<URL> {
  if (value.length > MAX_URL_LENGTH) {
    return { fault: `is longer than ${MAX_URL_LENGTH} characters` };
  }
  // The URL parser drops tabs and line breaks and reads \ as /: what a person sees must be what is used.
  if (!/^[!-~]+$/.test(value) || value.includes('\\')) {
    return { fault: 'has characters that a URL cannot have' };
  }
  const url = URL.parse(value);
  if (!url) return { fault: 'is not a URL: it must begin with https:// and a host name' };
  if (url.username || url.password) return { fault: 'must not contain a user name or password' };
  if (value.includes('#')) return { fault: 'must not contain a fragment' };
  if (trust.query === 'refused' && value.includes('?')) {
    return { fault: 'must not contain a query: give the base URL alone' };
  }
  if (isLoopback(url) && /^https?:/.test(url.protocol)) return { value: url };
  if (url.protocol !== 'https:') {
    return { fault: 'is not an https: URL; http: is for loopback addresses only' };
  }
  const fault = hostFault(url, allowedHosts, trust);
  return fault ? { fault } : { value: url };
}

function hostFault(url: URL, allowedHosts: readonly string[], trust: Trust): string | undefined {
  const { hostname } = url;
  const port = effectivePort(url);
  if (hostname.length > MAX_HOST_LENGTH) {
    return `names a host of more than ${MAX_HOST_LENGTH} characters`;
  }
  if (parseHost(hostname) === undefined) {
    return 'names a host with characters other than letters, digits, dots and hyphens';
  }
  const isKnown = isTrusted(hostname, trust);
  if (isKnown && port === HTTPS_PORT) return undefined;
  if (allowedHosts.includes(`${hostname}:${port}`)) return undefined;
  const what = isKnown ? 'a port other than 443' : `a host ${trust.other}`;
  const entry = port === HTTPS_PORT ? 'the host' : `the host with :${port}`;
  return `names ${what}: add ${entry} to allowed-hosts if you trust it with ${trust.sent}`;
}

/** A host as the URL parser spells it, or undefined for anything but a host name or IP address. */
function parseHost(value: string): string | undefined {
  // The URL parser lets a wildcard and more pass as part of a name.
  const isBare = value.length <= MAX_HOST_LENGTH && /^([a-z0-9.-]+|\[[0-9a-f:.]+\])$/i.test(value);
  const url = isBare ? URL.parse(`https://${value}/`) : undefined;
  return url?.hostname === value.toLowerCase() ? url.hostname : undefined;
}

function parseAllowedHost(value: string): string | undefined {
  const digits = /:(\d{1,5})$/.exec(value)?.[1];
  const hostname = parseHost(digits === undefined ? value : value.slice(0, -digits.length - 1));
  const port = Number(digits ?? HTTPS_PORT);
  return hostname !== undefined && port >= 1 && port <= 65_535 ? `${hostname}:${port}` : undefined;
}

function isTrusted(hostname: string, { domains, hosts }: Trust): boolean {
  return (
    hosts.includes(hostname) ||
    domains.some((domain) => hostname === domain || hostname.endsWith(`.${domain}`))
  );
}

/** A regular expression would take quadratic time for what is not at the end. */
function dropSlashes(text: string): string {
  let end = text.length;
  while (text[end - 1] === '/') end -= 1;
  return text.slice(0, end);
}
