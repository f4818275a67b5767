// `npm run mutate`: changes src in every small way, one change at a time, and asks whether a test notices.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { describeRoom, formatRooms, formatSurvivors, writeResults } from './mutate/report.ts';
import { type Mutant, runStryker } from './mutate/stryker.ts';
import { judge } from './mutate/verdict.ts';
import { root } from './support/repository.ts';

const usage = `npm run mutate               all of src, which takes twenty minutes; docs/MUTATION.md is written
npm run mutate -- retry seal these modules
Before the first run: npm ci --prefix dev/mutate
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { help: { type: 'boolean', default: false } },
});

if (values.help) process.stdout.write(usage);
else process.exitCode = (await mutate(positionals)) ? 0 : 1;

/** Whether the tests hold `given`, or every room where none is given. */
async function mutate(given: readonly string[]): Promise<boolean> {
  const all = listRooms();
  const unknown = given.filter((room) => !all.includes(room));
  if (unknown.length > 0) throw new Error(`src has no ${unknown.join(' and no ')}`);
  const rooms = given.length > 0 ? given : all;
  const mutants: Mutant[] = [];
  for (const room of rooms) {
    const found = await runStryker(room);
    mutants.push(...found);
    process.stdout.write(describeRoom(room, found));
  }
  const { faults, survivors } = judge(rooms, mutants);
  process.stdout.write(`\n${formatRooms(mutants)}\n${formatSurvivors(survivors)}`);
  if (given.length === 0) await writeResults(mutants, survivors);
  for (const fault of faults) process.stdout.write(`${fault}\n`);
  return faults.length === 0;
}

function listRooms(): readonly string[] {
  return readdirSync(join(root, 'src')).map((file) => file.replace(/\.ts$/, ''));
}
