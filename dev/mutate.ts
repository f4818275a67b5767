// `npm run mutate`: changes src in every small way, one change at a time, and asks whether a test notices.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { describeModule, formatModules, formatSurvivors, writeResults } from './mutate/report.ts';
import { hasReport, readReport, runStryker } from './mutate/stryker.ts';
import { judge } from './mutate/verdict.ts';
import { root } from './support/repository.ts';

const usage = `npm run mutate               all of src, which takes twenty minutes
npm run mutate -- retry seal these modules
Before the first run: npm ci --prefix dev/mutate
The verdict, and docs/MUTATION.md, are of the last run of each module.
`;

/** Of all mutants together. */
const leastPercent = 95;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { help: { type: 'boolean', default: false } },
});

if (values.help) process.stdout.write(usage);
else process.exitCode = (await mutate(positionals)) ? 0 : 1;

/** Runs `given`, or every module where none is given, and tells whether the tests hold all that was ever run. */
async function mutate(given: readonly string[]): Promise<boolean> {
  const modules = listModules();
  const unknown = given.filter((module) => !modules.includes(module));
  if (unknown.length > 0) throw new Error(`src has no ${unknown.join(' and no ')}`);
  for (const module of given.length > 0 ? given : modules) {
    await runStryker(module);
    process.stdout.write(describeModule(module, readReport(module)));
  }
  const reported = modules.filter(hasReport);
  const isWhole = reported.length === modules.length;
  const mutants = reported.flatMap(readReport);
  const { faults, survivors } = judge(reported, mutants, isWhole ? leastPercent : 0);
  process.stdout.write(`\n${formatModules(mutants)}\n${formatSurvivors(survivors)}`);
  if (isWhole) await writeResults(mutants, survivors);
  for (const fault of faults) process.stdout.write(`${fault}\n`);
  return faults.length === 0;
}

function listModules(): readonly string[] {
  return readdirSync(join(root, 'src')).map((file) => file.replace(/\.ts$/, ''));
}
