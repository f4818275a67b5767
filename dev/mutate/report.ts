// What became of the mutants, for a terminal and for docs/MUTATION.md.
import { formatTable, writePart } from '../support/documents.ts';
import type { Mutant } from './stryker.ts';
import { describeSpot, type Survivor, tally } from './verdict.ts';

export function describeModule(module: string, mutants: readonly Mutant[]): string {
  const { killed, late, alive, percent } = tally(mutants);
  return `${module}: ${mutants.length} mutants, ${killed} killed, ${late} late, ${alive} alive (${percent.toFixed(1)} %)\n`;
}

/** A row for each module that has mutants, and one for all of them. */
export function formatModules(mutants: readonly Mutant[]): string {
  const modules = [...new Set(mutants.map(({ module }) => module))];
  const rows = modules.map((module) => [
    `\`${module}.ts\``,
    ...countFates(mutants.filter((mutant) => mutant.module === module)),
  ]);
  return formatTable(
    ['', 'mutants', 'killed', 'late', 'alive', 'invalid', 'killed, %'],
    [...rows, ['all', ...countFates(mutants)]],
  );
}

function countFates(mutants: readonly Mutant[]): readonly string[] {
  const { killed, late, alive, invalid, percent } = tally(mutants);
  return [...[mutants.length, killed, late, alive, invalid].map(String), percent.toFixed(1)];
}

/** A list, each reason once and what it is the reason for below it. */
export function formatSurvivors(survivors: readonly Survivor[]): string {
  const reasons = Map.groupBy(survivors, ({ because }) => because ?? 'Nobody has said why.');
  return [...reasons]
    .map(([because, spots]) => {
      const lines = spots.map((spot) => `  - ${describeSpot(spot)}\n`);
      return `- ${because}\n${lines.join('')}`;
    })
    .join('');
}

export async function writeResults(
  mutants: readonly Mutant[],
  survivors: readonly Survivor[],
): Promise<void> {
  await writePart('MUTATION.md', 'modules', formatModules(mutants));
  await writePart('MUTATION.md', 'survivors', formatSurvivors(survivors));
}
