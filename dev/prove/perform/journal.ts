// Runs a step whose log and file commands go into one file: the journal, which shows what was written first.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAction } from '../../runner/action.ts';
import { parsePairs } from '../../runner/file-commands.ts';
import { runStep, type StepOptions, type StepResult } from '../../runner/step.ts';

type Pairs = Readonly<Record<string, string>>;

/** The result is told apart afterwards; what state names as an output does counts as the output alone. */
export async function runWithJournal(
  options: StepOptions,
): Promise<{ result: StepResult; journal: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'journal-'));
  try {
    const file = join(folder, 'journal');
    const files = { GITHUB_OUTPUT: file, GITHUB_ENV: file, GITHUB_STATE: file };
    const env = { ...options.env, ...files };
    const result = await runStep({ ...options, env, stdoutFile: file });
    const { log, blocks } = splitJournal(result.stdout);
    return {
      result: { ...result, stdout: log, ...sortPairs(parsePairs(blocks)) },
      journal: result.stdout,
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The blocks `name<<delimiter` of a journal, and the rest of it. */
export function splitJournal(journal: string): { log: string; blocks: string } {
  const block = /^[\w-]+<<(\S+)\r?\n(?:.*\r?\n)*?\1\r?\n/gm;
  const blocks = [...journal.matchAll(block)].map(([text]) => text).join('');
  return { log: journal.replace(block, ''), blocks };
}

/** Which file each pair was meant for, by its name. */
function sortPairs(pairs: Pairs): Pick<StepResult, 'outputs' | 'env' | 'state'> {
  const names = readAction().outputs.map(({ name }) => name);
  const choose = (fits: (name: string) => boolean): Pairs =>
    Object.fromEntries(Object.entries(pairs).filter(([name]) => fits(name)));
  const env = choose((name) => /^[A-Z0-9_]+$/.test(name));
  const outputs = choose((name) => names.includes(name));
  return { env, outputs, state: choose((name) => !(name in env) && !(name in outputs)) };
}
