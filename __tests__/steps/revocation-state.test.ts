// What the post step reads, and what it checks anew, since another step may have changed the environment.
import { describe, expect, test } from '@jest/globals';
import { readRevokeInputs } from '../../src/steps/revocation-state.ts';
import { giveSource } from '../support/input-source.ts';

const SAVED = 'https://ims-na1.adobelogin.com';

describe('for the post step', () => {
  test.each([
    ['', 4],
    ['7', 7],
    ['1', 1],
    ['10', 10],
    ['0', 4],
    ['11', 4],
    ['many', 4],
  ])('max-attempts "%s" is %d', (value, maxAttempts) => {
    const source = giveSource({ inputs: { 'max-attempts': value } });
    expect(readRevokeInputs(source, SAVED)).toEqual({ imsUrl: SAVED, maxAttempts });
  });

  test('the address that was saved may be on a host that is still allowed', () => {
    const imsUrl = 'https://gateway.example';
    const source = giveSource({ inputs: { 'allowed-hosts': 'gateway.example' } });
    expect(readRevokeInputs(source, imsUrl)).toEqual({ imsUrl, maxAttempts: 4 });
  });

  test.each([
    ['is not allowed any more', ''],
    ['is allowed in a wrong way', 'https://gateway.example'],
  ])('the address that was saved may not be on a host that %s', (_how, hosts) => {
    const source = giveSource({ inputs: { 'allowed-hosts': hosts } });
    expect(() => readRevokeInputs(source, 'https://gateway.example')).toThrow(
      expect.objectContaining({
        name: 'InputError',
        message: expect.stringMatching(
          /^Could not revoke the access token: the saved IMS address names a host that is neither Adobe's nor/,
        ),
        topic: 'not-revoked',
        hint: 'Nothing was sent, so the token stays valid until it expires',
      }),
    );
  });

  test('the address that was saved must still be a base', () => {
    expect(() => readRevokeInputs(giveSource(), `${SAVED}?a`)).toThrow(
      expect.objectContaining({
        message:
          'Could not revoke the access token: the saved IMS address must not contain a query: give the base URL alone',
      }),
    );
  });

  test('the surroundings must still be safe', () => {
    const source = giveSource({ env: { NODE_DEBUG: 'http', https_proxy: 'none' } });
    expect(() => readRevokeInputs(source, SAVED)).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(
          /^Could not revoke the access token: NODE_DEBUG is set and .*; https_proxy is not a proxy address: /,
        ),
        topic: 'not-revoked',
      }),
    );
  });

  test('whoever answers may be trusted on this machine alone', () => {
    const source = giveSource({ env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } });
    expect(() => readRevokeInputs(source, SAVED)).toThrow(
      expect.objectContaining({ topic: 'not-revoked' }),
    );
    expect(readRevokeInputs(source, 'http://localhost')).toHaveProperty(
      'imsUrl',
      'http://localhost',
    );
  });
});
