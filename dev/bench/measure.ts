// Runs contenders side by side, in a new random order each round, each in a folder like the runner's.
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAction } from '../runner/action.ts';
import { prepareSurroundings } from '../runner/surroundings.ts';
import { shuffle } from './statistics.ts';

export interface Contender {
  readonly name: string;
  readonly argv: readonly [string, ...string[]];
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** 0 by default. */
  readonly exitCode?: number;
  /** What its output file must then hold: nothing by default. */
  readonly output?: RegExp;
}

/** Milliseconds in the order of rounds: what stands at the same place in two lists was measured side by side. */
export type Times = ReadonlyMap<Contender, readonly number[]>;

/** Stands in a command for the path of its output file. */
export const outputFile = '{GITHUB_OUTPUT}';

const action = readAction();

/**
 * Measures all for so many rounds, after one that does not count.
 * @throws {Error} for a contender that does not do its work
 */
export async function measureRounds(
  contenders: readonly Contender[],
  rounds: number,
  onRound: () => void,
): Promise<Times> {
  const times = new Map(contenders.map((contender) => [contender, [] as number[]]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const contender of shuffle(contenders)) {
      const ms = await measure(contender);
      if (round > 0) times.get(contender)?.push(ms);
    }
    onRound();
  }
  return times;
}

/** The time from before the start of the process to after its end. */
async function measure(contender: Contender): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  try {
    const env = await prepareSurroundings(folder, action, contender);
    const file = env['GITHUB_OUTPUT'] ?? '';
    const [program, ...words] = contender.argv;
    const args = words.map((word) => word.replace(outputFile, file));
    const startMs = performance.now();
    const { status, stdout } = spawnSync(program, args, { cwd: folder, env });
    const ms = performance.now() - startMs;
    const { name, exitCode = 0, output = /^$/ } = contender;
    if (status !== exitCode || !output.test(await readFile(file, 'utf8'))) {
      throw new Error(`${name} did not do its work: ended with ${status} after ${stdout}`);
    }
    return ms;
  } finally {
    await rm(folder, { recursive: true });
  }
}
