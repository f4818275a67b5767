// `npm run bench`: what the committed bundle costs, in time and memory. Builds nothing; the numbers go into docs/BENCHMARK.md.
import { parseArgs } from 'node:util';
import { benchGrowth } from './bench/growth.ts';
import { startIms } from './bench/ims.ts';
import { type Launcher, startLauncher } from './bench/launcher.ts';
import { benchPhases } from './bench/phases.ts';
import { benchProcesses } from './bench/processes.ts';
import { benchRetry } from './bench/retry.ts';
import { readNumber } from './support/numbers.ts';

const { values } = parseArgs({
  options: {
    /** The growth of work takes half of them. */
    rounds: { type: 'string', default: '40' },
    growth: { type: 'boolean', default: false },
    retry: { type: 'boolean', default: false },
    phases: { type: 'boolean', default: false },
  },
});
const rounds = readNumber('rounds', values.rounds);

if (values.retry) {
  process.stdout.write(`\n${await benchRetry(rounds, showRound)}`);
} else {
  const launcher = await startLauncher();
  try {
    process.stdout.write(`\n${await bench(launcher)}`);
  } finally {
    launcher.close();
  }
}

async function bench(launcher: Launcher): Promise<string> {
  if (values.growth) return benchGrowth(launcher, Math.ceil(rounds / 2), showRound);
  const ims = await startIms();
  try {
    const measure = values.phases ? benchPhases : benchProcesses;
    return await measure(launcher, ims, rounds, showRound);
  } finally {
    await ims.close();
  }
}

function showRound(): void {
  process.stderr.write('.');
}
