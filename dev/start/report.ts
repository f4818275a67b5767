// What a step left behind, as `npm start` shows it.
import type { StepResult } from '../runner/step.ts';
import { renderSummary } from './summary.ts';

type Pairs = Readonly<Record<string, string>>;

const longestValue = 100;

/** Outputs, variables, state and summary, each where there is one; `hide` takes out what nobody may see. */
export function describeResult(result: StepResult, hide: (text: string) => string): string {
  const { outputs, env, state, summary } = result;
  return [
    describePairs('Outputs', outputs, hide),
    describePairs('Environment variables', env, hide),
    describePairs('State for the post step', state, hide),
    summary === '' ? '' : describeSection('Job summary', hide(renderSummary(summary))),
  ].join('');
}

export function describeSection(title: string, text: string): string {
  return `\n${title}\n${text.replace(/^(?=.)/gm, '  ')}\n`;
}

function describePairs(title: string, pairs: Pairs, hide: (text: string) => string): string {
  const names = Object.keys(pairs);
  if (names.length === 0) return '';
  const width = Math.max(...names.map((name) => name.length));
  const lines = Object.entries(pairs).map(([name, value]) =>
    // Hidden before it is cut: half a token is a token's half.
    `${name.padEnd(width)}  ${cut(hide(value))}`.trimEnd(),
  );
  return describeSection(title, lines.join('\n'));
}

function cut(value: string): string {
  if (value.length <= longestValue) return value;
  return `${value.slice(0, longestValue)}… (${value.length} characters)`;
}
