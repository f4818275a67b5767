// The environment that a test runs in, cleared of what this machine has set.

/** Takes out what would lead requests through a proxy. */
export function clearProxies(): void {
  for (const name of ['http_proxy', 'https_proxy', 'no_proxy']) {
    delete process.env[name];
    delete process.env[name.toUpperCase()];
  }
}
