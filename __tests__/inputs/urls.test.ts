// Where a secret or a token may be sent, and what of an address may be shown.
import { describe, expect, test } from '@jest/globals';
import {
  isLoopback,
  PRODUCTION_IMS_URL,
  parseHost,
  parseUrl,
  presentUrl,
  type UrlRules,
} from '../../src/inputs/urls.ts';

const anyQuery: UrlRules = { allowedHosts: [], query: 'allowed' };
const noQuery: UrlRules = {
  allowedHosts: ['gateway.example', '10.0.0.1', '[::2]'],
  query: 'refused',
};

test("Adobe's production is where Adobe says", () => {
  expect(PRODUCTION_IMS_URL).toBe('https://ims-na1.adobelogin.com');
});

describe('an address', () => {
  test.each([
    ['https://adobelogin.com', 'https://adobelogin.com/'],
    ['https://ims-na1.adobelogin.com', 'https://ims-na1.adobelogin.com/'],
    ['https://adobe.io/a?b=c', 'https://adobe.io/a?b=c'],
    ['https://a.b.adobe.io:8443/', 'https://a.b.adobe.io:8443/'],
    ['https://adobe.com', 'https://adobe.com/'],
    ['https://developer.adobe.com', 'https://developer.adobe.com/'],
    ['HTTPS://IMS.ADOBE.COM:443', 'https://ims.adobe.com/'],
    ['https://%61dobe.io', 'https://adobe.io/'],
    ['https://adobe.io/!~', 'https://adobe.io/!~'],
    ['http://localhost:3000/a', 'http://localhost:3000/a'],
    ['https://localhost', 'https://localhost/'],
    ['http://127.0.0.1', 'http://127.0.0.1/'],
    ['http://127.255.255.254:1', 'http://127.255.255.254:1/'],
    ['http://127.1', 'http://127.0.0.1/'],
    ['http://2130706433', 'http://127.0.0.1/'],
    ['http://[::1]:8080', 'http://[::1]:8080/'],
    ['http://[0:0:0:0:0:0:0:1]', 'http://[::1]/'],
  ])('may be %s', (value, href) => {
    expect(String(parseUrl(value, anyQuery))).toBe(href);
  });

  test.each(['https://gateway.example/ims', 'https://10.0.0.1/', 'https://[::2]/'])(
    'may be %s where its host is allowed',
    (value) => {
      expect(String(parseUrl(value, noQuery))).toBe(value);
      expect(parseUrl(value, { ...noQuery, allowedHosts: [] })).toMatch(/^names a host that/);
    },
  );

  test.each([
    ['', 'has characters that a URL cannot have'],
    ['https://adobe.io/\u00e9', 'has characters that a URL cannot have'],
    ['é//adobe.io', 'has characters that a URL cannot have'],
    ['https://adobe.io/a b', 'has characters that a URL cannot have'],
    ['https://adobe.io/\n', 'has characters that a URL cannot have'],
    ['https://adobe.io\\@evil.example', 'has characters that a URL cannot have'],
    ['adobe.io', 'is not a URL: it must begin with https:// and a host name'],
    ['https://', 'is not a URL: it must begin with https:// and a host name'],
    ['https://user@adobe.io', 'must not contain a user name or password'],
    ['https://:password@adobe.io', 'must not contain a user name or password'],
    ['http://user:password@localhost', 'must not contain a user name or password'],
    ['https://adobe.io#part', 'must not contain a fragment'],
    ['https://adobe.io#', 'must not contain a fragment'],
    ['http://localhost/#', 'must not contain a fragment'],
    ['http://adobe.io', 'is not an https: URL; http: is for loopback addresses only'],
    ['http://gateway.example', 'is not an https: URL; http: is for loopback addresses only'],
    ['ftp://localhost', 'is not an https: URL; http: is for loopback addresses only'],
    ['xhttp://localhost', 'is not an https: URL; http: is for loopback addresses only'],
    ['httpsx://localhost', 'is not an https: URL; http: is for loopback addresses only'],
    ['file:///etc/passwd', 'is not an https: URL; http: is for loopback addresses only'],
    ['http://localhost.', 'is not an https: URL; http: is for loopback addresses only'],
    ['http://localhost.example', 'is not an https: URL; http: is for loopback addresses only'],
    ['http://127.0.0.1.example', 'is not an https: URL; http: is for loopback addresses only'],
    ['http://0.0.0.0', 'is not an https: URL; http: is for loopback addresses only'],
    ['http://[::ffff:127.0.0.1]', 'is not an https: URL; http: is for loopback addresses only'],
  ])('may not be %j: it %s', (value, fault) => {
    expect(parseUrl(value, anyQuery)).toBe(fault);
    expect(parseUrl(value, noQuery)).toBe(fault);
  });

  test.each([
    'https://evil.example',
    'https://notadobe.io',
    'https://adobe.io.evil.example',
    'https://adobe.io%2eevil.example',
    'https://adobe.io.',
    'https://a.gateway.example',
    'https://127.0.0.1.evil.example',
    'https://evil.example/.adobe.io',
    'https://evil.example:443/',
  ])('may not be %s, on a host that nobody allowed', (value) => {
    expect(parseUrl(value, noQuery)).toBe(
      "names a host that is neither Adobe's nor in allowed-hosts: add the host there if you trust it with your credentials",
    );
  });

  test.each(['https://adobe.io?a', 'https://adobe.io?', 'http://localhost?'])(
    'may not be %s where a base is wanted',
    (value) => {
      expect(parseUrl(value, noQuery)).toBe('must not contain a query: give the base URL alone');
      expect(parseUrl(value, anyQuery)).toBeInstanceOf(URL);
    },
  );
});

