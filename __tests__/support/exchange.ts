// Exchanges over the network, in an environment that begins empty with each test.
import { afterEach } from '@jest/globals';
import { openExchange } from '../../src/http/exchange.ts';

export function isolateExchange() {
  const env: Record<string, string> = {};
  afterEach(() => {
    for (const name of Object.keys(env)) delete env[name];
  });
  return { env, exchange: openExchange(env) };
}
