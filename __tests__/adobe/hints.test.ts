// Which row a server's error belongs to.
import { describe, expect, test } from '@jest/globals';
import {
  findGatewayHint,
  findImsHint,
  NOT_CONFIRMED_BY_IMS,
  UNKNOWN_REFUSAL,
  unknownImsHint,
} from '../../src/adobe/hints.ts';
import { TOPICS } from '../../src/errors.ts';

describe('an error of IMS', () => {
  test.each([
    ['invalid_client', 'invalid client_id parameter', 'wrong-client-id', undefined],
    ['invalid_client', 'unknown client id', 'wrong-client-id', undefined],
    ['invalid_client', 'unknown ClientID', 'wrong-client-id', undefined],
    ['invalid_client', 'unknown client-id', 'wrong-client-id', undefined],
    ['invalid_client', 'no such\nclient_id', 'wrong-client-id', undefined],
    ['invalid_client', 'invalid client_id or client_secret', 'wrong-client-secret', true],
    ['invalid_client', 'missing parameter', 'wrong-client-id', undefined],
    ['invalid_client', 'missing client_secret parameter', 'wrong-client-secret', true],
    ['invalid_client', 'something is missing', 'wrong-client-secret', true],
    ['invalid_client', 'missingno', 'wrong-client-secret', true],
    ['invalid_client', '', 'wrong-client-secret', true],
    ['unauthorized_client', 'any', 'wrong-credential-type', undefined],
    ['invalid_scope', '', 'wrong-scope', undefined],
    ['invalid_target_scope', '', 'wrong-scope', undefined],
    ['access_denied', '', 'access-denied', undefined],
    ['not_found', 'No Organisation', 'organization-not-found', undefined],
    ['not_found', 'No organization', 'organization-not-found', undefined],
    ['duplicate_binding', '', 'several-organizations', undefined],
  ])('%s "%s" is about %s; another secret may help: %s', (error, description, topic, another) => {
    const row = findImsHint(error, description);
    expect({ topic: row?.topic, refusesSecret: row?.refusesSecret }).toEqual({
      topic,
      refusesSecret: another,
    });
    expect(row?.hint).toMatch(/[^.]$/);
  });

  test.each([
    ['', 'ID or the client secret'],
    ['Client authentication failed', 'ID or the client secret'],
    ['invalid client_id or client_secret', 'ID or the client secret'],
    ['invalid client_secret parameter', 'secret'],
    ['Bad secret', 'secret'],
  ])('invalid_client "%s" blames what it names: the client %s', (description, blamed) => {
    const { hint } = findImsHint('invalid_client', description) ?? {};
    expect(hint).toMatch(new RegExp(`^The client ${blamed} is wrong`));
  });

  test.each([
    ['not_found', 'No page'],
    ['toString', ''],
    ['', ''],
  ])('%j "%s" has no row', (error, description) => {
    expect(findImsHint(error, description)).toBeUndefined();
  });

  test('without a row names what to check, and with 404 ims-url first', () => {
    expect(unknownImsHint(400)).toEqual({
      topic: 'refused',
      hint: 'IMS refuses the request: check `client-id`, `scope` and the OAuth Server-to-Server credential in the Adobe Developer Console',
    });
    expect(unknownImsHint(404).hint).toMatch(
      /^IMS refuses the request: check `ims-url` \(nothing answers at this address\), `client-id`/,
    );
  });
});

describe("a gateway's error", () => {
  test.each([
    ['', '401013', 403, 'token-refused'],
    ['', '403010', 403, 'token-refused'],
    ['', '403000', 403, 'api-not-added'],
    ['', '403003', 403, 'api-not-added'],
    ['', '403025', 403, 'not-entitled'],
    ['user_profile_denied', '', 403, 'not-entitled'],
    ['user_non_entitled', '', 403, 'not-entitled'],
    ['quota_exhausted', '403003', 403, 'quota-exhausted'],
    ['invalid_ims_scope', '', 403, 'wrong-scope'],
    ['lunar_phase', '403003', 403, 'api-not-added'],
    ['', '', 401, 'token-refused'],
    ['lunar_phase', 'toString', 403, undefined],
    ['', '', 403, undefined],
  ])('%j, %j with %i is about %s', (accessError, error, status, topic) => {
    const hint = findGatewayHint(accessError, error, status);
    expect(hint?.topic).toBe(topic);
    if (hint) expect(hint.hint).toMatch(/[^.]$/);
  });

  test('without a row, and a token that IMS does not confirm, have hints of their own', () => {
    for (const { topic, hint } of [UNKNOWN_REFUSAL, NOT_CONFIRMED_BY_IMS]) {
      expect(TOPICS).toContain(topic);
      expect(hint).toMatch(/[^.]$/);
    }
  });
});
