// Where a secret or a token may be sent.
import { describe, expect, test } from '@jest/globals';
import {
  parseAllowedHosts,
  parseImsHost,
  parseImsUrl,
  parseVerifyUrl,
} from '../../src/inputs/urls.ts';

const allowed = ['gateway.example:443', 'gateway.example:8443', '10.0.0.1:443', '[::2]:443'];
const noHost = 'is not a URL: it must begin with https:// and a host name';
const badCharacter = 'has characters that a URL cannot have';
const userInfo = 'must not contain a user name or password';
const fragment = 'must not contain a fragment';
const notHttps = 'is not an https: URL; http: is for loopback addresses only';
const badHost = 'names a host with characters other than letters, digits, dots and hyphens';
const foreignToIms =
  'names a host outside adobelogin.com: add the host to allowed-hosts if you trust it with the client secret';
const foreign =
  "names a host that is not Adobe's: add the host to allowed-hosts if you trust it with the token";

describe('the base URL of IMS', () => {
  test.each([
    ['https://ims-na1.adobelogin.com', 'https://ims-na1.adobelogin.com'],
    ['https://adobelogin.com/', 'https://adobelogin.com'],
    ['HTTPS://IMS.Adobelogin.COM:443', 'https://ims.adobelogin.com'],
    ['https://%61dobelogin.com', 'https://adobelogin.com'],
    ['https://gateway.example/ims//', 'https://gateway.example/ims'],
    ['https://gateway.example/a//b', 'https://gateway.example/a//b'],
    ['https://gateway.example:8443', 'https://gateway.example:8443'],
    ['https://10.0.0.1/', 'https://10.0.0.1'],
    ['https://[::2]/', 'https://[::2]'],
    ['http://localhost:3000', 'http://localhost:3000'],
    ['http://127.1:1/', 'http://127.0.0.1:1'],
    ['http://[0:0:0:0:0:0:0:1]', 'http://[::1]'],
  ])('may be %s', (value, base) => {
    expect(parseImsUrl(value, allowed)).toEqual({ value: base });
  });

  test.each([
    ['https://ims-na1.adobelogin.com/ims/token/v3', 'https://ims-na1.adobelogin.com'],
    ['https://ims-na1.adobelogin.com/ims/token/v3/', 'https://ims-na1.adobelogin.com'],
    ['https://ims-na1.adobelogin.com//ims/token/v3//', 'https://ims-na1.adobelogin.com'],
    ['https://gateway.example/adobe/ims/token/v3', 'https://gateway.example/adobe'],
    ['http://localhost:3000/ims/token/v3', 'http://localhost:3000'],
    ['https://gateway.example/ims/token/v2', 'https://gateway.example'],
    ['https://gateway.example/ims/token/v10', 'https://gateway.example'],
    ['https://gateway.example/ims/token', 'https://gateway.example'],
    ['https://gateway.example/ims/token/v3/x', 'https://gateway.example/ims/token/v3/x'],
    ['https://gateway.example/xims/token/v3', 'https://gateway.example/xims/token/v3'],
  ])('is taken out of the documented endpoint: %s', (value, base) => {
    expect(parseImsUrl(value, allowed)).toEqual({ value: base });
  });

  test.each([
    ['https://adobe.io', foreignToIms],
    ['https://ims.adobe.com', foreignToIms],
    ['https://api.frame.io', foreignToIms],
    ['https://adobelogin.com.evil.example', foreignToIms],
    ['https://notadobelogin.com', foreignToIms],
    ['https://adobelogin.com.', foreignToIms],
    ['https://evil.example/.adobelogin.com', foreignToIms],
    ['https://a.gateway.example', foreignToIms],
    [
      'https://gateway.example:9443',
      'names a host outside adobelogin.com: add the host with :9443 to allowed-hosts if you trust it with the client secret',
    ],
    [
      'https://ims-na1.adobelogin.com:8443',
      'names a port other than 443: add the host with :8443 to allowed-hosts if you trust it with the client secret',
    ],
    ['https://ims_na1.adobelogin.com', badHost],
    ['https://adobelogin.com?', 'must not contain a query: give the base URL alone'],
    ['http://localhost?a', 'must not contain a query: give the base URL alone'],
  ])('may not be %s', (value, fault) => {
    expect(parseImsUrl(value, allowed)).toEqual({ fault });
  });

  test('lies on any port that is allowed, and on 443 no less', () => {
    const port = ['ims-na1.adobelogin.com:8443'];
    const value = 'https://ims-na1.adobelogin.com';
    expect(parseImsUrl(`${value}:8443`, port)).toEqual({ value: `${value}:8443` });
    expect(parseImsUrl(value, port)).toEqual({ value });
    expect(parseImsUrl('https://gateway.example', ['gateway.example:8443'])).toEqual({
      fault: foreignToIms,
    });
  });
});

