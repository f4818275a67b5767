// `npm run examples`: every workflow of the examples and documents, run by act as it stands, against a stand-in for Adobe.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../support/command.ts';
import { findAct } from './act.ts';
import { makeAuthority } from './adobe.ts';
import { readPlans } from './plan.ts';
import { runWorkflow, type Tools, type Workflow } from './run.ts';
import { listBlocks, listFiles, nameOwn } from './sources.ts';

const usage = `npm run examples -- [part of a name ...]

Runs every workflow in examples, README and docs under act, against a stand-in for Adobe, and holds it to
dev/workflows/runs.yml. act comes from PATH, else Go installs it; the package registry is needed for Adobe's SDK alone.
Of those that fail, act's log is shown.
`;

await runCommand({ allowPositionals: true }, usage, ({ positionals }) => {
  const workflows = listWorkflows().filter(
    ({ name }) => positionals.length === 0 || positionals.some((part) => name.includes(part)),
  );
  if (workflows.length > 0) return runAll(workflows);
  throw new Error(`No workflow is called ${positionals.join(', ')}`);
});

/** @throws Error for a plan whose workflow does not exist */
function listWorkflows(): readonly Workflow[] {
  const plans = readPlans();
  const own = Object.keys(plans).filter((name) => name.startsWith('.github/'));
  const sources = [...listFiles('examples/*.yml'), ...listBlocks(), ...listFiles(...own)];
  const workflows = sources.map((source) => {
    const name = source.heading === undefined ? source.path : `${source.path}#${source.heading}`;
    return { ...source, name, text: nameOwn(source.text), plan: plans[name] ?? {} };
  });
  const unknown = Object.keys(plans).filter((key) => !workflows.some(({ name }) => name === key));
  if (unknown.length > 0) throw new Error(`runs.yml names no workflow: ${unknown.join(', ')}`);
  return workflows;
}

async function runAll(workflows: readonly Workflow[]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'examples-'));
  try {
    const registry = new URL(String(execFileSync('npm', ['config', 'get', 'registry'])));
    const tools: Tools = { act: findAct(), authority: makeAuthority(folder), registry };
    const verdicts: Verdict[] = [];
    // One queue for as many workers as this machine has processors.
    const queue = workflows.entries();
    const work = async () => {
      for (const [index, workflow] of queue) {
        const verdict = await runOne(workflow, join(folder, String(index)), tools);
        print(verdict.line);
        verdicts.push(verdict);
      }
    };
    await Promise.all(Array.from({ length: availableParallelism() }, work));
    const filter = (wanted: string) => verdicts.filter(({ result }) => result === wanted);
    const failed = filter('failed');
    // Last, where it is looked for: the logs, then once more whose they are.
    for (const { log } of failed) print(log.replace(/^/gm, '    '));
    for (const { line } of failed) print(line);
    const counts = ['passed', 'failed', 'not run'].map((word) => `${filter(word).length} ${word}`);
    print(counts.join(', '));
    return failed.length === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Verdict = Awaited<ReturnType<typeof runOne>>;

async function runOne(workflow: Workflow, folder: string, tools: Tools) {
  const { name, plan } = workflow;
  if (plan.needs && spawnSync(plan.needs.command, { shell: true }).status !== 0) {
    return { result: 'not run', line: `${name}: not run: ${plan.needs.otherwise}`, log: '' };
  }
  const startedMs = performance.now();
  const { problems, log } = await runWorkflow(workflow, folder, tools);
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  return problems.length === 0
    ? { result: 'passed', line: `${name}: ${seconds} s`, log }
    : { result: 'failed', line: `${name}: FAILED: ${problems.join('; ')}`, log };
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