describe('a loopback address', () => {
  test.each([
    ['http://localhost/', true],
    ['http://127.0.0.1/', true],
    ['http://127.20.30.40/', true],
    ['http://[::1]/', true],
    ['http://128.0.0.1/', false],
    ['http://1.127.0.0/', false],
    ['http://a.localhost/', false],
    ['http://localhost.example/', false],
    ['http://127.0.0.1.example/', false],
    ['http://a127.0.0.example/', false],
    ['http://[::2]/', false],
    ['http://[2001::1]/', false],
    ['other://a127.0.0.1/', false],
  ])('%s is one: %p', (url, loopback) => {
    expect(isLoopback(new URL(url))).toBe(loopback);
  });
});

describe('a host', () => {
  test.each([
    ['gateway.example', 'gateway.example'],
    ['GateWay.Example', 'gateway.example'],
    ['10.0.0.1', '10.0.0.1'],
    ['[::1]', '[::1]'],
    ['[2001:db8::AB]', '[2001:db8::ab]'],
    ['a_b-9.C', 'a_b-9.c'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
  ])('may be %s', (value, host) => {
    expect(parseHost(value)).toBe(host);
  });

  test.each([
    '',
    'https://gateway.example',
    'gateway.example:443',
    'gateway.example:8443',
    'gateway.example/',
    'gateway.example/path',
    'gateway.example?a',
    'gateway.example#a',
    'user@gateway.example',
    'gateway .example',
    'bücher.example',
    'a\u00adb.example',
    'gate%77ay.example',
    '127.1',
    '::1',
    'a..b:c',
    '*',
    '*.gateway.example',
    'a!b.example',
    'ä',
    '[::1',
    '::1]',
    '[::1]x',
    'x[::1]',
    '[gateway]',
    'a b',
  ])('may not be "%s"', (value) => {
    expect(parseHost(value)).toBeUndefined();
  });
});

describe('what is shown of an address', () => {
  test.each([
    ['https://adobe.io/path', 'https://adobe.io/path'],
    ['https://adobe.io/path?query=1', 'https://adobe.io/path'],
    ['https://adobe.io/path#part', 'https://adobe.io/path'],
    ['https://adobe.io?a#b?c', 'https://adobe.io'],
    ['https://adobe.io/?a\nb', 'https://adobe.io/'],
    ['https://user:password@adobe.io/', 'https://adobe.io/'],
    ['https://user:p@ss@adobe.io/', 'https://adobe.io/'],
    ['https://user:p\nss@adobe.io/', 'https://adobe.io/'],
    ['//user:password@adobe.io', '//adobe.io'],
    ['https://user:p/ss@adobe.io', 'https://adobe.io'],
    ['is no address', 'is no address'],
    ['', ''],
  ])('%j is %j', (value, shown) => {
    expect(presentUrl(value)).toBe(shown);
  });

  test.each([
    ['https:user:password@adobe.io', 'https:adobe.io'],
    ['https:/user:password@adobe.io', 'https:/adobe.io'],
    ['https:\\\\user:password@adobe.io', 'https:\\\\adobe.io'],
    ['HTTPS://user:password@adobe.io', 'HTTPS://adobe.io'],
    ['a1+.-:user:password@adobe.io', 'a1+.-:adobe.io'],
    ['user:password@adobe.io', 'user:adobe.io'],
    [':password@adobe.io', 'adobe.io'],
    ['https://user:password?more@adobe.io', 'https://adobe.io'],
    ['https://user:password#more@adobe.io?a', 'https://adobe.io'],
    ['https://adobe.io/password@more?a', 'https://more'],
  ])('%s is without its password', (value, shown) => {
    expect(presentUrl(value)).toBe(shown);
  });
});
