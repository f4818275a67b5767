// What in a step's environment would lose the secret or the token.
import { describe, expect, test } from '@jest/globals';
import { environmentFaults } from '../../src/http/environment.ts';

const adobe = new URL('https://ims-na1.adobelogin.com');
const local = new URL('http://127.0.0.1:8080');
describe('the environment', () => {
  test('is right when it holds nothing', () => {
    expect(environmentFaults({}, [adobe])).toEqual([]);
    const names = ['NODE_DEBUG', 'NODE_OPTIONS', 'NODE_TLS_REJECT_UNAUTHORIZED', 'https_proxy'];
    const empty = Object.fromEntries(names.map((name) => [name, '']));
    expect(environmentFaults(empty, [adobe])).toEqual([]);
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

  test('has all its faults told at once', () => {
    const env = {
      NODE_DEBUG: '1',
      NODE_TLS_REJECT_UNAUTHORIZED: '0',
      https_proxy: 'none',
    };
    expect(environmentFaults(env, [adobe])).toEqual([
      expect.stringMatching(/^NODE_DEBUG /),
      expect.stringMatching(/^NODE_TLS_REJECT_UNAUTHORIZED /),
      expect.stringMatching(/^https_proxy /),
    ]);
  });
});
