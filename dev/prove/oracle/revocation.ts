// Revoking: the main step saves a token that it got, and the post step revokes what was saved, and never fails.
import type { Observation, Run } from '../perform.ts';
import type { Delivery } from '../schedule/play.ts';
import type { Schedule } from '../schedule.ts';
import { type Ending, forecastRevocation } from './forecast.ts';

/** How an answer is sure to arrive. */
const unspoilt: readonly Delivery[] = ['whole', 'chunked', 'pieces', 'closed', 'interim'];

/** With `revoke`, no token that arrived may be lost, whatever came after it; without, none is saved. */
export function judgeState(
  { inputs }: Schedule,
  { main }: Observation,
  matching: readonly Ending[],
): string[] {
  const { state, env, exitCode, outputs } = main.result;
  const { token: saved } = state;
  if (inputs['revoke'] !== 'true') return saved === undefined ? [] : ['State saved without revoke'];
  const arrived = main.attempts.findLast(
    ({ label, play: { answer, delivery } }) =>
      label.startsWith('mint') && answer === 'good' && unspoilt.includes(delivery),
  );
  // An answer may cross the end of the time.
  const missed = matching.some(({ granted, why }) => granted === undefined && why === 'time');
  const lost = arrived?.token !== undefined && saved !== arrived.token && !missed;
  return [
    ...(lost ? ['A token arrived that was not saved'] : []),
    ...(saved !== undefined && env['ADOBE_IMS_TOKEN_REVOKE'] !== 'true'
      ? ['State was saved, but the post step would not run']
      : []),
    ...(exitCode !== 0 && 'access-token' in outputs
      ? ['Failed, but published a token that is to be revoked']
      : []),
  ];
}

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
    return texts;
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
  return texts;
}
