// The post step: it revokes the token that was saved, and never fails.
import { forecastRevocation } from './forecast.ts';
import type { Run } from './perform.ts';
import type { Schedule } from './schedule.ts';

export function judgeRevocation(
  schedule: Schedule,
  state: Readonly<Record<string, string>>,
  { result, attempts }: Run,
): string[] {
  const texts: string[] = [];
  if (result.exitCode !== 0) texts.push(`exit ${result.exitCode ?? result.signal}`);
  if (Object.keys({ ...result.outputs, ...result.env }).length > 0) texts.push('left something');
  const route = attempts.map(({ label }) => label).join();
  if (state['token'] === undefined) {
    // State without a token is another's business; silence is asked for where there is none.
    if (route !== '' || result.stdout.includes('::warning')) texts.push('acted without state');
    return texts.map((text) => `Post step: ${text}`);
  }
  const replies = forecastRevocation(schedule);
  const matching = replies.filter(({ moment }) => moment.route.join() === route);
  if (matching.length === 0) {
    const expected = replies.map(({ moment, result }) => `${result} after ${moment.route}`);
    texts.push(`expected ${[...new Set(expected)].join(' or ')}; seen ${route || 'nothing'}`);
  }
  const warned = result.stdout.match(/^::warning/gm)?.length ?? 0;
  const good = matching.map((reply) => reply.result === 'good');
  if (!good.includes(warned === 0)) texts.push(`${warned} warnings after ${route}`);
  const lines = result.stdout.match(/^(?!::).+$/gm)?.length ?? 0;
  if (warned + lines !== 1) texts.push(`${warned} warnings, ${lines} other lines`);
  return texts.map((text) => `Post step: ${text}`);
}
