// What passes between a 503 and the next request beyond the wait that the policy chose.
import { readAction } from '../runner/action.ts';
import { runStep } from '../runner/step.ts';
import { startStandIn } from '../stand-in/server.ts';
import { formatTable, writePart } from '../support/documents.ts';
import { describeSpread } from './statistics.ts';

/** Half of the ceilings of the first two waits. */
const waitsMs = [250, 500];

/** A module that has chance always give one half. */
const noChance = 'data:text/javascript,Math.random=()=>0.5';

/** Measures, and writes the table. */
export async function benchRetry(
  rounds: number,
  onRound: (round: number) => void,
): Promise<string> {
  const idle = waitsMs.map(() => [] as number[]);
  for (let round = 1; round <= rounds; round += 1) {
    for (const [index, ms] of (await measureIdleTimes()).entries()) idle[index]?.push(ms);
    onRound(round);
  }
  const rows = idle.map((values, index) => {
    const { median, lowerQuartile, upperQuartile } = describeSpread(values);
    return [
      `before request ${index + 2}, after ${waitsMs[index]} ms`,
      median.toFixed(1),
      `${lowerQuartile.toFixed(1)} to ${upperQuartile.toFixed(1)}`,
      Math.max(...values).toFixed(1),
    ];
  });
  const table = formatTable(['idle time', 'ms', 'quartiles', 'most'], rows);
  await writePart('BENCHMARK.md', 'retry', `${table}\n${rounds} runs of two retries each.`);
  return table;
}

async function measureIdleTimes(): Promise<number[]> {
  const standIn = await startStandIn({ fail: waitsMs.map(() => '503') });
  try {
    const { exitCode, stdout } = await runStep({
      bundle: readAction().runs.main,
      args: ['--import', noChance],
      inputs: {
        'client-id': 'benchmark',
        'client-secret': 'p8e-Benchmark-0123456789',
        'ims-url': standIn.url,
      },
    });
    if (exitCode !== 0) throw new Error(`A retry did not end well:\n${stdout}`);
    const times = standIn.requests.map(({ atMs }) => atMs);
    return waitsMs.map((waitMs, index) => {
      const [from = Number.NaN, to = Number.NaN] = times.slice(index);
      return to - from - waitMs;
    });
  } finally {
    await standIn.close();
  }
}
