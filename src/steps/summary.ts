/** The job summary's table, in HTML that GitHub's Markdown leaves alone. */

import { isoSeconds, missingScopes, secondsUntil } from '../adobe/token.ts';
import { type Inputs, PRODUCTION_IMS_URL } from '../inputs/inputs.ts';
import type { Publication } from './publication.ts';

/** A table of what was got. It holds no secret, and everything in it is escaped. */
export function renderSummary(inputs: Inputs, publication: Publication, nowMs: number): string {
  const { token, source, verified, attempts } = publication;
  const missing = missingScopes(inputs.scopes, token);
  const rows: readonly (readonly [string, string])[] = [
    ...(inputs.services.length > 0
      ? [
          [
            inputs.services.length === 1 ? 'Service' : 'Services',
            inputs.services.map(code).join('<br>'),
          ] as const,
        ]
      : []),
    ...(inputs.imsUrl === PRODUCTION_IMS_URL
      ? []
      : [['IMS', code(new URL(inputs.imsUrl).host)] as const]),
    ['Client ID', code(inputs.clientId)],
    [
      'Scopes',
      [
        ...token.scopes.map(code),
        ...missing.map((scope) => `<del>${code(scope)}</del> (requested, not granted)`),
      ].join('<br>'),
    ],
    ['Source', escapeHtml(source)],
    [
      'Valid until',
      `${escapeHtml(isoSeconds(token.expiresAtMs))} (${duration(secondsUntil(token.expiresAtMs, nowMs))})`,
    ],
    ['Verified', escapeHtml(verified)],
    ['Attempts', escapeHtml(String(attempts))],
  ];
  return renderTable(rows);
}

/** A table of what failed and what to do: the line that the log shows. */
export function renderFailure(line: string): string {
  return renderTable([['Failed', escapeHtml(line)]]);
}

function renderTable(rows: readonly (readonly [string, string])[]): string {
  // One line: a blank line would end the HTML block, and Markdown would be read again.
  const body = rows.map(
    ([name, value]) => `<tr><th align="left">${name}</th><td>${value}</td></tr>`,
  );
  return `### Adobe IMS access token\n\n<table>${body.join('')}</table>\n\n`;
}

/** `23 h 59 min`, `59 min`, `59 s`. */
export function duration(totalSeconds: number): string {
  if (totalSeconds < 60) return `${totalSeconds} s`;
  const minutes = Math.floor(totalSeconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Everything but plain words becomes a character reference, so neither HTML nor Markdown sees markup. */
export function escapeHtml(text: string): string {
  return text.replace(/[^A-Za-z0-9 .,:-]/gu, (character) => `&#${character.codePointAt(0)};`);
}

function code(text: string): string {
  return `<code>${escapeHtml(text)}</code>`;
}
