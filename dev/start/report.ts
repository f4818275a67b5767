// What a step left behind, as `npm start` shows it.
import type { StepResult } from '../runner/step.ts';

/** Outputs, variables, state and summary, each where there is one; `hide` takes out what nobody may see. */
export function describeResult(result: StepResult, hide: (text: string) => string): string {
  const sections = {
    Outputs: describePairs(result.outputs),
    'Environment variables': describePairs(result.env),
    'State for the post step': describePairs(result.state),
    'Job summary': renderSummary(result.summary),
  };
  return Object.entries(sections)
    .filter(([, text]) => text !== '')
    .map(([title, text]) => {
      // What is cut is hidden already: half a token is a token's half.
      const lines = hide(text).replace(/^(.{200}).+/gm, '$1…');
      return `\n${title}\n${lines.replace(/^(?=.)/gm, '  ')}\n`;
    })
    .join('');
}

/** A line for each pair, the values below each other. */
export function describePairs(pairs: Readonly<Record<string, string>>): string {
  const width = Math.max(...Object.keys(pairs).map((name) => name.length));
  return Object.entries(pairs)
    .map(([name, value]) => `${name.padEnd(width)}  ${value}`.trimEnd())
    .join('\n');
}

/** A job summary as text: a line for each row of its table, which GitHub shows. */
export function renderSummary(html: string): string {
  return html
    .replace(/^#+ |\n(?=<table>)/gm, '')
    .replaceAll('</tr>', '\n')
    .replaceAll('</th>', ': ')
    .replaceAll('<br>', ', ')
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .trim();
}
