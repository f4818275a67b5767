// The main measurement: whole processes side by side, and what each costs beside the limit.

import { formatTable, writeDocument, writePart } from '../support/documents.ts';
import { drawChart } from './chart.ts';
import { compareTrust, listContenders } from './contenders.ts';
import type { Ims } from './ims.ts';
import type { Cost, Launcher } from './launcher.ts';
import { describeMachine } from './machine.ts';
import { type Contender, type Costs, measureRounds } from './measure.ts';
import { describeSpread, type Estimate, estimateMedian, type Spread } from './statistics.ts';

export interface Standing {
  readonly name: string;
  readonly wallMs: Spread;
  readonly cpuMs: number;
  readonly peakMiB: number;
  /** Each to the limit, round by round. */
  readonly wallRatio: Estimate;
  readonly cpuRatio: Estimate;
  readonly memoryRatio: Estimate;
}

/** Measures, and writes table and chart. */
export async function benchProcesses(
  launcher: Launcher,
  ims: Ims,
  rounds: number,
  onRound: (round: number) => void,
): Promise<string> {
  const machine = describeMachine();
  const { floor, limit, others } = await listContenders(ims);
  const trust = compareTrust(ims);
  const contenders = [floor, limit, ...others];
  const costs = await measureRounds(launcher, [...contenders, ...trust], rounds, onRound);
  const standings = contenders.map((contender) => compareCosts(contender, limit, costs));
  const table = formatStandings(standings);
  await writePart(
    'BENCHMARK.md',
    'processes',
    `${table}\n${rounds} rounds. ${machine}.\n\n${describeTrust(trust, costs)}`,
  );
  await writeDocument('benchmark.svg', drawChart(standings, limit.name));
  return table;
}

function compareCosts(contender: Contender, limit: Contender, costs: Costs): Standing {
  const own = costs.get(contender) ?? [];
  const limits = costs.get(limit) ?? [];
  const compare = (quantity: keyof Cost) =>
    estimateMedian(
      own.map((cost, round) => cost[quantity] / (limits[round]?.[quantity] ?? Number.NaN)),
    );
  return {
    name: contender.name,
    wallMs: describeSpread(own.map(({ wallMs }) => wallMs)),
    cpuMs: describeSpread(own.map(({ cpuMs }) => cpuMs)).median,
    peakMiB: describeSpread(own.map(({ peakMiB }) => peakMiB)).median,
    wallRatio: compare('wallMs'),
    cpuRatio: compare('cpuMs'),
    memoryRatio: compare('peakMiB'),
  };
}

function formatStandings(standings: readonly Standing[]): string {
  const head = ['time', 'ms', 'quartiles', 'CPU', 'ms', 'memory', 'MiB'];
  const rows = standings.map((standing) => [
    standing.name,
    formatEstimate(standing.wallRatio),
    standing.wallMs.median.toFixed(0),
    `${standing.wallMs.lowerQuartile.toFixed(0)} to ${standing.wallMs.upperQuartile.toFixed(0)}`,
    formatEstimate(standing.cpuRatio),
    standing.cpuMs.toFixed(0),
    `**${standing.memoryRatio.median.toFixed(2)}**`,
    standing.peakMiB.toFixed(1),
  ]);
  return formatTable(['', ...head], rows);
}

function formatEstimate({ median, low, high }: Estimate): string {
  return `**${median.toFixed(2)}** (${low.toFixed(2)} to ${high.toFixed(2)})`;
}

function describeTrust([without, withOne]: readonly [Contender, Contender], costs: Costs): string {
  const base = costs.get(without) ?? [];
  const added = (costs.get(withOne) ?? []).map(
    ({ cpuMs }, round) => cpuMs - (base[round]?.cpuMs ?? Number.NaN),
  );
  const { median, low, high } = estimateMedian(added);
  return `\`NODE_EXTRA_CA_CERTS\`, by which every program under Node here trusts the stand-in, changes what each costs by ${median.toFixed(1)} ms of CPU (${low.toFixed(1)} to ${high.toFixed(1)}): a request that verifies nothing, with it and without it.`;
}
