// Which proxy a request goes through, and why a proxy's address is refused.
import { describe, expect, test } from '@jest/globals';
import { adviseOnProxy, findProxy, proxyFaults, proxySecrets } from '../../src/http/proxy.ts';

const adobe = new URL('https://ims-na1.adobelogin.com/');
const local = new URL('http://127.0.0.1:8080/');

/** The proxy for Adobe, as `host:port`, with what it is told of the user. */
function find(env: Readonly<Record<string, string>>, url = adobe) {
  const found = findProxy(env, url);
  if ('fault' in found) return found;
  const proxy = found.value;
  return proxy && { address: `${proxy.url.protocol}//${proxy.url.host}`, account: proxy.account };
}

describe('the proxy', () => {
  test.each(['https_proxy', 'HTTPS_PROXY'])('is the one in %s', (name) => {
    expect(find({ [name]: 'http://proxy.example:8080' })).toEqual({
      address: 'http://proxy.example:8080',
      account: undefined,
    });
  });

  test('is the one in small letters where there are two', () => {
    const env = { HTTPS_PROXY: 'http://capital.example:1', https_proxy: 'http://small.example:1' };
    expect(find(env)).toMatchObject({ address: 'http://small.example:1' });
  });

  test('is none where no variable counts, or what counts is empty', () => {
    const others = ['http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY'];
    const env = Object.fromEntries(others.map((name) => [name, 'http://proxy.example:8080']));
    expect(find({ ...env, https_proxy: '' })).toBeUndefined();
  });

  test('is none for this machine', () => {
    expect(find({ https_proxy: 'http://proxy.example:8080' }, local)).toBeUndefined();
  });

  test('is one for a name that only begins like this machine', () => {
    const url = new URL('https://127.0.0.1.evil.example/');
    expect(find({ https_proxy: 'http://proxy.example:8080' }, url)).toHaveProperty('address');
  });

  test.each([
    ['http://proxy.example', 'http://proxy.example', undefined],
    ['https://proxy.example:8443/', 'https://proxy.example:8443', undefined],
    ['http://proxy.example:3128/ignored?path#too', 'http://proxy.example:3128', undefined],
    ['HTTP://10.0.0.1:3128', 'http://10.0.0.1:3128', undefined],
    ['http://[fd00::1]:3128', 'http://[fd00::1]:3128', undefined],
    [' http://proxy.example:3128\n', 'http://proxy.example:3128', undefined],
    ['proxy.example:3128', 'http://proxy.example:3128', undefined],
    ['10.0.0.1:3128/', 'http://10.0.0.1:3128', undefined],
    ['user:password@proxy.example:3128', 'http://proxy.example:3128', 'user:password'],
    ['http://user:p%40ss@proxy.example:3128', 'http://proxy.example:3128', 'user:p@ss'],
    ['http://CORP%5Cuser:pass@proxy.example:3128', 'http://proxy.example:3128', 'CORP\\user:pass'],
    ['http://us@er:p@ss@proxy.example:3128', 'http://proxy.example:3128', 'us@er:p@ss'],
    ['http://user@proxy.example:3128', 'http://proxy.example:3128', 'user:'],
    ['http://:password@proxy.example:3128', 'http://proxy.example:3128', ':password'],
  ])('%j is %s', (value, address, account) => {
    expect(find({ https_proxy: value })).toEqual({ address, account });
  });
});

