// Runs contenders side by side, in a new random order each round, each in a folder like the runner's.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAction } from '../runner/action.ts';
import { prepareSurroundings } from '../runner/surroundings.ts';
import type { Cost, Ended, Launcher } from './launcher.ts';
import { shuffle } from './statistics.ts';

export interface Contender {
  readonly name: string;
  readonly argv: readonly string[];
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** 0 by default. */
  readonly exitCode?: number;
  /** What its output file must then hold: nothing by default. */
  readonly output?: RegExp;
}

/** By contender, in the order of rounds: what stands at the same place in two lists was measured side by side. */
export type Costs = ReadonlyMap<Contender, readonly Cost[]>;

/** Stands in a command for the path of its output file. */
export const outputFile = '{GITHUB_OUTPUT}';

const action = readAction();

/**
 * Measures all for so many rounds, after one that does not count.
 * @throws Error for a contender that does not do its work
 */
export async function measureRounds(
  launcher: Launcher,
  contenders: readonly Contender[],
  rounds: number,
  onRound: (round: number) => void,
): Promise<Costs> {
  const costs = new Map(contenders.map((contender) => [contender, [] as Cost[]]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const contender of shuffle(contenders)) {
      const [cost] = await runAtOnce(launcher, contender, 1);
      if (round > 0 && cost) costs.get(contender)?.push(cost);
    }
    onRound(round);
  }
  return costs;
}

/** Runs a contender `count` times at once. */
export async function runAtOnce(
  launcher: Launcher,
  contender: Contender,
  count: number,
): Promise<readonly Ended[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  try {
    const envs: Record<string, string>[] = [];
    for (let index = 0; index < count; index += 1) {
      const own = await mkdtemp(join(folder, 'step-'));
      envs.push(await prepareSurroundings(own, action, contender));
    }
    const ended = await launcher.launch(
      envs.map((env) => ({
        argv: contender.argv.map((word) => word.replace(outputFile, env['GITHUB_OUTPUT'] ?? '')),
        cwd: env['GITHUB_WORKSPACE'] ?? folder,
        env,
      })),
    );
    for (const [index, one] of ended.entries()) {
      await checkWork(contender, one, envs[index]?.['GITHUB_OUTPUT'] ?? '');
    }
    return ended;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function checkWork(contender: Contender, ended: Ended, file: string): Promise<void> {
  const { name, exitCode = 0, output = /^$/ } = contender;
  if (ended.exitCode !== exitCode) {
    throw new Error(
      `${name} ended with ${ended.exitCode}, not ${exitCode}: ${ended.log.slice(-500)}`,
    );
  }
  if (!output.test(await readFile(file, 'utf8'))) {
    throw new Error(`${name} did not write what it should: ${ended.log.slice(-500)}`);
  }
}
