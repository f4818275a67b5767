// `npm run mutate`: has Stryker change src in every small way, and asks whether a test notices.
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import config from './mutate/stryker.config.ts';
import { runCommand } from './support/command.ts';
import { formatTable, writePart } from './support/documents.ts';
import { root } from './support/repository.ts';

const usage = `npm run mutate                       all of src, and writes the table of docs/MUTATION.md
npm run mutate -- src/http/retry.ts  these files
Before the first run: npm ci --prefix dev/mutate
`;

const stryker = join(root, 'dev/mutate/node_modules/@stryker-mutator/core/bin/stryker.js');

await runCommand({ allowPositionals: true }, usage, ({ positionals }) => {
  if (!existsSync(stryker)) throw new Error('Stryker is missing: npm ci --prefix dev/mutate');
  const all = listFiles();
  const unknown = positionals.filter((file) => !all.includes(file));
  if (unknown.length > 0) throw new Error(`No file of src that is mutated: ${unknown.join(', ')}`);
  const whole = positionals.length === 0;
  const reports = (whole ? all : positionals).map((file) => ({ file, statuses: mutate(file) }));
  const statuses = reports.flatMap((report) => report.statuses ?? []);
  const rows = [...reports, { file: 'all', statuses }].flatMap(({ file, statuses = [] }) => {
    // A file of types alone has no mutants, and no row.
    if (statuses.length === 0) return [];
    const { killed, late, survived, score } = tally(statuses);
    const counts = [statuses.length, killed, late, survived].map(String);
    return [[`\`${file}\``, ...counts, score.toFixed(1)]];
  });
  const head = ['', 'mutants', 'killed', 'timed out', 'survived', 'score, %'];
  const table = formatTable(head, rows, '--:');
  process.stdout.write(`\n${table}`);
  const failed = reports.flatMap((report) => (report.statuses ? [] : [report.file]));
  if (failed.length > 0) throw new Error(`Stryker failed on ${failed.join(', ')}`);
  if (whole) writePart('MUTATION.md', 'modules', table);
  return tally(statuses).score >= config.thresholds.break ? 0 : 1;
});

/** The entries hold wiring alone, and are tested as processes. */
function listFiles(): readonly string[] {
  const files = globSync('src/**/*.ts', { cwd: root, exclude: ['src/main.ts', 'src/post.ts'] });
  return files.map((file) => file.replaceAll('\\', '/')).sort();
}

/**
 * What became of each mutant, in Stryker's words; Stryker itself prints those that survived. Undefined where
 * Stryker fails: most likely because a test fails without any mutant.
 */
function mutate(file: string): readonly string[] | undefined {
  const module = file.replace(/^src\/|\.ts$/g, '');
  const report = join(root, 'reports/mutation', `${module}.json`);
  rmSync(report, { force: true });
  process.stdout.write(`${file}\n`);
  spawnSync(process.execPath, [stryker, 'run', 'dev/mutate/stryker.config.ts'], {
    cwd: root,
    env: { ...process.env, MUTATED_MODULE: module },
    stdio: 'inherit',
  });
  if (!existsSync(report)) return undefined;
  const files: Record<string, { mutants: { status: string }[] }> = JSON.parse(
    readFileSync(report, 'utf8'),
  ).files;
  return Object.values(files).flatMap(({ mutants }) => mutants.map(({ status }) => status));
}

/** As Stryker has it: a mutant whose tests do not end in time counts as killed, one that breaks the run not at all. */
function tally(statuses: readonly string[]) {
  const count = (wanted: string) => statuses.filter((status) => status === wanted).length;
  const [killed, late] = [count('Killed'), count('Timeout')];
  const survived = count('Survived') + count('NoCoverage');
  return { killed, late, survived, score: (100 * (killed + late)) / (killed + late + survived) };
}
