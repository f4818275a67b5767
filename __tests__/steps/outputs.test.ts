// The outputs of a run with a token.
import { describe, expect, test } from '@jest/globals';
import { listOutputs } from '../../src/steps/outputs.ts';
import type { Publication } from '../../src/steps/publication.ts';
import { START_MS } from '../support/clock.ts';
import { giveInputs } from '../support/input-source.ts';
import { giveToken, OPAQUE_TOKEN } from '../support/tokens.ts';

function list(changes: Partial<Publication> = {}, orgId?: string, nowMs = START_MS) {
  const publication: Publication = {
    token: giveToken({ scopes: ['openid', 'x'] }),
    source: 'minted',
    verified: 'none',
    attempts: 1,
    ...changes,
  };
  const outputs = listOutputs(giveInputs({ orgId }), publication, nowMs);
  return outputs.map(([name, value]) => [name, typeof value === 'string' ? value : value.reveal()]);
}

const USUAL = [
  ['access-token', OPAQUE_TOKEN],
  ['token-type', 'bearer'],
  ['expires-in', '86400'],
  ['expires-at', '2026-11-22T20:00:00Z'],
  ['scope', 'openid,x'],
  ['client-id', 'the-client'],
  ['source', 'minted'],
  ['verified', 'none'],
  ['skipped', 'false'],
];

describe('the outputs', () => {
  test('are these', () => {
    expect(list()).toEqual(USUAL);
  });

  test('hold the organization where it is known, and the seal where one was made', () => {
    expect(list({ sealedToken: 'e30....' }, '12@AdobeOrg')).toEqual([
      ...USUAL.slice(0, 6),
      ['org-id', '12@AdobeOrg'],
      ...USUAL.slice(6),
      ['sealed-token', 'e30....'],
    ]);
  });

  test('count the seconds to the moment at which they are written', () => {
    expect(list({}, undefined, START_MS + 61_500)).toContainEqual(['expires-in', '86338']);
  });
});
