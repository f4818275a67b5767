// One schedule again, with all that it was given, all that it did and all that it should have done.
import { maskText } from '../runner/log.ts';
import { withBundle } from './bundles.ts';
import { runSchedule } from './campaign.ts';
import { describeEndings, forecast } from './oracle/forecast.ts';
import { startServers } from './perform/servers.ts';
import type { Run } from './perform.ts';
import { describeFindings } from './report.ts';
import { describePlay } from './schedule/play.ts';
import { drawSchedule, type Schedule } from './schedule.ts';

/** Whether nothing was found. */
export async function showSchedule(
  seed: number,
  index: number,
  print: (text: string) => void,
): Promise<boolean> {
  const schedule = drawSchedule(seed, index);
  print(describeSchedule(schedule));
  const servers = await startServers();
  try {
    const result = await withBundle((bundle) => runSchedule(schedule, servers, bundle));
    for (const run of [result.seen?.main, result.seen?.post]) if (run) print(describeRun(run));
    print(`\n${describeFindings(result)}`);
    return result.findings.length === 0;
  } finally {
    await servers.close();
  }
}

function describeSchedule(schedule: Schedule): string {
  const { plays, postPlays, obstacle, ...rest } = schedule;
  return [
    `${JSON.stringify({ ...rest, obstacle: obstacle?.name }, undefined, 2)}\n`,
    listLines('Plays', plays.map(describePlay)),
    listLines('Plays of the post step', postPlays.map(describePlay)),
    listLines('What may come', describeEndings(forecast(schedule))),
  ].join('');
}

function describeRun({ result }: Run): string {
  const { stdout, stderr, masks, exitCode, signal, durationMs } = result;
  const log = maskText(stdout + stderr, masks);
  return `\n${log}Exit code ${exitCode ?? signal} after ${Math.round(durationMs)} ms\n`;
}

function listLines(title: string, lines: readonly string[]): string {
  return `${title}\n${lines.map((line) => `  ${line}\n`).join('')}`;
}