describe("a proxy's address", () => {
  const noAddress =
    'is not the address of an HTTP proxy: write it as http://host:port or http://user:password@host:port';
  const backslash =
    'has a backslash, which ends the host in a URL: write %5C for it, as in http://CORP%5Cuser:password@host:port';
  const encoding =
    'has a character in the user name or password that must be percent-encoded: %2F for /, %3F for ?, %23 for #, %40 for @, %25 for %';

  test.each([
    ['none', noAddress],
    ['proxy.example', noAddress],
    ['socks5://proxy.example:1080', noAddress],
    ['xhttp://proxy.example', noAddress],
    ['http://', noAddress],
    ['http:/proxy.example:3128', noAddress],
    ['http:proxy.example:3128', noAddress],
    ['http://proxy.example:port', noAddress],
    ['http://pro xy.example:3128', noAddress],
    ['proxy.example:99999', noAddress],
    ['proxy.example:3128/path', noAddress],
    ['proxy.example:3128/http://', noAddress],
    ['http:3128', noAddress],
    ['https:3128', noAddress],
    ['http://CORP\\user:password@proxy.example:3128', backslash],
    ['CORP\\user:password@proxy.example:3128', backslash],
    ['http://user:pass/word@proxy.example:3128', encoding],
    ['http://user:1?word@proxy.example:3128', encoding],
    ['http://user:1#word@proxy.example:3128', encoding],
    ['http:/user:password@proxy.example', encoding],
    ['http:///user:password@proxy.example:3128', encoding],
    ['http://user%zz:password@proxy.example', encoding],
    ['http://user:password%zz@proxy.example', encoding],
    [`http://proxy.example:3128/${'x'.repeat(2048)}`, 'is longer than 2048 characters'],
  ])('%s is refused', (value, fault) => {
    expect(proxyFaults({ https_proxy: value }, [adobe])).toEqual([`https_proxy ${fault}`]);
  });

  test('of 2 KiB is taken', () => {
    const value = 'http://proxy.example:3128/'.padEnd(2048, 'x');
    expect(proxyFaults({ https_proxy: value }, [adobe])).toEqual([]);
  });

  test('is refused once, by the name of its variable', () => {
    const faults = proxyFaults({ HTTPS_PROXY: 'none' }, [
      adobe,
      new URL('https://adobe.io/'),
      local,
    ]);
    expect(faults).toEqual([`HTTPS_PROXY ${noAddress}`]);
  });

  test.each([
    ['a variable that is not read', { http_proxy: 'none', ALL_PROXY: 'socks5://x' }, [adobe]],
    ['a variable behind one that is', { https_proxy: 'http://a:1', HTTPS_PROXY: 'b' }, [adobe]],
    ['a host that no_proxy covers', { https_proxy: 'none', no_proxy: '*' }, [adobe]],
    ['this machine', { https_proxy: 'none' }, [local]],
    ['no request', { https_proxy: 'none' }, []],
  ])("is nobody's business in %s", (_what, env, targets) => {
    expect(proxyFaults(env, targets)).toEqual([]);
  });

  test('of 120 KB is refused at once, whatever it consists of', () => {
    const started = performance.now();
    for (const piece of ['/', '\\', '@', ':', 'a:', '%', '.', '[']) {
      const value = piece.repeat(120_000 / piece.length);
      for (const https_proxy of [value, `http:${value}`, `${value}@`, `http://x${value}`]) {
        expect(proxyFaults({ https_proxy }, [adobe])).toHaveLength(1);
        expect(proxySecrets({ https_proxy })).toEqual([]);
        expect(proxyFaults({ https_proxy: 'http://a:1', no_proxy: https_proxy }, [adobe])).toEqual(
          [],
        );
      }
    }
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('no_proxy', () => {
  test.each([
    '*',
    'ims-na1.adobelogin.com',
    'IMS-NA1.adobelogin.com',
    'adobelogin.com',
    '.adobelogin.com',
    '*.adobelogin.com',
    'com',
    'ims-na1.adobelogin.com:443',
    'adobelogin.com:443',
    '.adobelogin.com:443',
    'other.example,ims-na1.adobelogin.com',
    'other.example, ims-na1.adobelogin.com',
    'other.example ims-na1.adobelogin.com',
    ' ,,adobelogin.com,',
  ])('%j covers ims-na1.adobelogin.com', (noProxy) => {
    const https_proxy = 'http://proxy.example:8080';
    expect(find({ https_proxy, no_proxy: noProxy })).toBeUndefined();
    expect(find({ https_proxy, NO_PROXY: noProxy })).toBeUndefined();
  });

  test.each([
    '',
    ',',
    '.',
    '*.',
    'login.com',
    'na1.adobelogin.com',
    'ims-*.adobelogin.com',
    'xims-na1.adobelogin.com',
    'ims-na1.adobelogin.com.example',
    'ims-na1.adobelogin.com:8443',
    'https://ims-na1.adobelogin.com',
    'other.example;ims-na1.adobelogin.com',
  ])('%j does not', (noProxy) => {
    expect(find({ https_proxy: 'http://proxy.example:8080', no_proxy: noProxy })).toHaveProperty(
      'address',
    );
  });

  test.each([
    ['10.1.2.3', 'https://10.1.2.3/', true],
    ['10.1.2.3:8443', 'https://10.1.2.3:8443/', true],
    ['10.1.2.3:8443', 'https://10.1.2.3/', false],
    ['10.0.0.0/8', 'https://10.1.2.3/', false],
    ['10.*', 'https://10.1.2.3/', false],
    ['fd00::1', 'https://[fd00::1]/', true],
    ['[fd00::1]', 'https://[fd00::1]/', true],
    ['[fd00::1]:8443', 'https://[fd00::1]:8443/', true],
    ['FD00::1', 'https://[fd00:0::1]/', true],
    ['fd00::/8', 'https://[fd00::1]/', false],
  ])('%s covers %s: %s', (noProxy, url, covered) => {
    const env = { https_proxy: 'http://proxy.example:8080', no_proxy: noProxy };
    const found = find(env, new URL(url));
    expect(found).toEqual(
      covered ? undefined : expect.objectContaining({ address: env.https_proxy }),
    );
  });

  test('of commas alone covers no name, though it ends with a dot', () => {
    const env = { https_proxy: 'http://a:1', no_proxy: ',' };
    expect(find(env, new URL('https://ims.example./'))).toHaveProperty('address');
  });

  test('in small letters counts where there are two', () => {
    const env = { https_proxy: 'http://a:1', no_proxy: 'other.example', NO_PROXY: '*' };
    expect(find(env)).toHaveProperty('address');
  });
});

describe('what is secret in a proxy variable', () => {
  test.each(['https_proxy', 'HTTPS_PROXY'])('is found in %s', (name) => {
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
    ['one after a domain', 'CORP\\user:password@proxy.example', ['password']],
    ['one after a single slash', 'http:/user:password@proxy.example', ['password']],
    ['one after backslashes', 'http:\\\\user:password@proxy.example', ['password']],
    ['one after no slash', 'http:user:password@proxy.example', ['password']],
    ['one after no slash, with TLS', 'https:user:password@proxy.example', ['password']],
    ['one for a proxy of another kind', 'socks5://user:password@proxy.example', ['password']],
    ['one with a colon and without a scheme', 'user:pass:word@proxy.example', ['pass:word']],
    ['one behind blanks', '  http://user:password@proxy.example', ['password']],
    ['one before nothing', 'https://user:password@', ['password']],
    ['one in 2 KiB', `http://u:${'p'.repeat(2037)}@a`, ['p'.repeat(2037)]],
    ['one of four characters', 'http://user:four@proxy.example', ['four']],
  ])('is %s', (_what, value, secrets) => {
    expect(proxySecrets({ https_proxy: value })).toEqual(secrets);
  });

  test.each([
    ['an empty value', ''],
    ['an address alone', 'http://proxy.example:8080'],
    ['a user without a password', 'http://user:@proxy.example'],
    ['a user alone, which may be called runner', 'http://runner@proxy.example'],
    ['a user alone without a scheme', 'runner@proxy.example'],
    ['a password that would blacken the log', 'http://user:abc@proxy.example'],
    ['a value that is too long to be an address', `http://u:${'p'.repeat(2038)}@a`],
  ])('is not in %s', (_what, value) => {
    expect(proxySecrets({ https_proxy: value })).toEqual([]);
  });

  test('is not in a variable that is not read', () => {
    expect(proxySecrets({ http_proxy: 'http://user:password@proxy.example' })).toEqual([]);
  });

  test('is told once, wherever it stands', () => {
    const [one, other] = ['http://a:password@a.example', 'http://b:password@b.example'];
    expect(proxySecrets({ https_proxy: one, HTTPS_PROXY: other })).toEqual(['password']);
  });
});

describe('where a name is not found', () => {
  test.each([
    [
      {},
      'Check `ims-url` and `verify-url` if they are set, and the DNS of this runner; if it needs a proxy, set `https_proxy`',
    ],
    ...['ALL_PROXY', 'all_proxy', 'HTTP_PROXY', 'http_proxy'].map(
      (name) =>
        [
          { [name]: 'http://proxy.example:8080' },
          `${name} is set, but this action reads \`https_proxy\` alone: set that if this runner needs the proxy`,
        ] as const,
    ),
    [
      { HTTPS_PROXY: 'http://proxy.example:8080', no_proxy: '*', ALL_PROXY: 'x' },
      '`no_proxy` covers ims-na1.adobelogin.com, so that no proxy is used: take it out there if this runner needs the proxy',
    ],
  ])('%j leads to advice', (env, advice) => {
    expect(adviseOnProxy(env, adobe)).toBe(advice);
  });
});
