/** What in the step's environment would lose the secret or the token, found before anything is sent. */

import type { Environment } from '../values.ts';
import { isCaFileFifo } from './ca-file.ts';
import { isLoopback } from './host.ts';
import { proxyFaults } from './proxy.ts';

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
  if (isCaFileFifo(env)) {
    faults.push(
      'NODE_EXTRA_CA_CERTS names a FIFO, and Node may wait for its end for ever: name a regular file',
    );
  }
  return [...faults, ...nodeOptionFaults(env), ...proxyFaults(env, targets)];
}

/** Options of Node that undo what the step promises, and how. */
const REFUSED_OPTIONS: readonly (readonly [RegExp, string])[] = [
  [/^--tls-keylog$/, 'writes the keys of its connections to a file'],
  [/^--tls-min-v1\.[01]$/, 'allows versions of TLS that are broken'],
  [/^--(tls-cipher-list|openssl-(shared-)?config)$/, 'could allow weak ciphers and certificates'],
  [/^--inspect[a-z-]*$/, 'lets a debugger read the secret and the token'],
  [
    /^--(report-(on-signal|on-fatalerror|uncaught-exception)|heapsnapshot-[a-z-]+)$/,
    'writes the secret and the token to a file',
  ],
];

/** Options are told by their names alone: nothing else of the variable is shown. */
function nodeOptionFaults(env: Environment): readonly string[] {
  const words = (env['NODE_OPTIONS'] ?? '').match(/("(\\.|[^"\\])*"?|[^ "])+/gs) ?? [];
  const names = new Set(words.map(readOptionName));
  return [...names].flatMap((name) => {
    const what = REFUSED_OPTIONS.find(([pattern]) => pattern.test(name))?.[1];
    return what ? [`NODE_OPTIONS has ${name}, which ${what}: remove it from \`env\``] : [];
  });
}

/** As Node reads it: _ is - in a name, quotation marks may stand around any part, and there \ before any character. */
function readOptionName(word: string): string {
  const plain = word.replace(/"((?:\\.|[^"\\])*)"?/gs, (_, quoted: string) =>
    quoted.replace(/\\(.)/gs, '$1'),
  );
  return plain.replace(/=.*/s, '').replaceAll('_', '-');
}
