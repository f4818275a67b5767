// Where the processor's time goes in the action and in the bare request: copies of both that look at the clock as each phase begins.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAction } from '../runner/action.ts';
import { formatTable, writePart } from '../support/documents.ts';
import { runAction } from './contenders.ts';
import type { Ims } from './ims.ts';
import type { Cost, Launcher } from './launcher.ts';
import { copyWithMarks } from './marks.ts';
import { type Contender, measureRounds } from './measure.ts';
import { describeSpread } from './statistics.ts';

/** A phase begins at the text that stands here for a program; where none does, the program has no such phase. */
interface Phase {
  readonly name: string;
  readonly ours?: string;
  readonly bare?: string;
}

interface Marked {
  readonly contender: Contender;
  /** The names of the phases that it has, in order. */
  readonly names: readonly string[];
  /** Gets a line for each run, as `MarkedCopy` says. */
  readonly journal: string;
}

/** Begins before any text of a program can. */
const start = "Node's own start, compiling the file";

const moduleLevel = 'module level';

const phases: readonly Phase[] = [
  { name: 'opening the runner', ours: 'let runner = openRunner();' },
  { name: 'opening stdout', ours: "process.stdout.on('error'," },
  { name: 'masks', ours: 'for (let { secret } of inputs_givenSecrets(runner))' },
  { name: 'inputs', ours: 'let inputs = readInputs(runner);', bare: 'const { env } = process;' },
  { name: 'retry loop and exchange set up', ours: 'return mintWithAny(session, session.inputs' },
  {
    name: 'request to body read',
    ours: 'let { message } = await client.requestRaw(',
    bare: 'request(`',
  },
  {
    name: 'token read',
    ours: 'if (200 !== response.status) throw',
    bare: 'const { access_token: token }',
  },
  { name: 'publish', ours: 'publish(session, publication);', bare: 'appendFileSync(env[' },
  {
    name: 'exit',
    ours: "await new Promise((resolve) => process.stdout.write('',",
    bare: 'process.exit();',
  },
];

/** Measures, and writes the table. */
export async function benchPhases(
  launcher: Launcher,
  ims: Ims,
  rounds: number,
  onRound: (round: number) => void,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'phases-'));
  try {
    const ours = await markProgram(ims, 'ours', readAction().runs.main, folder);
    const bare = await markProgram(ims, 'bare', join(import.meta.dirname, 'bare.mjs'), folder);
    const contenders = [ours.contender, bare.contender];
    const costs = await measureRounds(launcher, contenders, rounds, onRound);
    const medians = {
      ours: await readMedians(ours, costs.get(ours.contender) ?? []),
      bare: await readMedians(bare, costs.get(bare.contender) ?? []),
    };
    const rows = [start, moduleLevel, ...phases.map(({ name }) => name)].map((name) =>
      describeRow(name, medians.ours.get(name), medians.bare.get(name)),
    );
    const sum = describeRow('**sum**', sumUp(medians.ours), sumUp(medians.bare));
    const table = formatTable(['phase', 'CPU ms', 'of the bare request', 'more'], [...rows, sum]);
    await writePart('BENCHMARK.md', 'phases', `${table}\nMedians of ${rounds} rounds.`);
    return table;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Copies a program, puts the marks into the copy, and has it run like the action. */
async function markProgram(
  ims: Ims,
  which: 'ours' | 'bare',
  program: string,
  folder: string,
): Promise<Marked> {
  const marks = phases.flatMap(({ name, [which]: text }) =>
    text === undefined ? [] : [{ name, text }],
  );
  const copy = await copyWithMarks(program, marks, join(folder, which));
  const contender = runAction(ims, which, {
    argv: [process.execPath, copy.program],
    output: /^access-token(?:=|<<)/m,
  });
  const names = [start, moduleLevel, ...marks.map(({ name }) => name)];
  return { contender, names, journal: copy.journal };
}

/** By phase, the median of what it took; the last one ends with the process. */
async function readMedians(
  { contender, names, journal }: Marked,
  costs: readonly Cost[],
): Promise<ReadonlyMap<string, number>> {
  // The first run was the one that does not count.
  const runs = (await readFile(journal, 'utf8')).trim().split('\n').slice(1);
  const spans = runs.map((line, run) => {
    const marks = [0, ...(JSON.parse(line) as number[]), costs[run]?.cpuMs ?? Number.NaN];
    if (marks.length !== names.length + 1) {
      throw new Error(`${contender.name} went through other phases than these: ${names.join()}`);
    }
    return marks.slice(1).map((end, index) => end - (marks[index] ?? Number.NaN));
  });
  return new Map(
    names.map((name, index) => [
      name,
      describeSpread(spans.map((span) => span[index] ?? Number.NaN)).median,
    ]),
  );
}

function sumUp(medians: ReadonlyMap<string, number>): number {
  return [...medians.values()].reduce((sum, ms) => sum + ms, 0);
}

function describeRow(name: string, ours = 0, bare?: number): string[] {
  return [name, ours.toFixed(1), bare?.toFixed(1) ?? '', (ours - (bare ?? 0)).toFixed(1)];
}
