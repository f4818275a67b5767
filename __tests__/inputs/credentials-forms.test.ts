// The names, lines and kinds of file that credentials are read from.
import { describe, expect, test } from '@jest/globals';
import { normalizeName, readAssignments, readEntries } from '../../src/inputs/credentials-forms.ts';
import { SERVICE_ACCOUNT_FAULT, WEB_APP_FAULT } from '../../src/inputs/credentials-mistakes.ts';

test.each([
  ['CLIENT_ID', 'clientid'],
  ['client-id', 'clientid'],
  ['IMS_OAUTH_S2S_CLIENT_ID', 'clientid'],
  ['OTHER_IMS_OAUTH_S2S_CLIENT_ID', 'otherimsoauths2sclientid'],
])('%s counts as %s', (name, normal) => {
  expect(normalizeName(name)).toBe(normal);
});

describe('a line of a .env', () => {
  test.each([
    ['plain', 'value', 'value'],
    ['with an equals sign', 'value==', 'value=='],
    ['in double quotes', '"a value"', 'a value'],
    ['in single quotes', "'a value'", 'a value'],
    ['in backticks', '`a value`', 'a value'],
    ['with a comment', 'value # comment', 'value'],
    ['with a comment after several blanks', 'value   # comment', 'value'],
    ['with a # that begins no comment', 'value#1', 'value#1'],
    ['in quotes with a comment', '"a # value"  # comment', 'a # value'],
    ['in quotes with escaped ones', '"a \\"value\\""', 'a "value"'],
    ['in single quotes with a backslash', "'a \\\"value'", 'a \\"value'],
    ['with more after its quotes', '"a" value', '"a" value'],
    ['that is one quote', '"', '"'],
    ['that begins and ends with one letter', 'abcda', 'abcda'],
    ['with quotes inside only', 'a"value"a', 'a"value"a'],
    ['that is empty', '', ''],
  ])('has a value %s', (_what, raw, value) => {
    expect(readAssignments(`NAME=${raw}`)).toEqual([['NAME', value]]);
  });

  test.each([
    ['NAME', 'NAME = value'],
    ['_a.b-c', '_a.b-c=value'],
    ['NAME', 'export NAME=value'],
    ['NAME', 'export \t NAME=value'],
  ])('sets %s: %s', (name, line) => {
    expect(readAssignments(line)).toEqual([[name, 'value']]);
  });

  test.each(['NAME', '=value', '1NAME=value', 'the NAME=value', 'NAME of=value', '# NAME=value'])(
    'sets nothing: %s',
    (line) => {
      expect(readAssignments(line)).toEqual([]);
    },
  );
});

describe('a file of one credential', () => {
  const client = { client_id: 'the-client', client_secret: 'the-secret' };
  const read = (file: object) => readEntries(JSON.stringify({ ...client, ...file }));

  test.each(['scope', 'SCOPES'])('has its scopes under %s', (name) => {
    expect(read({ [name]: ['openid'] })).toEqual({
      value: [expect.objectContaining({ scopes: ['openid'] })],
    });
  });

  test.each(['META_SCOPE', 'metascopes'])('is a Service Account for its %s', (name) => {
    expect(read({ [name]: 'ent_api' })).toEqual({ fault: SERVICE_ACCOUNT_FAULT });
    expect(read({ [name]: 'ent_api', scope: 'openid' })).toHaveProperty('value');
    expect(read({ [name]: 'ent_api', scopes: 'openid' })).toHaveProperty('value');
  });

  test.each(['tech_id', 'tech_email', 'TECHNICAL_ACCOUNT_ID', 'technical_account_email'])(
    'that redirects users is none of a web app where it has a %s',
    (name) => {
      expect(read({ redirect_uri: '', [name]: 'x' })).toHaveProperty('value');
    },
  );

  test.each(['biotech_id', 'tech_id_2', 'technical_account'])(
    'that redirects users is of a web app, whatever its %s is',
    (name) => {
      expect(read({ redirect_uri: '', [name]: 'x' })).toEqual({ fault: WEB_APP_FAULT });
    },
  );
});
