/** Hosts in URLs. */

/** Whether the URL's host, as its parser sees it, is this machine: a name that merely starts so is not. */
export function isLoopback({ hostname }: URL): boolean {
  return (
    hostname === 'localhost' ||
    hostname === '[::1]' ||
    // The parser has turned every spelling of an IPv4 address into four decimal numbers.
    /^127\.\d+\.\d+\.\d+$/.test(hostname)
  );
}

/** A URL's host as sockets take it: an IPv6 address without its brackets. */
export function bareHost({ hostname }: URL): string {
  return hostname.replace(/[[\]]/g, '');
}

/** The port of an http: or https: URL, whether it names one or not. */
export function effectivePort({ port, protocol }: URL): number {
  if (port !== '') return Number(port);
  return protocol === 'https:' ? 443 : 80;
}