describe('the address of a service', () => {
  test.each([
    ['https://adobe.io/a?b=c', 'https://adobe.io/a?b=c'],
    [
      'https://firefly-api.adobe.io/v3/custom-models/',
      'https://firefly-api.adobe.io/v3/custom-models/',
    ],
    ['https://developer.adobe.com', 'https://developer.adobe.com/'],
    ['https://ims-na1.adobelogin.com/ims/token/v3', 'https://ims-na1.adobelogin.com/ims/token/v3'],
    ['https://api.frame.io/v4/me', 'https://api.frame.io/v4/me'],
    ['https://gateway.example:8443/?x', 'https://gateway.example:8443/?x'],
    ['http://localhost:3000/a', 'http://localhost:3000/a'],
    ['https://adobe.io/!~', 'https://adobe.io/!~'],
  ])('may be %s', (value, href) => {
    expect(parseVerifyUrl(value, allowed)).toEqual({ value: href });
  });

  test.each([
    ['https://frame.io', foreign],
    ['https://x.api.frame.io', foreign],
    ['https://evil.example', foreign],
    ['https://adobe.io.evil.example', foreign],
    ['https://adobe.io%2eevil.example', foreign],
    ['https://127.0.0.1.evil.example', foreign],
    ['https://evil.example:443/', foreign],
    [
      'https://a.adobe.io:8443',
      'names a port other than 443: add the host with :8443 to allowed-hosts if you trust it with the token',
    ],
    ['https://a!b.adobe.io', badHost],
  ])('may not be %s', (value, fault) => {
    expect(parseVerifyUrl(value, allowed)).toEqual({ fault });
  });
});

describe('an address', () => {
  test.each([
    ['', badCharacter],
    ['https://adobelogin.com/\u00e9', badCharacter],
    ['é//adobelogin.com', badCharacter],
    ['https://adobelogin.com/a b', badCharacter],
    ['https://adobelogin.com/\n', badCharacter],
    ['https://adobelogin.com\\@evil.example', badCharacter],
    ['adobelogin.com', noHost],
    ['https://', noHost],
    ['https://user@adobelogin.com', userInfo],
    ['https://:password@adobelogin.com', userInfo],
    ['http://user:password@localhost', userInfo],
    ['https://adobelogin.com#part', fragment],
    ['https://adobelogin.com#', fragment],
    ['http://localhost/#', fragment],
    ['http://adobelogin.com', notHttps],
    ['http://gateway.example', notHttps],
    ['ftp://localhost', notHttps],
    ['xhttp://localhost', notHttps],
    ['httpsx://localhost', notHttps],
    ['file:///etc/passwd', notHttps],
    ['http://localhost.', notHttps],
    ['http://localhost.example', notHttps],
    ['http://127.0.0.1.example', notHttps],
    ['http://0.0.0.0', notHttps],
    ['http://[::ffff:127.0.0.1]', notHttps],
    [`https://adobelogin.com/${'a'.repeat(2026)}`, 'is longer than 2048 characters'],
  ])('may not be %j', (value, fault) => {
    expect(parseImsUrl(value, allowed)).toEqual({ fault });
    expect(parseVerifyUrl(value, allowed)).toEqual({ fault });
  });

  test('names a host of 253 characters at most', () => {
    const host = `${'a.'.repeat(118)}aa.adobelogin.com`;
    expect(host).toHaveLength(253);
    expect(parseImsUrl(`https://${host}`, [])).toEqual({ value: `https://${host}` });
    for (const parse of [parseImsUrl, parseVerifyUrl]) {
      expect(parse(`https://a${host}`, [])).toEqual({
        fault: 'names a host of more than 253 characters',
      });
    }
  });

  test('may have 2048 characters', () => {
    const value = `https://adobelogin.com/${'a'.repeat(2025)}`;
    expect(parseImsUrl(value, [])).toEqual({ value });
  });

  test('of 120 KB of slashes is refused at once', () => {
    const startedAt = performance.now();
    const slashes = '/'.repeat(120_000);
    expect(parseImsUrl(`https://adobelogin.com${slashes}x`, [])).toHaveProperty('fault');
    expect(parseVerifyUrl(`https:${slashes}`, [])).toHaveProperty('fault');
    expect(parseAllowedHosts(slashes)).toHaveProperty('fault');
    expect(performance.now() - startedAt).toBeLessThan(500);
  });
});

