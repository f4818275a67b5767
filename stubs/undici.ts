/**
 * Stands in the bundle for `undici`, which would be three quarters of it.
 * @actions/http-client imports it for `getAgentDispatcher` alone, which this action never calls: its
 * requests, through a proxy or not, are Node's own.
 */

export class ProxyAgent {
  constructor() {
    throw new Error('undici is not part of this bundle');
  }
}
