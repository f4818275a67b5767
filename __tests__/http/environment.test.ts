// What in a step's environment would lose the secret or the token.
import { describe, expect, test } from '@jest/globals';
import { environmentFaults, proxySecrets } from '../../src/http/environment.ts';

const adobe = new URL('https://ims-na1.adobelogin.com');
const local = new URL('http://127.0.0.1:8080');
const proxyNames = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'];
const noProxy = (name: string) =>
  `${name} is not a proxy address: write it as http://host:port or http://user:password@host:port`;

describe('the environment', () => {
  test('is right when it holds nothing', () => {
    expect(environmentFaults({}, [adobe])).toEqual([]);
    const empty = Object.fromEntries(
      ['NODE_DEBUG', 'NODE_TLS_REJECT_UNAUTHORIZED', ...proxyNames].map((name) => [name, '']),
    );
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

  test.each(proxyNames)('may name a proxy in %s, if it is one', (name) => {
    expect(environmentFaults({ [name]: 'http://proxy.example:8080' }, [adobe])).toEqual([]);
    expect(environmentFaults({ [name]: 'none' }, [adobe])).toEqual([noProxy(name)]);
  });

  test.each([
    'http://proxy.example',
    'https://proxy.example:8443/',
    'http://user:p%40ss@proxy.example:3128',
    'HTTP://10.0.0.1:80',
  ])('may name the proxy %s', (value) => {
    expect(environmentFaults({ https_proxy: value }, [adobe])).toEqual([]);
  });

  test.each([
    'proxy.example:8080',
    '10.0.0.1:8080',
    'socks5://proxy.example:1080',
    'xhttp://proxy.example',
    'httpsx://proxy.example',
    'http://',
    'http://proxy.example:port',
    'http://user%zz:password@proxy.example',
    'http://user:password%zz@proxy.example',
  ])('may not name %s, which http-client cannot use', (value) => {
    expect(environmentFaults({ https_proxy: value }, [adobe])).toEqual([noProxy('https_proxy')]);
  });

  test('has all its faults told at once', () => {
    const env = {
      NODE_DEBUG: '1',
      NODE_TLS_REJECT_UNAUTHORIZED: '0',
      https_proxy: 'a',
      HTTP_PROXY: 'b',
    };
    expect(environmentFaults(env, [adobe])).toEqual([
      expect.stringMatching(/^NODE_DEBUG /),
      expect.stringMatching(/^NODE_TLS_REJECT_UNAUTHORIZED /),
      noProxy('https_proxy'),
      noProxy('HTTP_PROXY'),
    ]);
  });
});

describe('the secret of a proxy', () => {
  test.each(proxyNames)('is found in %s', (name) => {
    expect(proxySecrets({ [name]: 'http://user:password@proxy.example:8080' })).toEqual([
      'password',
    ]);
  });

  test.each([
    ['a password', 'http://user:password@proxy.example', ['password']],
    ['one that is encoded', 'http://user:p%40ss@proxy.example', ['p%40ss', 'p@ss']],
    ['one that is wrongly encoded', 'http://user:p%zz@proxy.example', ['p%zz']],
    ['one with @ and colon', 'http://user:p@s:s@proxy.example', ['p@s:s']],
    ['one with slashes', 'http://user:/p//s@proxy.example', ['/p//s']],
    ['one with a line end', 'http://user:p\nss@proxy.example', ['p\nss']],
    ['one without a user', 'http://:password@proxy.example', ['password']],
    ['one without a scheme', 'user:password@proxy.example', ['password']],
    ['one after a single slash', 'http:/user:password@proxy.example', ['password']],
    ['one after backslashes', 'http:\\\\user:password@proxy.example', ['password']],
    ['one after no slash', 'http:user:password@proxy.example', ['password']],
    ['one after no slash, with TLS', 'https:user:password@proxy.example', ['password']],
    ['one for a proxy of another kind', 'socks5://user:password@proxy.example', ['password']],
    ['one with a colon and without a scheme', 'user:pass:word@proxy.example', ['pass:word']],
    ['one before nothing', 'https://user:password@', ['password']],
    ['a user alone', 'http://token@proxy.example', ['token']],
    ['a user alone, without a scheme', 'token@proxy.example', ['token']],
    ['a user alone, without a name for the scheme', '//token@proxy.example', ['token']],
  ])('is %s', (_what, value, secrets) => {
    expect(proxySecrets({ https_proxy: value })).toEqual(secrets);
  });

  test.each([undefined, '', 'http://proxy.example:8080', 'http://user:@proxy.example'])(
    'is not in %j, which has none',
    (value) => {
      expect(proxySecrets({ https_proxy: value })).toEqual([]);
    },
  );

  test('is told once, wherever it stands', () => {
    const [one, other] = ['http://user:one@proxy.example', 'http://user:other@proxy.example'];
    expect(proxySecrets({ https_proxy: one, HTTPS_PROXY: other, http_proxy: one })).toEqual([
      'one',
      'other',
    ]);
  });
});
