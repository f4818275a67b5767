// The shipped bundle adds its table to the job summary: where it is wanted, and where there is something to report.
import { describe, expect, test } from '@jest/globals';
import { runMain } from '../support/bundle.ts';
import { startWithSeal } from '../support/seals.ts';
import { start } from '../support/stand-in.ts';

const summary = { summary: 'true' };

/** The table as rows of text. */
function readTable(html: string): readonly string[] {
  return [...html.matchAll(/<tr><th align="left">(.*?)<\/th><td>(.*?)<\/td><\/tr>/g)].map(
    ([, name, value = '']) => `${name}: ${value.replace(/<\/?code>/g, '').replaceAll('<br>', ' ')}`,
  );
}

describe('the summary', () => {
  test.concurrent('tells what was got, and how', async () => {
    const standIn = await start({ fail: ['503'] });
    const inputs = { ...summary, service: 'photoshop', verify: 'token' };
    const run = await runMain(standIn, { inputs });
    expect(run.exitCode).toBe(0);
    expect(run.summary).toMatch(/^### Adobe IMS access token\n\n<table>[^\n]*<\/table>\n\n$/);
    const { 'expires-at': expiresAt } = run.outputs;
    expect(readTable(run.summary)).toEqual([
      'Service: photoshop',
      `IMS: ${new URL(standIn.url).host}`,
      'Client ID: the-client',
      'Scopes: openid AdobeID firefly&#95;api ff&#95;apis',
      'Source: minted',
      `Valid until: ${expiresAt} (23 h 59 min)`,
      'Verified: token',
      'Attempts: 2',
    ]);
  });

  test.concurrent('marks the scopes that were not granted', async () => {
    const standIn = await start({ grantedScopes: ['openid', 'a<b>'] });
    const inputs = { ...summary, scope: 'openid,a<b>,c|d' };
    const run = await runMain(standIn, { inputs });
    expect(readTable(run.summary)).toContain(
      'Scopes: openid a&#60;b&#62; <del>c&#124;d</del> (wanted, not granted)',
    );
  });

  test.concurrent('tells of a sealed token, too', async () => {
    const { standIn, sealed } = await startWithSeal();
    const run = await runMain(standIn, { inputs: { ...summary, 'sealed-token': sealed } });
    const table = readTable(run.summary);
    expect(table).toContain('Source: sealed');
    expect(table).toContain('Attempts: 0');
  });

  test.concurrent('is not written by a run that fails, nor where nobody wants it', async () => {
    const failed = await runMain(await start({ fail: ['invalid_scope'] }), { inputs: summary });
    expect({ exitCode: failed.exitCode, summary: failed.summary }).toEqual({
      exitCode: 1,
      summary: '',
    });
    const { summary: unwanted } = await runMain(await start());
    expect(unwanted).toBe('');
  });
});
