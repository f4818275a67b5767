/** Which proxy a request goes through, and why a proxy's address is refused. No I/O. */

import { MIN_HIDDEN_LENGTH } from '../secrets/redact.ts';
import type { Environment, Result } from '../values.ts';
import { bareHost, effectivePort, isLoopback } from './host.ts';

export interface ProxyServer {
  /** As the URL parser spells it. */
  readonly url: URL;
  /** `user:password`, decoded. */
  readonly account: string | undefined;
}

/** The first that is set counts. */
const PROXY_VARIABLES = ['https_proxy', 'HTTPS_PROXY'];

/** What other programs read, and this one does not. */
const OTHER_VARIABLES = ['ALL_PROXY', 'all_proxy', 'HTTP_PROXY', 'http_proxy'];

/** A longer value is no address. */
const MAX_LENGTH = 2048;

/** The proxy for a request, undefined where it goes without one, or the fault of the variable that names it. */
export function findProxy(env: Environment, url: URL): Result<ProxyServer | undefined> {
  const name = PROXY_VARIABLES.find((variable) => env[variable]);
  if (name === undefined || isLoopback(url) || isBypassed(env, url)) return { value: undefined };
  const proxy = parseProxy(String(env[name]).trim());
  return 'value' in proxy ? proxy : { fault: `${name} ${proxy.fault}` };
}

/** What is wrong with the proxy that these addresses would be reached through. No value is shown: it may hold a password. */
export function proxyFaults(env: Environment, targets: readonly URL[]): readonly string[] {
  const faults = targets.flatMap((url) => {
    const proxy = findProxy(env, url);
    return 'fault' in proxy ? [proxy.fault] : [];
  });
  return [...new Set(faults)];
}

/** The passwords in proxy variables, as they stand there and decoded, also where the value is no address. */
export function proxySecrets(env: Environment): readonly string[] {
  const found = PROXY_VARIABLES.flatMap((name) => {
    const password = readPassword(env[name] ?? '');
    return [password, decode(password) ?? ''];
  });
  return [...new Set(found)].filter((secret) => secret.length >= MIN_HIDDEN_LENGTH);
}

/** What to do where a name is not found: a runner without DNS of its own usually needs a proxy. */
export function adviseOnProxy(env: Environment, url: URL): string {
  if (PROXY_VARIABLES.some((name) => env[name])) {
    return `\`no_proxy\` covers ${url.hostname}, so that no proxy is used: take it out there if this runner needs the proxy`;
  }
  const other = OTHER_VARIABLES.find((name) => env[name]);
  return other
    ? `${other} is set, but this action reads \`https_proxy\` alone: set that if this runner needs the proxy`
    : 'Check `ims-url` and `verify-url` if they are set, and the DNS of this runner; if it needs a proxy, set `https_proxy`';
}

function parseProxy(value: string): Result<ProxyServer> {
  if (value.length > MAX_LENGTH) return { fault: `is longer than ${MAX_LENGTH} characters` };
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(value)?.[0] ?? '';
  const rest = value.slice(scheme.length);
  const end = rest.search(/[/\\?#]/);
  // What follows the host says nothing, unless it was meant to be part of a user name or password.
  if (end >= 0 && rest.includes('@', end)) {
    return { fault: rest.charAt(end) === '\\' ? BACKSLASH_FAULT : ENCODING_FAULT };
  }
  // Without a scheme the port is what tells an address from a word such as `none`.
  const isAddress = scheme ? /^https?:/i.test(scheme) : /^(?!https?:).*:\d+\/?$/i.test(rest);
  const address = `${scheme || 'http://'}${rest}`;
  const url = isAddress ? URL.parse(address) : undefined;
  if (!url) return { fault: ADDRESS_FAULT };
  const [user, password] = [decode(url.username), decode(url.password)];
  if (user === undefined || password === undefined) return { fault: ENCODING_FAULT };
  return { value: { url, account: user || password ? `${user}:${password}` : undefined } };
}

const BACKSLASH_FAULT =
  'has a backslash, which ends the host in a URL: write %5C for it, as in http://CORP%5Cuser:password@host:port';

const ADDRESS_FAULT =
  'is not the address of an HTTP proxy: write it as http://host:port or http://user:password@host:port';

const ENCODING_FAULT =
  'has a character in the user name or password that must be percent-encoded: %2F for /, %3F for ?, %23 for #, %40 for @, %25 for %';

/** Whether `no_proxy` names the host: each entry by itself, with what is below it, or with a port. */
function isBypassed(env: Environment, url: URL): boolean {
  const named = [bareHost(url), url.hostname, `${url.hostname}:${effectivePort(url)}`];
  return (env['no_proxy'] || env['NO_PROXY'] || '')
    .toLowerCase()
    .split(/[\s,]+/)
    .map((entry) => entry.replace(/^\*?\.(?=.)/, ''))
    .some(
      (entry) =>
        entry === '*' ||
        (entry !== '' && named.some((name) => name === entry || name.endsWith(`.${entry}`))),
    );
}

/** What stands between the first colon and the last @, behind what may be a scheme. */
function readPassword(value: string): string {
  if (value.length > MAX_LENGTH) return '';
  const userInfo = value
    .slice(0, Math.max(value.lastIndexOf('@'), 0))
    .replace(/^\s*(?:https?:|[a-z][a-z0-9+.-]*:(?=[\\/]))?[\\/]*/i, '');
  const colon = userInfo.indexOf(':');
  return colon < 0 ? '' : userInfo.slice(colon + 1);
}

function decode(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}
