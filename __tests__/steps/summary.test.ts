// The table in the job summary: what it says, and that nothing in it is read as markup.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Publication } from '../../src/steps/publication.ts';
import { duration, escapeHtml, renderFailure, renderSummary } from '../../src/steps/summary.ts';
import { START_MS } from '../support/clock.ts';
import { giveInputs } from '../support/input-source.ts';
import { giveToken } from '../support/tokens.ts';

const publication: Publication = {
  token: giveToken({ scopes: ['openid', 'ff_apis'], expiresAtMs: START_MS + 86_399_000 }),
  source: 'minted',
  verified: 'none',
  attempts: 1,
};
const inputs = giveInputs({ clientId: 'the-client', scopes: ['openid', 'ff_apis'] });
const row = (name: string, value: string) =>
  `<tr><th align="left">${name}</th><td>${value}</td></tr>`;

describe('the summary', () => {
  test('says what was got, for how long, and how', () => {
    const rows = [
      row('Service', '<code>firefly</code>'),
      row('Client ID', '<code>the-client</code>'),
      row('Scopes', '<code>openid</code><br><code>ff&#95;apis</code>'),
      row('Source', 'minted'),
      row('Valid until', '2026-11-22T19:59:59Z (23 h 59 min)'),
      row('Verified', 'none'),
      row('Attempts', '1'),
    ];
    expect(renderSummary(inputs, publication, START_MS)).toBe(
      `### Adobe IMS access token\n\n<table>${rows.join('')}</table>\n\n`,
    );
  });

  test('tells of another IMS than production', () => {
    const other = { ...inputs, imsUrl: 'https://ims.example:8443/base' };
    expect(renderSummary(other, publication, START_MS)).toContain(
      `${row('Service', '<code>firefly</code>')}${row('IMS', '<code>ims.example:8443</code>')}${row('Client ID', '<code>the-client</code>')}`,
    );
  });

  test('strikes out the scopes that were wanted and not granted', () => {
    const wanting = { ...inputs, scopes: ['openid', 'a_b', 'ff_apis', 'c'] };
    expect(renderSummary(wanting, publication, START_MS)).toContain(
      row(
        'Scopes',
        '<code>openid</code><br><code>ff&#95;apis</code><br><del><code>a&#95;b</code></del> (requested, not granted)<br><del><code>c</code></del> (requested, not granted)',
      ),
    );
  });

  test('tells of a sealed token that was verified', () => {
    const sealed: Publication = {
      ...publication,
      source: 'sealed',
      verified: 'service',
      attempts: 0,
    };
    const shown = renderSummary(inputs, sealed, START_MS);
    expect(shown).toContain(row('Source', 'sealed'));
    expect(shown).toContain(row('Verified', 'service'));
    expect(shown).toContain(row('Attempts', '0'));
  });

  test('holds neither the token nor the secret', () => {
    const shown = renderSummary(inputs, publication, START_MS);
    expect(shown).not.toContain(publication.token.value.reveal());
    expect(shown).not.toContain(inputs.clientSecrets[0].secret.reveal());
  });

  test('has no markup but its own, whatever the client ID and the scopes are', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 });
    fc.assert(
      fc.property(text, fc.array(text), fc.array(text), (clientId, scopes, wanted) => {
        const token = giveToken({ scopes });
        const shown = renderSummary(
          { ...inputs, clientId, scopes: wanted },
          { ...publication, token },
          START_MS,
        );
        const [heading, , table, ...rest] = shown.split('\n');
        expect([heading, ...rest]).toEqual(['### Adobe IMS access token', '', '']);
        const bare = table?.replace(/<\/?(table|tr|td|th align="left"|th|code|del|br)>/g, '');
        expect(bare?.replace(/&#\d+;/g, '')).toMatch(/^[A-Za-z0-9 .,:()-]*$/);
      }),
    );
  });
});

describe('services in the summary', () => {
  test('are listed where there are several', () => {
    const several = { ...inputs, services: ['firefly', 'express'] as const };
    expect(renderSummary(several, publication, START_MS)).toContain(
      row('Services', '<code>firefly</code><br><code>express</code>'),
    );
  });

  test('are not named where there are none: nobody said firefly', () => {
    const none = { ...inputs, services: [] };
    expect(renderSummary(none, publication, START_MS)).not.toMatch(/Service|firefly<\/code>/);
  });
});

test('a failure is one row, in which nothing is read as markup', () => {
  expect(renderFailure('No <b>way</b>. See https://a.example/#b')).toBe(
    `### Adobe IMS access token\n\n<table>${row('Failed', 'No &#60;b&#62;way&#60;&#47;b&#62;. See https:&#47;&#47;a.example&#47;&#35;b')}</table>\n\n`,
  );
});

describe('text in HTML', () => {
  test.each([
    ['AZaz09 .,:-', 'AZaz09 .,:-'],
    ['<b>', '&#60;b&#62;'],
    ['&amp;', '&#38;amp&#59;'],
    ['"\'`', '&#34;&#39;&#96;'],
    ['_*~|[](#)@!\\', '&#95;&#42;&#126;&#124;&#91;&#93;&#40;&#35;&#41;&#64;&#33;&#92;'],
    ['a\nb', 'a&#10;b'],
    ['é🔑', '&#233;&#128273;'],
  ])('%j becomes %s', (text, escaped) => {
    expect(escapeHtml(text)).toBe(escaped);
  });

  test('is read back as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const read = escapeHtml(text).replace(/&#(\d+);/g, (_, code) =>
          String.fromCodePoint(Number(code)),
        );
        expect(read).toBe(text);
      }),
    );
  });
});

test.each([
  [0, '0 s'],
  [59, '59 s'],
  [60, '1 min'],
  [3599, '59 min'],
  [3600, '1 h 0 min'],
  [86_399, '23 h 59 min'],
  [90_061, '25 h 1 min'],
])('%d seconds are shown as %s', (totalSeconds, shown) => {
  expect(duration(totalSeconds)).toBe(shown);
});
