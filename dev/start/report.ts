// What a step left behind, as `npm start` shows it.
import type { StepResult } from '../runner/step.ts';

const longestValue = 100;

/** Outputs, variables, state and summary, each where there is one; `hide` takes out what nobody may see. */
export function describeResult(result: StepResult, hide: (text: string) => string): string {
  const { outputs, env, state, summary } = result;
  const describePairs = (pairs: Readonly<Record<string, string>>) => {
    const width = Math.max(...Object.keys(pairs).map((name) => name.length));
    return Object.entries(pairs)
      .map(([name, value]) => `${name.padEnd(width)}  ${cut(hide(value))}`.trimEnd())
      .join('\n');
  };
  return [
    describeSection('Outputs', describePairs(outputs)),
    describeSection('Environment variables', describePairs(env)),
    describeSection('State for the post step', describePairs(state)),
    describeSection('Job summary', hide(renderSummary(summary))),
  ].join('');
}

function describeSection(title: string, text: string): string {
  return text === '' ? '' : `\n${title}\n${text.replace(/^(?=.)/gm, '  ')}\n`;
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

/** Of what is hidden already: half a token is a token's half. */
function cut(value: string): string {
  if (value.length <= longestValue) return value;
  return `${value.slice(0, longestValue)}… (${value.length} characters)`;
}
