// `npm run prove`: drives the committed bundle through a hostile network, and holds it to the contract.
//
// What there is in prove/:
//   schedule   what a run is given and every fault that it will meet, drawn by fast-check; faults is a part of it
//   execution  the step run on a schedule; servers, wire and dead-address are what it runs on
//   oracle     follows the path that the run took, and holds each step of it to the contract
//   campaign   many schedules, several at once, and those under suspicion shrunk
//   bundle     copies of the bundle, as it is or built with a defect of planted.yml
import fc from 'fast-check';
import { type Bundle, planted, withBundle } from './prove/bundle.ts';
import {
  type Counterexample,
  confirm,
  describeVerdict,
  isSuspect,
  runCampaign,
  runSchedule,
} from './prove/campaign.ts';
import type { Run } from './prove/execution.ts';
import { describeFault } from './prove/faults.ts';
import { classify, describeSchedule, findSchedule, schedule } from './prove/schedule.ts';
import { withServers } from './prove/servers.ts';
import { maskText } from './runner/log.ts';
import { readNumber, runCommand } from './support/command.ts';

const usage = `npm run prove                    random schedules of faults; options:
  --seed N       which ones are drawn: 1 by default
  --runs N       how many: 2000 by default
  --path P       the one that the path leads to, alone, with all that it did
  --plant NAME   on an action that is built with a defect, which must be found; all, or one of:
                 ${Object.keys(planted).join('\n                 ')}
`;

type Settings = Readonly<Record<'seed' | 'runs', number>>;

await runCommand(
  {
    options: {
      seed: { type: 'string', default: '1' },
      runs: { type: 'string', default: '2000' },
      path: { type: 'string' },
      plant: { type: 'string' },
    },
  },
  usage,
  async ({ values: { path, plant, ...values } }) => {
    const [seed, runs] = [readNumber('seed', values.seed), readNumber('runs', values.runs)];
    const edits = plant === undefined || plant === 'all' ? [] : planted[plant];
    if (!edits) throw new Error(`--plant takes all, or one of ${Object.keys(planted).join(', ')}`);
    if (path !== undefined) {
      return (await withBundle((bundle) => replay(seed, path, bundle), edits)) ? 0 : 1;
    }
    if (plant === undefined) return (await prove({ seed, runs })) ? 0 : 1;
    const missed: string[] = [];
    for (const name of plant === 'all' ? Object.keys(planted) : [plant]) {
      if (!(await findPlanted(name, { seed, runs }))) missed.push(name);
    }
    print(`\nMissed: ${missed.join(', ') || 'none'}\n`);
    return missed.length === 0 ? 0 : 1;
  },
);

/** Whether nothing was found in the committed bundle. */
async function prove(settings: Settings): Promise<boolean> {
  const { seed, runs } = settings;
  const startedMs = performance.now();
  const outcomes: string[] = [];
  const found = await withBundle((bundle) =>
    runCampaign({
      ...settings,
      bundle,
      onDone: (outcome) => outcomes.push(outcome),
      onDoubt: ({ path, verdict }) =>
        print(`Not when --seed ${seed} --path ${path} ran alone:\n${describeVerdict(verdict)}`),
    }),
  );
  if (found) print(describeCounterexample(found, seed));
  print('What the schedules are about:\n');
  fc.statistics(schedule, classify, { seed, numRuns: runs, logger: (line) => print(`${line}\n`) });
  print('How they ended:\n');
  for (const [outcome, { length }] of Map.groupBy(outcomes.toSorted(), (outcome) => outcome)) {
    print(`${String(length).padStart(6)}  ${outcome}\n`);
  }
  const seconds = Math.round((performance.now() - startedMs) / 1000);
  const verdict = found ? 'a counterexample' : 'nothing';
  print(`Seed ${seed}, ${outcomes.length} schedules, ${seconds} s: ${verdict} found\n`);
  return !found;
}

/** Whether the defect is found by a schedule that finds nothing in the committed bundle. */
async function findPlanted(name: string, settings: Settings): Promise<boolean> {
  const edits = planted[name];
  const found = await withBundle((bundle) => runCampaign({ ...settings, bundle }), edits);
  print(`${name}: ${found ? `\n${describeCounterexample(found, settings.seed)}` : 'NOT FOUND\n'}`);
  if (!found) return false;
  const verdict = await withBundle((bundle) =>
    withServers((servers) => confirm(found.schedule, servers, bundle)),
  );
  if (verdict) print(`The committed bundle does it too:\n${describeVerdict(verdict)}`);
  return !verdict;
}

function describeCounterexample(found: Counterexample, seed: number): string {
  const { path, schedule, findings, shrinks } = found;
  const replay = `npm run prove -- --seed ${seed} --path ${path}`;
  return `${findings}shrunk ${shrinks} times to (${replay})\n${describeSchedule(schedule)}`;
}

/** Whether nothing was found in a single schedule, all of which is printed. */
async function replay(seed: number, path: string, bundle: Bundle): Promise<boolean> {
  const schedule = findSchedule(seed, path);
  print(describeSchedule(schedule));
  return withServers(async (servers) => {
    const { execution, verdict } = await runSchedule(schedule, servers, bundle);
    for (const run of [execution?.main, execution?.post]) if (run) print(describeRun(run));
    print(`\n${verdict.outcome}\n${describeVerdict(verdict) || '  Nothing was found\n'}`);
    return !isSuspect(verdict);
  });
}

function describeRun({ result, attempts, startedMs }: Run): string {
  const { stdout, stderr, masks, exitCode, signal, durationMs } = result;
  const requests = attempts.map(
    ({ startMs, label, fault }) =>
      `${startMs - startedMs} ms: ${label} <- ${describeFault(fault)}\n`,
  );
  const end = `Exit code ${exitCode ?? signal} after ${Math.round(durationMs)} ms\n`;
  return `\n${requests.join('')}${maskText(stdout + stderr, masks)}${end}`;
}

function print(text: string): void {
  process.stdout.write(text);
}
