// Single values out of raw strings: what each input takes, and what is said of anything else.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isScope } from '../../src/adobe/scope.ts';
import {
  parseBoolean,
  parseChoice,
  parseEnvPrefix,
  parseOrgId,
  parseScopes,
  parseServices,
  parseWhole,
} from '../../src/inputs/parsers.ts';

describe('a boolean', () => {
  test.each([
    ['true', true],
    ['True', true],
    ['TRUE', true],
    ['false', false],
    ['False', false],
    ['FALSE', false],
  ])('may be %s', (raw, value) => {
    expect(parseBoolean(raw)).toEqual({ value });
  });

  test.each(['yes', 'no', '1', '0', 'tRUE', 'fALSE', 'xtrue', 'truex', 'xfalse', 'falsex', ''])(
    'may not be "%s"',
    (raw) => {
      expect(parseBoolean(raw)).toEqual({ fault: 'is neither true nor false' });
    },
  );
});

describe('a whole number', () => {
  test.each([
    ['1', 1],
    ['60', 60],
    ['007', 7],
    ['3600', 3600],
  ])('may be %s', (raw, value) => {
    expect(parseWhole(raw, 1, 3600)).toEqual({ value });
  });

  test.each(['0', '3601', '-1', '+1', '1.0', '1e3', '0x10', '60s', 'x60', ' 60', '٣', '', 'NaN'])(
    'may not be "%s"',
    (raw) => {
      expect(parseWhole(raw, 1, 3600)).toEqual({ fault: 'is not a whole number from 1 to 3600' });
    },
  );

  test('may not be longer than numbers are', () => {
    expect(parseWhole('9'.repeat(400), 1, 3600)).toHaveProperty('fault');
  });
});

describe('a choice', () => {
  const choices = ['none', 'token', 'service'];

  test.each(choices)('may be %s', (raw) => {
    expect(parseChoice(raw, choices)).toEqual({ value: raw });
  });

  test.each([
    ['Token', 'is unknown: did you mean token? (allowed: none, token, service)'],
    ['SERVICES', 'is unknown: did you mean service? (allowed: none, token, service)'],
    ['tokne', 'is unknown: did you mean token? (allowed: none, token, service)'],
    ['everything', 'is unknown (allowed: none, token, service)'],
  ])('may not be %s', (raw, fault) => {
    expect(parseChoice(raw, choices)).toEqual({ fault });
  });
});

