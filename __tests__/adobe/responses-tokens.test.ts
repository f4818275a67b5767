// What becomes of a token in an answer that is refused: it may live all the same, and nobody is to read it.
import { describe, expect, test } from '@jest/globals';
import { START_MS } from '../support/clock.ts';
import { SECRET } from '../support/credentials.ts';
import { tokenReader } from '../support/token-reading.ts';
import { forgeToken } from '../support/tokens.ts';

const OPAQUE = 'opaque-token-of-IMS';
const good = { access_token: OPAQUE, token_type: 'bearer', expires_in: 86_399 };

/** What an answer that must be refused has masked. */
function masksOf(body: unknown, status: number): readonly string[] {
  const { masks, read } = tokenReader();
  expect(() => read(body, status)).toThrow(`HTTP ${status}`);
  return masks;
}

describe('a token is masked', () => {
  test.each([
    ['is too long', { access_token: 'x'.repeat(16_385) }],
    ['is too short', { access_token: 'x'.repeat(15) }],
    ['is as short as a mask may be', { access_token: 'x'.repeat(8) }],
    ['has characters that no token may have', { access_token: 'opaque token of IMS' }],
    ['is of another type', { token_type: 'mac' }],
    ['has a line break', { access_token: 'opaque-token\nof-this-run' }],
    ['has no lifetime', { expires_in: -1 }],
    ['comes with an error', { error: 'invalid_scope' }],
  ])('though it be refused in a 200: it %s', (_name, changes) => {
    const body = { ...good, ...changes };
    expect(masksOf(body, 200)).toEqual([body.access_token]);
  });

  test.each([199, 201, 204, 400, 503])('with status %i', (status) => {
    expect(masksOf(good, status)).toEqual([OPAQUE]);
  });

  test.each([
    ['cut short', `{"access_token": "${OPAQUE}", "token_ty`, [OPAQUE]],
    ['cut within the token', `{"access_token": "${OPAQUE.slice(0, -4)}`, [OPAQUE.slice(0, -4)]],
    [
      'with escapes',
      '{"access_token": "opaque\\/token-with-escapes"',
      ['opaque/token-with-escapes'],
    ],
    [
      'with an escape that is cut',
      '{"access_token": "opaque-token-cut\\u00',
      ['opaque-token-cut\\u00'],
    ],
    [
      'with one nested and another beside it',
      { error: { access_token: 'first-token-of-two' }, access_token: 'second-token-of-two' },
      ['first-token-of-two', 'second-token-of-two'],
    ],
    ['with an escaped name', `{"access\\u005ftoken":"${OPAQUE}"}`, [OPAQUE]],
    ['with another spelling of its name', { accessToken: OPAQUE }, [OPAQUE]],
    [
      "as JSON within JSON, a gateway's envelope",
      { statusCode: 200, body: JSON.stringify(good) },
      [OPAQUE],
    ],
    ['as a form', `access_token=${OPAQUE}&token_type=bearer`, [OPAQUE]],
    [
      'as a form that encodes more than it must',
      `access_token=${OPAQUE.replaceAll('-', '%2D')}`,
      [OPAQUE],
    ],
    ['as a form that is cut', `access_token=${OPAQUE}%2`, [`${OPAQUE}%2`]],
    ['with words that are none', 'access_token=missing, error=access_token', []],
    ['with none', { error: 'access_token' }, []],
  ])('in an answer %s', (_what, body, tokens) => {
    expect(masksOf(body, 500)).toEqual(tokens);
  });

  test.each(['none', 'a', 'null', 'missing'])(
    'but not where the word %s stands in its place: that would hide the log',
    (access_token) => {
      expect(masksOf({ ...good, access_token }, 400)).toEqual([]);
      expect(masksOf({ ...good, access_token }, 200)).toEqual([]);
    },
  );

  // Nine thousand took more than a minute, and gigabytes of the state file.
  test('with a few others of the answer, not with thousands', () => {
    const tokens = Array.from({ length: 9000 }, (_, at) => `token-number-${at}`);
    const many = tokens.map((token) => `"access_token":"${token}"`).join();
    const { masks, read } = tokenReader();
    const body = `{"all":[{${many}}],${JSON.stringify(good).slice(1)}`;
    expect(read(body).value.reveal()).toBe(OPAQUE);
    expect(masks).toEqual([...tokens.slice(0, 5), OPAQUE]);
  });
});

describe('a refusal', () => {
  const refuse = (body: unknown, status: number, headers = {}, scopes = ['openid']) =>
    expect(() => tokenReader({ scopes }).read(body, status, headers));

  test('does not show a token that the next answer may deliver', () => {
    const error_description = `try ${forgeToken()} or ${'a1'.repeat(20)}-x`;
    refuse({ error: 'later', error_description }, 503).toThrow('HTTP 503, later "try *** or ***"');
  });

  test('is quoted without the secret', () => {
    const echo = { error: 'invalid_scope', error_description: `not for ${SECRET}` };
    refuse(echo, 400).toThrow('HTTP 400, invalid_scope "not for ***"');
  });

  test('is quoted with what identifies the request and the client', () => {
    const id = '0123456789abcdef0123456789abcdef';
    const uuid = '01234567-89ab-cdef-0123-456789abcdef';
    const body = { error: 'invalid_scope', error_description: `client ${id}, request ${uuid}.` };
    refuse(body, 400, { 'x-debug-id': uuid }).toThrow(
      `HTTP 400, invalid_scope "client ${id}, request ${uuid}." (x-debug-id ${uuid})`,
    );
  });

  test('is quoted with the scopes that it is about, long as they are', () => {
    const scope = 'substance3d_api.spaces.create';
    const body = { error: 'invalid_scope', error_description: `not enabled: ${scope}.` };
    refuse(body, 400, {}, [scope]).toThrow(`HTTP 400, invalid_scope "not enabled: ${scope}."`);
  });

  test('by a redirect says where to', () => {
    const location = 'https://sign-in2.portal.example.com/adfs/ls?wa=wsignin1.0';
    refuse('', 302, { location }).toThrow(
      'HTTP 302, a redirect to https://sign-in2.portal.example.com/adfs/ls, which is not followed',
    );
  });

  test('that asks to wait until a moment is understood', () => {
    const headers = { 'retry-after': new Date(START_MS + 5000).toUTCString() };
    refuse('', 503, headers).toThrow(
      expect.objectContaining({ advice: expect.objectContaining({ retryAfterMs: 5000 }) }),
    );
  });
});
