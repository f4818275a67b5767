// How time and memory grow with the work: more scopes, longer tokens and answers, more secrets, more steps at once.

import { formatTable, writePart } from '../support/documents.ts';
import { runAction } from './contenders.ts';
import { type Ims, startIms } from './ims.ts';
import type { Cost, Launcher } from './launcher.ts';
import { type Contender, measureRounds, runAtOnce } from './measure.ts';
import { describeSpread, findSlope } from './statistics.ts';

interface Dimension {
  readonly what: string;
  readonly unit: string;
  readonly sizes: readonly number[];
  /** The stand-in's options for a size. */
  readonly serve?: (size: number) => readonly string[];
  readonly inputs?: (size: number) => Readonly<Record<string, string>>;
}

const secret = 'p8e-Benchmark-the-secret-that-is-taken';

const dimensions: readonly Dimension[] = [
  {
    what: 'scopes',
    unit: 'scope',
    sizes: [1, 10, 25, 50, 100],
    inputs: (size) => ({ scope: listNames('scope', size).join() }),
  },
  {
    what: 'KiB of token',
    unit: 'KiB',
    sizes: [1, 4, 8, 16],
    // The stand-in's tokens come out a little longer than they are wanted, and 16 KiB is the action's limit.
    serve: (size) => ['--token-bytes', String(size * 1024 - 64)],
  },
  {
    what: 'lines of `client-secret`, the last one taken',
    unit: 'line',
    sizes: [1, 2, 3, 4, 5],
    serve: () => ['--secret', secret],
    inputs: (size) => ({
      'client-secret': [...listNames('p8e-Benchmark-refused', size - 1), secret].join('\n'),
    }),
  },
  {
    what: 'KiB of answer',
    unit: 'KiB',
    sizes: [1, 16, 64, 128, 250],
    serve: (size) => ['--answer-bytes', String((size - 1) * 1024)],
  },
];

/** How many steps are run at once. */
const crowdSizes = [1, 2, 4, 8, 16, 32, 64];

/** Measures, and writes the tables. */
export async function benchGrowth(
  launcher: Launcher,
  rounds: number,
  onRound: (round: number) => void,
): Promise<string> {
  const parts: string[] = [];
  for (const dimension of dimensions) {
    parts.push(await benchDimension(launcher, dimension, rounds, onRound));
  }
  parts.push(await benchCrowds(launcher, Math.ceil(rounds / 4), onRound));
  const text = parts.join('\n');
  await writePart('BENCHMARK.md', 'growth', text);
  return text;
}

async function benchDimension(
  launcher: Launcher,
  { what, unit, sizes, serve, inputs }: Dimension,
  rounds: number,
  onRound: (round: number) => void,
): Promise<string> {
  const servers: Ims[] = [];
  try {
    const sized = new Map<Contender, number>();
    for (const size of sizes) {
      const ims = await startIms(serve?.(size));
      servers.push(ims);
      sized.set(runAction(ims, `${size} ${what}`, { inputs: inputs?.(size) ?? {} }), size);
    }
    const costs = await measureRounds(launcher, [...sized.keys()], rounds, onRound);
    const points = [...sized].flatMap(([contender, size]) =>
      (costs.get(contender) ?? []).map((cost) => ({ size, cost })),
    );
    const slope = (quantity: keyof Cost) =>
      findSlope(points.map(({ size, cost }) => [size, cost[quantity]]))
        .toFixed(2)
        // -0.00 is 0.00.
        .replace(/^-(?=[0.]+$)/, '');
    const rows = [...sized].map(([contender, size]) => [
      String(size),
      ...describeCosts(costs.get(contender) ?? []),
    ]);
    return `${formatTable([what, 'ms', 'CPU ms', 'MiB'], rows)}
Each further ${unit} adds ${slope('wallMs')} ms, ${slope('cpuMs')} ms of CPU and ${slope('peakMiB')} MiB.
`;
  } finally {
    for (const ims of servers) await ims.close();
  }
}

async function benchCrowds(
  launcher: Launcher,
  rounds: number,
  onRound: (round: number) => void,
): Promise<string> {
  const ims = await startIms();
  try {
    const contender = runAction(ims, 'one of a crowd');
    const costs = new Map(crowdSizes.map((size) => [size, [] as Cost[]]));
    const spans = new Map(crowdSizes.map((size) => [size, [] as number[]]));
    for (let round = 1; round <= rounds; round += 1) {
      for (const size of crowdSizes) {
        const ended = await runAtOnce(launcher, contender, size);
        costs.get(size)?.push(...ended);
        spans.get(size)?.push(Math.max(...ended.map(({ wallMs }) => wallMs)) / size);
      }
      onRound(round);
    }
    const rows = crowdSizes.map((size) => [
      String(size),
      describeSpread(spans.get(size) ?? []).median.toFixed(0),
      ...describeCosts(costs.get(size) ?? []),
    ]);
    return formatTable(['steps at once', 'ms for all, per step', 'ms', 'CPU ms', 'MiB'], rows);
  } finally {
    await ims.close();
  }
}

function describeCosts(costs: readonly Cost[]): string[] {
  const median = (quantity: keyof Cost) =>
    describeSpread(costs.map((cost) => cost[quantity])).median;
  return [median('wallMs').toFixed(0), median('cpuMs').toFixed(0), median('peakMiB').toFixed(1)];
}

function listNames(name: string, length: number): string[] {
  return Array.from({ length }, (_, index) => `${name}_${index + 1}`);
}
