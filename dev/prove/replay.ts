// One schedule again, with all that it was given, all that it did and all that it should have done.
import { maskText } from '../runner/log.ts';
import { withBundle } from './bundles.ts';
import { runSchedule } from './campaign.ts';
import { forecast } from './forecast.ts';
import { openGround } from './ground.ts';
import { describePlay } from './play.ts';
import { describeFindings } from './report.ts';
import { drawSchedule } from './schedule.ts';

/** Whether nothing was found. */
export async function showSchedule(
  seed: number,
  index: number,
  print: (text: string) => void,
): Promise<boolean> {
  const schedule = drawSchedule(seed, index);
  const { plays, postPlays, wrong, ...rest } = schedule;
  const ground = await openGround();
  try {
    print(`${JSON.stringify({ ...rest, wrong: wrong?.name }, undefined, 2)}\n`);
    print(`Plays\n${plays.map((play) => `  ${describePlay(play)}\n`).join('')}`);
    print(
      `Plays of the post step\n${postPlays.map((play) => `  ${describePlay(play)}\n`).join('')}`,
    );
    const endings = forecast(schedule).map(
      ({ result, why, route }) => `  ${result} (${why}) after ${route.join(', ') || 'nothing'}\n`,
    );
    print(`What may come\n${[...new Set(endings)].join('')}`);
    const result = await withBundle((bundle) => runSchedule(schedule, ground, bundle));
    for (const run of [result.seen?.main, result.seen?.post]) {
      if (!run) continue;
      const { stdout, stderr, masks, exitCode, signal, durationMs } = run.result;
      print(`\n${maskText(stdout + stderr, masks)}`);
      print(`Exit code ${exitCode ?? signal} after ${Math.round(durationMs)} ms\n`);
    }
    print(`\n${describeFindings(result)}`);
    return result.findings.length === 0;
  } finally {
    await ground.close();
  }
}
