// Scopes in a server's text.
import { describe, expect, test } from '@jest/globals';
import { isScope, readScopeList, readScopes } from '../../src/adobe/scope.ts';

describe("scopes in a server's text", () => {
  test.each([
    ['openid,AdobeID', ['openid', 'AdobeID']],
    ['openid AdobeID', ['openid', 'AdobeID']],
    [' , openid, AdobeID  openid,', ['openid', 'AdobeID']],
    ['', undefined],
    [' , ', undefined],
    ['openid,"', undefined],
    ['openid\nAdobeID', undefined],
    ['openid,\u001b[31m', undefined],
    ['a'.repeat(4096), ['a'.repeat(4096)]],
    ['a'.repeat(4097), undefined],
    [undefined, undefined],
    [['openid'], undefined],
  ])('%j are %j', (value, scopes) => {
    expect(readScopes(value)).toEqual(scopes);
  });

  test('may be longer where it is known to be no more than was requested', () => {
    expect(readScopeList('a'.repeat(4097))).toEqual(['a'.repeat(4097)]);
  });
});

test.each([
  ['openid', true],
  ['!#[]~', true],
  ['', false],
  ['a b', false],
  ['a"b', false],
  ['a\\b', false],
  ['é', false],
])('%j is a scope: %s', (text, itIs) => {
  expect(isScope(text)).toBe(itIs);
});
