/** What in the step's environment would lose the secret or the token, found before anything is sent. */

import { isLoopback } from './host.ts';
import { proxyFaults } from './proxy.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What is wrong with the environment, given the addresses that will be called: a sentence for each fault. */
export function environmentFaults(env: Environment, targets: readonly URL[]): readonly string[] {
  const faults: string[] = [];
  if (env['NODE_DEBUG']) {
    faults.push('NODE_DEBUG is set and could print the secret and the token: remove it from `env`');
  }
  if (env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0' && !targets.every(isLoopback)) {
    faults.push(
      'NODE_TLS_REJECT_UNAUTHORIZED is 0, and would hand the secret to whoever answers: remove it, and name a private CA in NODE_EXTRA_CA_CERTS',
    );
  }
  return [...faults, ...proxyFaults(env, targets)];
}
