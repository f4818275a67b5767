/** Which addresses a secret or a token may be sent to. */

import { isLoopback } from '../http/host.ts';
import type { Result } from '../values.ts';

const IMS_DOMAINS = ['adobelogin.com'];

/** Adobe's own domains: themselves and what is below them. */
const ADOBE_DOMAINS = ['adobelogin.com', 'adobe.io', 'adobe.com'];

export interface UrlRules {
  /** Hosts beyond Adobe's, as the URL parser spells them. */
  readonly allowedHosts: readonly string[];
  readonly query: 'allowed' | 'refused';
}

/** The URL, or what is wrong with it as the end of a sentence that begins with its name and value. */
export function parseUrl(value: string, { allowedHosts, query }: UrlRules): URL | string {
  // The URL parser drops tabs and line breaks and reads \ as /: what a person sees must be what is used.
  if (!/^[!-~]+$/.test(value) || value.includes('\\'))
    return 'has characters that a URL cannot have';
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url) return 'is not a URL: it must begin with https:// and a host name';
  if (url.username || url.password) return 'must not contain a user name or password';
  if (value.includes('#')) return 'must not contain a fragment';
  if (query === 'refused' && value.includes('?'))
    return 'must not contain a query: give the base URL alone';
  if (isLoopback(url) && /^https?:/.test(url.protocol)) return url;
  if (url.protocol !== 'https:')
    return 'is not an https: URL; http: is for loopback addresses only';
  if (!isAllowedHost(url.hostname, allowedHosts)) {
    return "names a host that is neither Adobe's nor in allowed-hosts: add the host there if you trust it with your credentials";
  }
  return url;
}

/** A host as the URL parser spells it, or undefined for anything but a bare host name or IP address. */
export function parseHost(value: string): string | undefined {
  // The URL parser lets a wildcard and more pass as part of a name.
  const isBare = /^([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])$/.test(value);
  const address = `https://${value}/`;
  const hostname = isBare && URL.canParse(address) ? new URL(address).hostname : undefined;
  return hostname === value.toLowerCase() ? hostname : undefined;
}

function isAllowedHost(hostname: string, allowedHosts: readonly string[]): boolean {
  return allowedHosts.includes(hostname) || isWithin(hostname, ADOBE_DOMAINS);
}

/** Whether a host is or lies below one of the domains. */
function isWithin(hostname: string, domains: readonly string[]): boolean {
  return domains.some((domain) => hostname === domain || hostname.endsWith(`.${domain}`));
}

/** The base URL of the IMS on a bare host in Adobe's domain, as Adobe's files name it. */
export function parseImsHost(host: string): Result<string> {
  const hostname = parseHost(host);
  return hostname !== undefined && isWithin(hostname, IMS_DOMAINS)
    ? { value: `https://${hostname}` }
    : { fault: 'is not a bare host in adobelogin.com, such as ims-na1.adobelogin.com' };
}
