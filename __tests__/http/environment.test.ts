// What in a step's environment would lose the secret or the token.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { environmentFaults } from '../../src/http/environment.ts';
import { makeFolder } from '../support/folder.ts';

const adobe = new URL('https://ims-na1.adobelogin.com');
const local = new URL('http://127.0.0.1:8080');
describe('the environment', () => {
  const KEYS = 'writes the keys of its connections to a file';
  const VERSIONS = 'allows versions of TLS that are broken';
  const WEAK = 'could allow weak ciphers and certificates';
  const DEBUGGER = 'lets a debugger read the secret and the token';
  const FILE = 'writes the secret and the token to a file';

  test('is right when it holds nothing', () => {
    expect(environmentFaults({}, [adobe])).toEqual([]);
    const names = ['NODE_DEBUG', 'NODE_OPTIONS', 'NODE_TLS_REJECT_UNAUTHORIZED', 'https_proxy'];
    const empty = Object.fromEntries(names.map((name) => [name, '']));
    expect(environmentFaults(empty, [adobe])).toEqual([]);
  });

  test('may not have Node wait for a file that has no end', () => {
    const fifo = join(makeFolder(), 'fifo');
    execFileSync('mkfifo', [fifo]);
    expect(environmentFaults({ NODE_EXTRA_CA_CERTS: fifo }, [local])).toEqual([
      'NODE_EXTRA_CA_CERTS names a FIFO, and Node may wait for its end for ever: name a regular file',
    ]);
  });

  test('may not have Node print its requests', () => {
    const fault =
      'NODE_DEBUG is set and could print the secret and the token: remove it from `env`';
    expect(environmentFaults({ NODE_DEBUG: 'http' }, [adobe])).toEqual([fault]);
    expect(environmentFaults({ NODE_DEBUG: 'x' }, [local])).toEqual([fault]);
  });

  test('may not have Node trust whoever answers, unless that is this machine', () => {
    const fault =
      'NODE_TLS_REJECT_UNAUTHORIZED is 0, and would hand the secret to whoever answers: remove it, and name a private CA in NODE_EXTRA_CA_CERTS';
    const env = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };
    expect(environmentFaults(env, [adobe])).toEqual([fault]);
    expect(environmentFaults(env, [local, adobe])).toEqual([fault]);
    expect(environmentFaults(env, [local, local])).toEqual([]);
    expect(environmentFaults({ NODE_TLS_REJECT_UNAUTHORIZED: '1' }, [adobe])).toEqual([]);
  });

  test.each([
    ['--tls-keylog=/tmp/keys', '--tls-keylog', KEYS],
    ['--tls_keylog /tmp/keys', '--tls-keylog', KEYS],
    ['--tls-min-v1.0', '--tls-min-v1.0', VERSIONS],
    ['--tls-min-v1.1', '--tls-min-v1.1', VERSIONS],
    // The secret went over TLS without a cipher, and to a server with a key of 1024 bits.
    ['--tls-cipher-list=NULL-SHA256:@SECLEVEL=0', '--tls-cipher-list', WEAK],
    ['--tls_cipher_list DEFAULT@SECLEVEL=0', '--tls-cipher-list', WEAK],
    ['--openssl-config=/a/secret.cnf', '--openssl-config', WEAK],
    ['--openssl_shared_config', '--openssl-shared-config', WEAK],
    ['--inspect', '--inspect', DEBUGGER],
    ['--inspect=0.0.0.0:9229', '--inspect', DEBUGGER],
    ['--inspect-brk', '--inspect-brk', DEBUGGER],
    ['--inspect_wait', '--inspect-wait', DEBUGGER],
    ['--report-on-signal', '--report-on-signal', FILE],
    ['--report-on-fatalerror', '--report-on-fatalerror', FILE],
    ['--report-uncaught-exception', '--report-uncaught-exception', FILE],
    ['--heapsnapshot-signal=SIGUSR2', '--heapsnapshot-signal', FILE],
    ['--heapsnapshot-near-heap-limit=3', '--heapsnapshot-near-heap-limit', FILE],
    ['--max-old-space-size=512 "--inspect" --no-warnings', '--inspect', DEBUGGER],
    ['"--report\\-on\\-signal"', '--report-on-signal', FILE],
    ['--report-on-"signal"', '--report-on-signal', FILE],
    ['-"-report-on-signal', '--report-on-signal', FILE],
    ['"--inspect\\=9229"', '--inspect', DEBUGGER],
    ['--no-warnings "" --inspect', '--inspect', DEBUGGER],
  ])('may not have Node run with %s', (options, name, what) => {
    expect(environmentFaults({ NODE_OPTIONS: options }, [adobe])).toEqual([
      `NODE_OPTIONS has ${name}, which ${what}: remove it from \`env\``,
    ]);
  });

  test('is told each option of Node once, by its name alone', () => {
    const options = '--tls-keylog=/a/secret --inspect=1 --inspect=2 --require=./--inspect.cjs';
    expect(environmentFaults({ NODE_OPTIONS: options }, [local])).toEqual([
      expect.stringMatching(/^NODE_OPTIONS has --tls-keylog, [^/]+$/),
      expect.stringMatching(/^NODE_OPTIONS has --inspect, [^/]+$/),
    ]);
  });

  test.each([
    '--max-old-space-size=4096',
    '--use-openssl-ca --use-system-ca',
    '--tls-min-v1.2 --tls-max-v1.2 --no-openssl-shared-config',
    '--openssl-legacy-provider --force-fips --trace-tls --insecure-http-parser',
    '--require=/opt/--inspect/hook.cjs',
    '--dns-result-order=ipv4first --no-network-family-autoselection',
    '--report-dir=/tmp --report-signal=SIGUSR2',
    '-r x--inspect',
    '"-r x --inspect"',
    '--title="a --inspect"',
  ])('may have Node run with %s', (options) => {
    expect(environmentFaults({ NODE_OPTIONS: options }, [adobe])).toEqual([]);
  });

  test('has all its faults told at once', () => {
    const env = {
      NODE_DEBUG: '1',
      NODE_OPTIONS: '--inspect',
      NODE_TLS_REJECT_UNAUTHORIZED: '0',
      https_proxy: 'none',
    };
    expect(environmentFaults(env, [adobe])).toEqual([
      expect.stringMatching(/^NODE_DEBUG /),
      expect.stringMatching(/^NODE_TLS_REJECT_UNAUTHORIZED /),
      expect.stringMatching(/^NODE_OPTIONS /),
      expect.stringMatching(/^https_proxy /),
    ]);
  });
});

test.each([
  '--x--tls-keylog',
  '--tls-keylogs',
  '--x--tls-min-v1.0',
  '--tls-min-v1.01',
  '--x--tls-cipher-list',
  '--tls-cipher-lists',
  '--openssl-configs',
  '--openssl-shared',
  '--x--inspect',
  '--inspect1',
  '--x--report-on-signal',
  '--report-on-signals',
  '--require ./--inspect',
  'inspect',
])('an option of Node that is nearly one that is refused is not: %s', (options) => {
  expect(environmentFaults({ NODE_OPTIONS: options }, [])).toEqual([]);
});