describe('allowed hosts', () => {
  test.each([
    ['gateway.example', ['gateway.example:443']],
    ['GateWay.Example:443', ['gateway.example:443']],
    ['gateway.example:1', ['gateway.example:1']],
    [
      'A.example:8080, b-9.example\n10.0.0.1  [::1],[2001:db8::AB]:65535',
      ['a.example:8080', 'b-9.example:443', '10.0.0.1:443', '[::1]:443', '[2001:db8::ab]:65535'],
    ],
    ['xn--bcher-kva.example:0080', ['xn--bcher-kva.example:80']],
    [' , ', []],
  ])('may be %j', (raw, value) => {
    expect(parseAllowedHosts(raw)).toEqual({ value });
  });

  test.each([
    'https://gateway.example',
    'gateway.example/',
    'gateway.example/path',
    'gateway.example?a',
    'gateway.example#a',
    'user@gateway.example',
    'gateway.example:',
    'gateway.example:0',
    'gateway.example:65536',
    'gateway.example:123456',
    'gateway.example:8a',
    'gateway.example:1:2',
    ':443',
    'a_b.example',
    'bücher.example',
    'a\u00adb.example',
    'gate%77ay.example',
    '127.1',
    '::1',
    '*',
    '*.gateway.example',
    'a!b.example',
    '[::1',
    '::1]',
    '[::1]x',
    'x[::1]',
    '[gateway]',
    'a\\b',
    'a.example, b/c',
  ])('may not be "%s"', (raw) => {
    expect(parseAllowedHosts(raw)).toEqual({
      fault:
        'is not a list of hosts: write each as host or host:port, without scheme, path or wildcard',
    });
  });
});

test.each([
  ['ims-na1.adobelogin.com', 'https://ims-na1.adobelogin.com'],
  ['IMS-NA1-STG1.Adobelogin.com', 'https://ims-na1-stg1.adobelogin.com'],
  ['ims_na1.adobelogin.com', undefined],
  ['adobe.io', undefined],
  ['ims-na1.adobelogin.com:443', undefined],
])('the host %s of a file is the base %s', (host, base) => {
  const fault = 'is not a bare host in adobelogin.com, such as ims-na1.adobelogin.com';
  expect(parseImsHost(host)).toEqual(base ? { value: base } : { fault });
});

test('a host of more than 253 characters is none: Node.js says that it can parse one, and may not', () => {
  expect(parseAllowedHosts('a'.repeat(253))).toHaveProperty('value', [`${'a'.repeat(253)}:443`]);
  for (const host of ['a'.repeat(254), 'Bearer'.repeat(10_000)]) {
    expect(parseAllowedHosts(host)).toHaveProperty('fault');
    expect(parseImsHost(`${host}.adobelogin.com`)).toHaveProperty('fault');
  }
});
