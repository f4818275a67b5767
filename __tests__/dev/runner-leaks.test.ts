// The leak finder: it finds what is planted, however encoded or cut, and nothing else.
import { describe, expect, test } from '@jest/globals';
import { findLeaks, findStepLeaks } from '../../dev/runner/leaks.ts';
import type { StepResult } from '../../dev/runner/step.ts';
import { SECRET } from '../support/credentials.ts';
import { forgeToken } from '../support/tokens.ts';

const secret = 'p8e-"Q7&z+K/m\\X2%w~R9 v(T4)b=H6';
const token = forgeToken();
const opaque = forgeToken({ opaque: true });
const [header = '', payload = '', signature = ''] = token.split('.');

function encode(encoding: BufferEncoding, value: string, prefix = ''): string {
  return Buffer.from(`${prefix}${value}, and more`).toString(encoding);
}

describe('a secret', () => {
  test.each([
    ['raw', secret],
    ['raw', secret.slice(0, 16)],
    ['raw', secret.slice(-16)],
    ['URL-encoded', encodeURIComponent(secret)],
    ['form-encoded', `${new URLSearchParams({ secret })}`],
    ['base64', encode('base64', secret)],
    ['base64', encode('base64', secret, 'x')],
    ['base64', encode('base64', secret, 'id')],
    ['base64url', encode('base64url', secret, 'x')],
    ['JSON-escaped', JSON.stringify({ secret })],
    ['hex', encode('hex', secret)],
    ['hex', encode('hex', secret).toUpperCase()],
  ])('is found %s: %s', (encoding, text) => {
    const leaks = findLeaks(`before ${text} after`, { secret: ['other-secret', secret] });
    expect(leaks).toContain(`secret 2 (${encoding})`);
  });

  test('is found when it is short', () => {
    expect(findLeaks('x-8 chars!-x', { secret: ['8 chars!'] })).toEqual(['secret 1 (raw)']);
  });

  test('is not found in a piece of 15 characters, nor in other text', () => {
    expect(findLeaks(`${secret.slice(0, 15)} ${token}`, { secret: [secret] })).toEqual([]);
    expect(findLeaks('', { secret: [secret] })).toEqual([]);
  });

  test('is not repeated by the report', () => {
    expect(findLeaks(secret, { secret: [secret] }).join()).not.toContain('p8e');
  });
});

describe('a token', () => {
  test.each([
    ['raw', token],
    ['raw', payload.slice(100, 116)],
    ['raw', signature.slice(-16)],
    ['base64', encode('base64', token, 'Bearer: ')],
    ['hex', encode('hex', signature)],
  ])('is found %s: %s', (encoding, text) => {
    expect(findLeaks(`x${text}x`, { token: [token] })).toContain(`token 1 (${encoding})`);
  });

  test('is found by any piece when it is opaque', () => {
    expect(findLeaks(opaque.slice(0, 16), { token: [token, opaque] })).toEqual(['token 2 (raw)']);
  });

  test('is not found by its header, which tokens share', () => {
    expect(findLeaks(`${header}.`, { token: [token] })).toEqual([]);
  });
});

describe('a step', () => {
  const clean: StepResult = {
    exitCode: 0,
    signal: null,
    timedOut: false,
    durationMs: 1,
    stdout: `::add-mask::${SECRET}\n::add-mask::${token}\nDone\n`,
    stderr: '',
    outputs: { 'access-token': token, scope: 'openid' },
    env: { X_ACCESS_TOKEN: token, X_CLIENT_ID: 'client' },
    state: { 'token-0': token, line: '1' },
    summary: 'Done',
    masks: [SECRET, token],
    rawFiles: {
      GITHUB_OUTPUT: `access-token=${token}\n`,
      GITHUB_ENV: `X_ACCESS_TOKEN=${token}\n`,
      GITHUB_STATE: `token=${token}\n`,
      GITHUB_STEP_SUMMARY: 'Done',
    },
  };
  const files = clean.rawFiles;
  const secrets = { secret: [SECRET], token: [token] };

  test('may hold the token where it belongs, and both in masks', () => {
    expect(findStepLeaks(clean, secrets)).toEqual([]);
  });

  test.each<[string, Partial<StepResult>]>([
    ['stdout: token 1 (raw)', { stdout: `Got ${token}\n` }],
    ['stdout: secret 1 (raw)', { stdout: `::debug::${SECRET}\n` }],
    ['stderr: secret 1 (raw)', { stderr: SECRET }],
    ['GITHUB_OUTPUT: token 1 (raw)', { outputs: { ...clean.outputs, scope: token } }],
    ['GITHUB_ENV: token 1 (raw)', { env: { X_CLIENT_ID: token } }],
    ['GITHUB_STATE: token 1 (raw)', { state: { line: token } }],
    ['GITHUB_STATE: secret 1 (raw)', { rawFiles: { GITHUB_STATE: `token=${SECRET}` } }],
    ['GITHUB_OUTPUT: secret 1 (raw)', { rawFiles: { GITHUB_OUTPUT: `access-token=${SECRET}` } }],
    ['GITHUB_STEP_SUMMARY: token 1 (raw)', { rawFiles: { ...files, GITHUB_STEP_SUMMARY: token } }],
    ['temp/cache.json: token 1 (raw)', { rawFiles: { ...files, 'temp/cache.json': token } }],
  ])('is caught with %s', (leak, changes) => {
    expect(findStepLeaks({ ...clean, ...changes }, secrets)).toEqual([leak]);
  });
});
