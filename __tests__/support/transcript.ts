// What a run said and left, as text that is the same on every run: only what must differ is replaced by what it stands for.
import type { StepResult } from '../../dev/runner/step.ts';
import { readRepositoryName } from '../../dev/support/repository.ts';

interface Known {
  /** `host:port` of the server that was called. */
  readonly host: string;
  readonly secrets: readonly string[];
  readonly tokens: readonly string[];
}

/** What differs from run to run, each where it may stand and in the form that it must have. */
const varying: readonly (readonly [RegExp, string])[] = [
  [/(?<=^::debug::[A-Z]+ .*: attempt .*\()\d+(\.\d+)? s(?=\)$)/gm, 'N s'],
  [/(?<=; next try in )\d+(\.\d+)? s(?= \()/g, 'N s'],
  [/(?<=no full answer within )\d+(\.\d+)? s/g, 'N s'],
  [/(?<=the step has )\d+(\.\d+)? s/g, 'N s'],
  [/(?<=, in )\d+(\.\d+)? s(?=$|, after)/gm, 'N s'],
  [/(?<=x-(debug|request)-id )[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}(?=[,)])/g, 'UUID'],
  [/(?<=, valid until |^expires-at=)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/gm, 'TIME'],
  [/(?<=<td>)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ \(23 h 59 min\)/g, 'TIME (23 h 59 min)'],
  [/(?<=^expires-in=)\d+$/gm, 'SECONDS'],
  [/(?<=^expires-at-ms-\d=)\d+$/gm, 'MILLISECONDS'],
  [/(?<=^fingerprint-\d=)[\da-f]{32}\.[\da-f]{8}$/gm, 'FINGERPRINT'],
  [/(?<=^sealed-token=)[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/gm, 'SEAL'],
];

const link = new RegExp(
  `https://github\\.com/${readRepositoryName()}/blob/v\\d+/docs/TROUBLESHOOTING\\.md#`,
  'g',
);

/** The log as the runner gets it, then the exit code, then what was written for the runner. */
export function writeTranscript(result: StepResult, known: Known): string {
  const text = [
    result.stdout,
    result.stderr && `stderr:\n${result.stderr}`,
    `exit code ${result.exitCode ?? result.signal}\n`,
    writePairs('outputs', result.outputs),
    writePairs('environment', result.env),
    writePairs('state', result.state),
    result.summary && `summary:\n${result.summary}`,
  ].join('');
  const named = nameValues(nameValues(text, 'SECRET', known.secrets), 'TOKEN', known.tokens);
  return varying.reduce(
    (shown, [pattern, name]) => shown.replace(pattern, name),
    named.replaceAll(known.host, 'HOST').replace(link, 'TROUBLESHOOTING#'),
  );
}

function writePairs(title: string, pairs: Readonly<Record<string, string>>): string {
  const lines = Object.entries(pairs).map(([name, value]) => `${name}=${value}\n`);
  return lines.length > 0 ? `${title}:\n${lines.join('')}` : '';
}

/** Each of `values` by its number, in all the forms that a mask may have. */
function nameValues(text: string, name: string, values: readonly string[]): string {
  return values.reduce((shown, value, index) => {
    const label = `${name} ${index + 1}`;
    const form = new URLSearchParams({ '': value }).toString().slice(1);
    return shown
      .replaceAll(value, label)
      .replaceAll(escapeMessage(value), label)
      .replaceAll(escapeMessage(encodeURIComponent(value)), `${label}, URL-encoded`)
      .replaceAll(escapeMessage(form), `${label}, form-encoded`)
      .replace(maskWith(value.slice(-40)), `::add-mask::${label}, spoilt`)
      .replace(maskWith(value.slice(0, 40)), `::add-mask::${label}, cut`);
  }, text);
}

/** What a command makes of a message. */
function escapeMessage(message: string): string {
  return message.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** A mask that holds `piece`, which has no character with a meaning in a pattern where it is a token's. */
function maskWith(piece: string): RegExp {
  return /^[\w.-]{40}$/.test(piece) ? new RegExp(`^::add-mask::.*${piece}.*$`, 'gm') : /(?!)/;
}
