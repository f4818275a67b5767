// What the main step saves for the post step, and what the post step reads of it.
import { describe, expect, test } from '@jest/globals';
import { makeFingerprint } from '../../src/secrets/fingerprint.ts';
import { type Masked, Secret } from '../../src/secrets/secret.ts';
import {
  listSavable,
  readRevocationState,
  saveRevocationState,
} from '../../src/steps/revocation-state.ts';
import { startRun } from '../support/context.ts';
import { SECRET } from '../support/credentials.ts';
import { record } from '../support/recording.ts';

const fingerprint = makeFingerprint(new Secret(SECRET));
const issued = (value: string, expiresAtUptimeMs?: number) => ({
  token: new Secret(value) as Masked,
  fingerprint,
  expiresAtUptimeMs,
});
const inputs = { 'ims-url': 'https://ims-na1-stg1.adobelogin.com/', 'max-attempts': '3' };

test('a token of 32,000 characters can be saved, a longer one would keep the post step from starting', () => {
  const tokens = [32_000, 32_001].map((length) => issued('a'.repeat(length)));
  expect(listSavable(tokens)).toEqual(tokens.slice(0, 1));
});

test('of tokens that have more than 500,000 characters together the last ones can be saved', () => {
  const tokens = Array.from({ length: 20 }, (_, index) => issued(`${index}`.padEnd(31_250, 'a')));
  expect(listSavable(tokens)).toEqual(tokens.slice(4));
  expect(listSavable([issued('first'), ...tokens])).toEqual(tokens.slice(4));
  expect(listSavable([...tokens, issued('last')])).toEqual([...tokens.slice(5), issued('last')]);
});

describe('the state', () => {
  test('is all that the post step needs but the secret, and has it run', () => {
    const { context, recording } = startRun({ inputs });
    const before = recording.calls.length;
    saveRevocationState(context, [issued('first-token'), issued('second-token', 1234)]);
    expect(recording.calls.slice(before)).toEqual([
      ['state', 'token-0', 'first-token'],
      ['state', 'fingerprint-0', fingerprint],
      ['state', 'expires-at-ms-0', ''],
      ['state', 'token-1', 'second-token'],
      ['state', 'fingerprint-1', fingerprint],
      ['state', 'expires-at-ms-1', '1234'],
      ['state', 'client-id', 'the-client'],
      ['state', 'ims-url', 'https://ims-na1-stg1.adobelogin.com'],
      ['state', 'max-attempts', '3'],
      ['variable', 'ADOBE_IMS_TOKEN_REVOKE', 'true'],
    ]);
  });

  test('is read as it was saved, its tokens masked', () => {
    const { context, recording } = startRun({ inputs });
    saveRevocationState(context, [issued('first-token'), issued('second-token', 1234)]);
    const post = record({ state: recording.pairs('state') });
    expect(readRevocationState(post.runner)).toEqual({
      issued: [issued('first-token'), issued('second-token', 1234)],
      clientId: 'the-client',
      imsUrl: 'https://ims-na1-stg1.adobelogin.com',
      maxAttempts: 3,
    });
    expect(post.calls).toEqual([
      ['mask', 'first-token'],
      ['mask', 'second-token'],
    ]);
  });

  test('holds no token where the main step saved none', () => {
    expect(readRevocationState(record().runner).issued).toEqual([]);
  });

  test.each(['state', 'variable'] as const)('is not saved in part where a %s cannot be', (kind) => {
    const { context, recording } = startRun({ failing: [kind] });
    expect(() => saveRevocationState(context, [issued('first-token')])).toThrow(
      expect.objectContaining({ name: 'FileCommandError' }),
    );
    expect(recording.pairs('state')).toEqual({});
  });
});
