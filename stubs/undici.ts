/**
 * Stands in the bundle for `undici`, nine tenths of its size and half of its start.
 * @actions/http-client imports it for `getAgentDispatcher` alone, which this action never calls: its
 * requests, through a proxy or not, are Node's own.
 */

export class ProxyAgent {
  constructor() {
    throw new Error('undici is not part of this bundle');
  }
}
