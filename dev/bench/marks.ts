// Copies of a program that look at the clock as each phase of its work begins.
import { cp, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

export interface Mark {
  readonly name: string;
  /** Stands in the program once, at the beginning of a statement: there the phase begins. */
  readonly text: string;
}

export interface MarkedCopy {
  readonly program: string;
  /** Gets a line for each run: a JSON array with the CPU time in ms at each mark, the first at the module level's start. */
  readonly journal: string;
}

/**
 * Copies `program` with the files beside it into `folder`, which is not there yet, and marks the copy.
 * @throws Error for a text that does not stand in the program exactly once
 */
export async function copyWithMarks(
  program: string,
  marks: readonly Mark[],
  folder: string,
): Promise<MarkedCopy> {
  const copy = join(folder, basename(program));
  const journal = `${folder}.marks`;
  await cp(dirname(program), folder, { recursive: true });
  // Static imports are done before a file's first line, where no mark can tell them from its compiling.
  let code = (await readFile(program, 'utf8')).replace(
    /^import (.+) from (.+);$/gm,
    'const $1 = await import($2);',
  );
  for (const { name, text } of marks) {
    const [before, after, ...others] = code.split(text);
    if (after === undefined || others.length > 0) {
      throw new Error(`${program} should have "${text}" exactly once, where this begins: ${name}`);
    }
    code = `${before}markPhase();${text}${after}`;
  }
  await writeFile(copy, `${writeMarker(journal)}${code}`);
  return { program: copy, journal };
}

/** What comes first in a copy: it marks the start of the module level, and hands in all marks at the end. */
function writeMarker(journal: string): string {
  return `const phaseMarks = [];
function markPhase() {
  const { user, system } = process.cpuUsage();
  phaseMarks.push((user + system) / 1000);
}
process.on('exit', () => {
  process.getBuiltinModule('fs').appendFileSync(${JSON.stringify(journal)}, JSON.stringify(phaseMarks) + '\\n');
});
markPhase();
`;
}
