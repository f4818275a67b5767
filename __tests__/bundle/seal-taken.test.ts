// The shipped bundle carries a token from step to step, sealed, and takes it for as long as it serves.
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { StandIn } from '../../dev/stand-in/server.ts';
import { runMain } from '../support/bundle.ts';
import { SECOND_SECRET, SECRET } from '../support/credentials.ts';
import { startWithSeal, summarize } from '../support/seals.ts';
import { listPaths, start } from '../support/stand-in.ts';

const taken = { exitCode: 0, source: 'sealed', notices: [] };

describe('a sealed token', () => {
  let standIn: StandIn;
  let sealed: string;
  beforeAll(async () => {
    ({ standIn, sealed } = await startWithSeal({}, { scope: 'a,b,c' }));
  });

  test.concurrent.each<[string, Record<string, string>]>([
    ['is taken with no call to IMS', { scope: 'a,b,c' }],
    ['may carry more scopes than are wanted', { scope: 'c a' }],
    [
      'is opened with any of the secrets',
      { scope: 'a', 'client-secret': `${SECOND_SECRET}\n${SECRET}` },
    ],
    ['is passed on as it is', { scope: 'a', seal: 'true' }],
  ])('%s', async (_what, inputs) => {
    const run = await runMain(standIn, { inputs: { ...inputs, 'sealed-token': sealed } });
    expect(summarize(run)).toEqual(taken);
    expect(run.outputs['access-token']).toBe(standIn.tokens[0]);
    expect(run.outputs['sealed-token']).toBe(inputs['seal'] && sealed);
    expect(standIn.requests).toHaveLength(1);
  });

  test.concurrent('is made on demand, and serves in the next step with no call to IMS', async () => {
    const { standIn, first, sealed } = await startWithSeal();
    expect(first.transcript).toMatchSnapshot();
    expect(first.masks).not.toContain(sealed);
    const second = await runMain(standIn, { inputs: { 'sealed-token': sealed } });
    expect(second.transcript).toMatchSnapshot();
    expect(second.outputs['access-token']).toBe(standIn.tokens[0]);
    expect(standIn.requests).toHaveLength(1);
  });

  test.concurrent('is sealed under the secret that IMS took', async () => {
    const both = { 'client-secret': `${SECRET}\n${SECOND_SECRET}` };
    const { standIn, sealed } = await startWithSeal({ clientSecrets: [SECOND_SECRET] }, both);
    const inputs = { 'client-secret': SECOND_SECRET, 'sealed-token': sealed };
    expect(summarize(await runMain(standIn, { inputs }))).toEqual(taken);
  });

  test.concurrent('of a short life is good for a tenth of it, or for what is wanted', async () => {
    const { standIn, sealed } = await startWithSeal({ grant: { lifetimeS: 1000 } });
    const run = await runMain(standIn, { inputs: { 'sealed-token': sealed } });
    expect(summarize(run)).toEqual(taken);
    const picky = { 'sealed-token': sealed, 'min-validity': '1000' };
    expect(summarize(await runMain(standIn, { inputs: picky }))).toMatchObject({
      source: 'minted',
    });
  });

  test.concurrent('is verified before it is taken', async () => {
    const { standIn, sealed } = await startWithSeal();
    const inputs = { 'sealed-token': sealed, verify: 'token' };
    const run = await runMain(standIn, { inputs });
    expect(summarize(run)).toEqual(taken);
    expect(run.outputs['verified']).toBe('token');
    expect(listPaths(standIn)).toEqual(['/ims/token/v3', '/ims/validate_token/v1']);
  });

  test.concurrent('that fails its verification is dropped, and a new one is verified', async () => {
    const { standIn, sealed } = await startWithSeal({ failVerify: ['invalid'] });
    const run = await runMain(standIn, { inputs: { 'sealed-token': sealed, verify: 'token' } });
    expect(run.exitCode).toBe(0);
    expect(run.transcript).toMatchSnapshot();
    expect(standIn.requests).toHaveLength(4);
  });

  test.concurrent('is dropped, and nothing published, when a new one fails, too', async () => {
    const { standIn, sealed } = await startWithSeal({ failVerify: ['invalid*'] });
    const run = await runMain(standIn, { inputs: { 'sealed-token': sealed, verify: 'token' } });
    expect(run.exitCode).toBe(1);
    expect(run.transcript).toMatchSnapshot();
    expect(standIn.requests).toHaveLength(4);
  });

  test.concurrent('is not made where it would be too long to carry', async () => {
    const standIn = await start({ grant: { opaque: true, bytes: 16 * 1024 } });
    const inputs = { seal: 'true', scope: 'x'.repeat(2000) };
    const { exitCode, outputs, warnings } = await runMain(standIn, { inputs });
    expect(exitCode).toBe(0);
    expect(outputs).not.toHaveProperty('sealed-token');
    expect(warnings).toEqual([
      expect.stringMatching(
        /^The output sealed-token is empty: it would be longer than 24 KiB\. Later jobs must request tokens of their own\. https:.*#sealed-token-not-used$/,
      ),
    ]);
  });
});
