// The shipped bundle and a sealed token that does not serve: it costs a notice, never a failure, and a new one is minted.
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { StandIn } from '../../dev/stand-in/server.ts';
import { troubleshootingUrl } from '../../src/messages.ts';
import { seal } from '../../src/secrets/seal.ts';
import { Secret } from '../../src/secrets/secret.ts';
import { runMain } from '../support/bundle.ts';
import { CLIENT_ID, SECOND_SECRET, SECRET } from '../support/credentials.ts';
import { startWithSeal, summarize } from '../support/seals.ts';
import { start } from '../support/stand-in.ts';
import { giveSealedPayload } from '../support/tokens.ts';

describe('a sealed token is dropped with a notice, and a new one minted,', () => {
  let standIn: StandIn;
  let sealed: string;
  beforeAll(async () => {
    ({ standIn, sealed } = await startWithSeal({}, { scope: 'a,b' }));
  });

  async function expectDropped(
    notice: string,
    inputs: Record<string, string>,
    at = standIn,
  ): Promise<void> {
    const run = await runMain(at, { inputs: { scope: 'a,b', 'sealed-token': sealed, ...inputs } });
    const notices = [
      `The sealed token is not used: it ${notice}. Requesting a new one. ${troubleshootingUrl('sealed-token-not-used')}`,
    ];
    expect(summarize(run)).toEqual({ exitCode: 0, source: 'minted', notices });
  }

  const other = 'was made with another client secret, client ID or ims-url, or was altered';
  const broken = 'is not a sealed token, or was truncated';

  test.concurrent.each<[string, string, (text: string) => string]>([
    ['is something else', broken, () => 'eyJhbGciOiJub25lIn0..x.x.x'.slice(0, 12)],
    ['was cut', broken, (text) => text.slice(0, text.lastIndexOf('.'))],
    ['was written in another way', broken, (text) => `${text}=`],
    [
      'was changed',
      other,
      (text) => text.replace(/(?<=\.\..{20})./, (old) => (old === 'A' ? 'B' : 'A')),
    ],
    [
      'is of another version',
      'was made by another version of this action',
      (text) => changeHeader(text, { v: 2 }),
    ],
    [
      'is none of this action',
      'is not a sealed token of this action',
      (text) => changeHeader(text, { salt: 1 }),
    ],
    ['would be decrypted in another way', other, (text) => changeHeader(text, { enc: 'A128GCM' })],
  ])('where it %s', async (_why, notice, change) => {
    await expectDropped(notice, { 'sealed-token': change(sealed) });
  });

  test.concurrent.each<[string, string, Record<string, string>]>([
    ['with another secret', other, { 'client-secret': SECOND_SECRET }],
    ['for another client', other, { 'client-id': 'another-client' }],
    ['for another organization', 'was made for another org-id', { 'org-id': '12@AdobeOrg' }],
    ['for fewer scopes', 'was made for other scopes, without c', { scope: 'a,b,c' }],
  ])('where it was made %s', async (_how, notice, inputs) => {
    await expectDropped(notice, inputs);
  });

  test.concurrent('where it was made by another IMS', async () => {
    await expectDropped(other, {}, await start());
  });

  test.concurrent('where it is too near its end', async () => {
    const run = await runMain(standIn, {
      inputs: { scope: 'a,b', 'sealed-token': sealed, 'min-validity': '90000' },
    });
    const notice = expect.stringMatching(
      / expires in 86[34]\d\d s, and min-validity is 90000 s\. /,
    );
    expect(summarize(run)).toEqual({ exitCode: 0, source: 'minted', notices: [notice] });
  });

  test.concurrent('where it has expired', async () => {
    const now = Date.now();
    const payload = giveSealedPayload({
      requested: 'a b',
      minted_at_ms: now - 86_400_000,
      expires_at_ms: now - 1,
    });
    const old = await seal(payload, [CLIENT_ID, standIn.url], new Secret(SECRET));
    await expectDropped('has expired', { 'sealed-token': old, 'min-validity': '0' });
  });
});

function changeHeader(sealed: string, changes: Record<string, unknown>): string {
  const [header = '', ...rest] = sealed.split('.');
  const fields = JSON.parse(Buffer.from(header, 'base64url').toString());
  const changed = Buffer.from(JSON.stringify({ ...fields, ...changes })).toString('base64url');
  return [changed, ...rest].join('.');
}
