// What became of the mutants, for a terminal and for docs/MUTATION.md.
import { formatTable, writePart } from '../support/documents.ts';
import type { Mutant } from './stryker.ts';
import { describeSpot, type Survivor, tally } from './verdict.ts';

export function describeRoom(room: string, mutants: readonly Mutant[]): string {
  const { killed, late, alive, percent } = tally(mutants);
  return `${room}: ${mutants.length} mutants, ${killed} killed, ${late} late, ${alive} alive (${percent.toFixed(1)} %)\n`;
}

/** A row for each room that has mutants, and one for all of them. */
export function formatRooms(mutants: readonly Mutant[]): string {
  const rooms = [...new Set(mutants.map(({ room }) => room))];
  const rows = rooms.map((room) => [
    `\`${room}.ts\``,
    ...countFates(mutants.filter((mutant) => mutant.room === room)),
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
  await writePart('MUTATION.md', 'rooms', formatRooms(mutants));
  await writePart('MUTATION.md', 'survivors', formatSurvivors(survivors));
}
