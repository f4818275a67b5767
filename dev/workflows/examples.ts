// `npm run examples`: every workflow of the examples and documents, run by act as it stands, against a stand-in for Adobe.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../support/command.ts';
import { findAct } from './act.ts';
import { makeAuthority } from './adobe.ts';
import { type Plan, readPlans } from './plan.ts';
import { prepareRepositories } from './repositories.ts';
import { listBlocks, listFiles, nameOwn, type Source } from './sources.ts';
import { type Report, runWorkflow, type Tools } from './workflow-run.ts';

const usage = `npm run examples -- [--list] [--verbose] [part of a name ...]

Runs every workflow in examples, README and docs under act, against a stand-in for Adobe, and holds it to
dev/workflows/runs.yml. act comes from PATH, else Go installs it; the package registry is needed for Adobe's SDK alone.

  --list      only names the workflows
  --verbose   shows act's log of those that fail
`;

await runCommand(
  {
    options: {
      list: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  },
  usage,
  async ({ values, positionals }) => {
    const plans = readPlans();
    const all = listWorkflows(plans);
    const workflows = all.filter(
      ({ name }) => positionals.length === 0 || positionals.some((part) => name.includes(part)),
    );
    if (workflows.length === 0) throw new Error(`No workflow is called ${positionals.join(', ')}`);
    if (values.list) {
      print(workflows.map(({ name }) => name).join('\n'));
      return 0;
    }
    return runAll(workflows, all, values.verbose);
  },
);

interface Workflow extends Source {
  readonly name: string;
  readonly plan: Plan;
}

/** @throws Error for a plan whose workflow does not exist */
function listWorkflows(plans: ReadonlyMap<string, Plan>): readonly Workflow[] {
  const own = [...plans.keys()].filter((path) => path.startsWith('.github/'));
  const sources = [...listFiles('examples/*.yml'), ...listBlocks(), ...listFiles(...own)];
  const workflows = sources.map((source) => {
    const name = source.heading === undefined ? source.path : `${source.path}#${source.heading}`;
    const plan = plans.get(name) ?? {};
    return { ...source, text: nameOwn(source.text), name, plan };
  });
  const unknown = [...plans.keys()].filter((key) => !workflows.some(({ name }) => name === key));
  if (unknown.length > 0) throw new Error(`runs.yml names no workflow: ${unknown.join(', ')}`);
  return workflows;
}

async function runAll(
  workflows: readonly Workflow[],
  all: readonly Workflow[],
  verbose: boolean,
): Promise<number> {
  const act = findAct(print);
  const folder = mkdtempSync(join(tmpdir(), 'examples-'));
  try {
    const texts = all.map(({ text }) => text);
    const tools: Tools = {
      act,
      repositories: prepareRepositories(makeFolder(folder, 'self'), texts),
      authority: makeAuthority(folder),
      registry: execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).trim(),
    };
    const counts = { passed: 0, failed: 0 };
    const obstacles = workflows.filter(({ name, plan }) => {
      const reason = findObstacle(plan);
      if (reason) print(`${name}: not run: ${reason}`);
      return reason !== undefined;
    });
    const others = workflows.filter((workflow) => !obstacles.includes(workflow));
    await forEach(others, async ({ name, text, plan }, index) => {
      const startedMs = performance.now();
      const own = makeFolder(folder, String(index));
      const report = await runWorkflow(name, text, plan, own, tools);
      counts[report.problems.length === 0 ? 'passed' : 'failed'] += 1;
      print(describe(name, report, performance.now() - startedMs));
      if (verbose && report.log !== '') print(report.log.replace(/^/gm, '    '));
    });
    print(`${counts.passed} passed, ${counts.failed} failed, ${obstacles.length} not run`);
    return counts.failed === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function findObstacle({ needs }: Plan): string | undefined {
  if (!needs) return undefined;
  const [command = '', ...words] = needs.command;
  return spawnSync(command, words).status === 0 ? undefined : needs.otherwise;
}

function describe(name: string, { runs, tokens, problems }: Report, durationMs: number): string {
  if (problems.length > 0) return `${name}: FAILED: ${problems.join('; ')}`;
  const count = runs === 1 ? '' : `${runs} runs, `;
  return `${name}: ${count}${tokens} token${tokens === 1 ? '' : 's'}, ${(durationMs / 1000).toFixed(1)} s`;
}

/** As many at once as this machine has processors, in turn. */
async function forEach<Item>(
  items: readonly Item[],
  handle: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  const queue = [...items.entries()];
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) await handle(next[1], next[0]);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
}

function makeFolder(parent: string, name: string): string {
  mkdirSync(join(parent, name));
  return join(parent, name);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