describe('scopes', () => {
  test.each([
    ['openid', ['openid']],
    ['openid,AdobeID', ['openid', 'AdobeID']],
    ['openid AdobeID\n\tff_apis\r\n', ['openid', 'AdobeID', 'ff_apis']],
    [', openid ,, AdobeID , ', ['openid', 'AdobeID']],
    ['b,a,b,a,c', ['b', 'a', 'c']],
    ["!#$%&'()*+-./:;<=>?@[]^_`{|}~", ["!#$%&'()*+-./:;<=>?@[]^_`{|}~"]],
    ['["openid", "AdobeID,ff_apis"]', ['openid', 'AdobeID', 'ff_apis']],
    ['[\n  "openid",\n  "AdobeID"\n]', ['openid', 'AdobeID']],
    ['- openid\n- AdobeID\n', ['openid', 'AdobeID']],
    ['  - "openid"\r\n  - \'AdobeID\'', ['openid', 'AdobeID']],
    ['- openid - AdobeID', ['openid', 'AdobeID']],
    ["[openid, 'AdobeID']\n", ['openid', 'AdobeID']],
    [' [openid, AdobeID]', ['openid', 'AdobeID']],
    ['[openid]  ', ['openid']],
    ["- a-b\n- c'd", ['a-b', "c'd"]],
    ['a[b]', ['a[b]']],
    ['[a]b', ['[a]b']],
    ['[a] b', ['[a]', 'b']],
    ['b [a]', ['b', '[a]']],
  ])('may be %j', (raw, value) => {
    expect(parseScopes(raw)).toEqual({ value });
  });

  test.each([',', ' \n', ', ,', '[]', '[""]', '-', '- ""'])('may not be %j', (raw) => {
    expect(parseScopes(raw)).toEqual({ fault: 'names no scope' });
  });

  test.each(['"', '\\', 'ok,a"b', 'é', 'a\u0000', 'a\u007f,ok', '["openid"', '["é"]', '["a", 1]'])(
    'may not hold %j',
    (raw) => {
      expect(parseScopes(raw)).toEqual({
        fault:
          'has a character that no scope may have: printable ASCII without " and \\ is allowed',
      });
    },
  );

  test('are printed and read again as they were', () => {
    const scope = fc
      .string({ minLength: 1 })
      // A dash alone, or a bracket, at the beginning is a list's.
      .filter((text) => isScope(text) && !/^[-[]|,/.test(text));
    const separator = fc.constantFrom(',', ' ', '\n', ', ', '\r\n');
    fc.assert(
      fc.property(fc.uniqueArray(scope, { minLength: 1 }), separator, (scopes, between) => {
        expect(parseScopes(scopes.join(between))).toEqual({ value: scopes });
      }),
    );
  });

  test.each([
    ['a', true],
    ['!', true],
    ['~', true],
    ['', false],
    [' ', false],
    ['a b', false],
    ['"', false],
    ['\\', false],
    ['\u007f', false],
  ])('%j is one: %p', (text, itIs) => {
    expect(isScope(text)).toBe(itIs);
  });
});

describe('a prefix of variables', () => {
  const reserved =
    'ACTIONS AGENT BASH CI DYLD ENV GITHUB HOME IFS INPUT LANG LC LD NODE NPM PATH PWD RUNNER SHELL SSL STATE SUDO SYSTEM USER ZSH';

  test.each(['FIREFLY_SERVICES', '_', 'a', 'A1_', 'x'.repeat(100)])('may be %s', (raw) => {
    expect(parseEnvPrefix(raw)).toEqual({ value: raw });
  });

  test.each(['', '1A', 'A-B', 'A B', 'A.B', 'É', 'A=', '$A', 'x'.repeat(101)])(
    'may not be "%s"',
    (raw) => {
      expect(parseEnvPrefix(raw)).toEqual({
        fault: 'is not a variable name: letters, digits and _ are allowed, no digit first',
      });
    },
  );

  test('may lead into the names of USER where it is that of the preset, and no other', () => {
    expect(parseEnvPrefix('USER_MANAGEMENT')).toEqual({ value: 'USER_MANAGEMENT' });
    expect(parseEnvPrefix('USER_MANAGEMENT_X')).toHaveProperty('fault');
  });

  test.each(reserved.split(' '))('may not lead into the names of %s', (word) => {
    const fault = 'is reserved for the runner, Node.js or a shell: choose another';
    for (const raw of [word, word.toLowerCase(), `${word}_`, `${word}_X`]) {
      expect(parseEnvPrefix(raw)).toEqual({ fault });
    }
    for (const raw of [`${word}X`, `X_${word}`, `X${word}`]) {
      expect(parseEnvPrefix(raw)).toEqual({ value: raw });
    }
  });
});

describe('an organization ID', () => {
  test.each(['1234567890ABCDEF@AdobeOrg', '!', '~', 'x'.repeat(256)])('may be %s', (raw) => {
    expect(parseOrgId(raw)).toEqual({ value: raw });
  });

  test.each(['', 'a b', ' a', 'é', 'a\n', 'x'.repeat(257)])('may not be %j', (raw) => {
    expect(parseOrgId(raw)).toEqual({
      fault: 'is not an organization ID: it looks like 1234567890ABCDEF@AdobeOrg',
    });
  });
});

describe('services', () => {
  test.each([
    ['firefly', ['firefly']],
    ['firefly, express', ['firefly', 'express']],
    [' express\nfirefly,,express ', ['express', 'firefly']],
    ['workflow-builder', ['creative-production']],
  ])('may be %j', (raw, value) => {
    expect(parseServices(raw)).toEqual({ value });
  });

  test.each([
    [',', 'names no service'],
    ['fierfly', /^is unknown: did you mean firefly\? \(allowed: firefly, .*user-management\)$/],
    [
      'fierfly, express, photoshp, x',
      /^holds names 1, 3 and 4, which are unknown: did you mean firefly and photoshop\? \(allowed: firefly, [^:]*$/,
    ],
    ['firefly, constructor', /^holds name 2, which is unknown \(allowed: firefly, /],
  ])('may not be %j', (raw, fault) => {
    expect(parseServices(raw)).toEqual({
      fault: typeof fault === 'string' ? fault : expect.stringMatching(fault),
    });
  });
});
