// The shipped bundle adds its table to the job summary: where it is wanted, and where there is something to report.
import { describe, expect, test } from '@jest/globals';
import type { StandInOptions } from '../../dev/stand-in/server.ts';
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
    const standIn = await start({ grant: { scope: 'openid,a<b>' } });
    const inputs = { ...summary, scope: 'openid,a<b>,c|d' };
    const run = await runMain(standIn, { inputs });
    expect(readTable(run.summary)).toContain(
      'Scopes: openid a&#60;b&#62; <del>c&#124;d</del> (requested, not granted)',
    );
  });

  test.concurrent('tells of a sealed token, too', async () => {
    const { standIn, sealed } = await startWithSeal();
    const run = await runMain(standIn, { inputs: { ...summary, 'sealed-token': sealed } });
    const table = readTable(run.summary);
    expect(table).toContain('Source: sealed');
    expect(table).toContain('Attempts: 0');
  });

  test.concurrent.each<[string, StandInOptions, Record<string, string>]>([
    ['IMS refuses', { fail: ['invalid_scope'] }, {}],
    ['an input is wrong', {}, { timeout: 'soon' }],
    ['the credentials are missing', {}, { 'client-secret': '' }],
  ])('says what failed and what to do where %s', async (_what, options, inputs) => {
    const failed = await runMain(await start(options), { inputs: { ...summary, ...inputs } });
    expect(failed.exitCode).toBe(1);
    const [row = '', ...others] = readTable(failed.summary);
    expect(others).toEqual([]);
    expect(unescapeHtml(row)).toBe(`Failed: ${failed.errors[0]}`);
  });

  test.concurrent('is not written where nobody wants it, by a run that fails neither', async () => {
    expect((await runMain(await start())).summary).toBe('');
    expect((await runMain(await start({ fail: ['invalid_scope'] }))).summary).toBe('');
  });
});

function unescapeHtml(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}
