// `npm run bench`: what a step costs beside the least that gets a token. Measures the committed bundle; the table goes into docs/BENCHMARK.md.
import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus, release, type } from 'node:os';
import { listContenders } from './bench/contenders.ts';
import { startIms } from './bench/ims.ts';
import { type Contender, measureRounds, type Times } from './bench/measure.ts';
import { estimateMedian } from './bench/statistics.ts';
import { runCommand } from './support/command.ts';
import { formatTable, writePart } from './support/documents.ts';
import { readNumber } from './support/numbers.ts';
import { root } from './support/repository.ts';

const usage = `npm run bench -- [--rounds N]

Runs each way to a token N times (40 by default), and writes the table of docs/BENCHMARK.md.
Needs openssl.
`;

await runCommand({ options: { rounds: { type: 'string', default: '40' } } }, usage, async (given) =>
  bench(readNumber('rounds', given.values.rounds)),
);

async function bench(rounds: number): Promise<number> {
  const ims = await startIms();
  try {
    const { limit, all } = await listContenders(ims);
    const times = await measureRounds(all, rounds, () => process.stderr.write('.'));
    const standings = all.map((contender) => compare(contender, limit, times));
    const table = formatStandings(standings);
    const part = `${drawChart(standings)}\n${table}\n${rounds} rounds. ${describeMachine()}.`;
    await writePart('BENCHMARK.md', 'processes', part);
    process.stdout.write(`\n${table}`);
    return 0;
  } finally {
    await ims.close();
  }
}

interface Standing {
  readonly name: string;
  readonly medianMs: number;
  /** To the limit, round by round: what was measured side by side is compared. */
  readonly ratio: ReturnType<typeof estimateMedian>;
}

function compare(contender: Contender, limit: Contender, times: Times): Standing {
  const own = times.get(contender) ?? [];
  const limits = times.get(limit) ?? [];
  const ratios = own.map((ms, round) => ms / (limits[round] ?? Number.NaN));
  return {
    name: contender.name,
    medianMs: estimateMedian(own).median,
    ratio: estimateMedian(ratios),
  };
}

function formatStandings(standings: readonly Standing[]): string {
  const rows = standings.map(({ name, medianMs, ratio: { median, low, high } }) => [
    name,
    `**${median.toFixed(2)}**`,
    `${low.toFixed(2)} to ${high.toFixed(2)}`,
    medianMs.toFixed(0),
  ]);
  return formatTable(['', 'ratio', 'its 95 % interval', 'ms'], rows);
}

/** A Mermaid chart, which GitHub draws. */
function drawChart(standings: readonly Standing[]): string {
  const names = standings.map(({ name }) => `"${name.replaceAll('`', '')}"`);
  const ratios = standings.map(({ ratio }) => ratio.median.toFixed(2));
  return `\`\`\`mermaid
xychart-beta horizontal
  x-axis [${names.join(', ')}]
  y-axis "median time, relative to the bare request"
  bar [${ratios.join(', ')}]
\`\`\`
`;
}

/** Beside what the numbers mean something. */
function describeMachine(): string {
  const [date] = new Date().toISOString().split('T');
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root });
  const cores = `${availableParallelism()} cores of ${cpus()[0]?.model ?? 'unknown make'}`;
  return `${date}, commit ${commit.toString().trim()}, Node ${process.versions.node}, ${cores}, ${type()} ${/^[\d.]*\d/.exec(release())?.[0]}`;
}
