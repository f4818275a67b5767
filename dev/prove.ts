// `npm run prove`: drives the committed bundle through a hostile network, and holds it to the contract.
//
// What there is in prove/, where a folder holds the parts of the file of its name:
//   schedule   what a run is given and what befalls it, drawn from a seed and a number
//   perform    servers that act on the schedule, and the steps run against them
//   oracle     all that the contract lets come of the schedule, held against what came
//   contract   what drawing and judging must know of the contract
//   campaign   many schedules, several at once; report sums them up, replay shows a single one
//   bundles    copies of the committed bundle, as it is or changed
//   defects    changes that a campaign must notice
//   crowd      no schedule: many processes at once, before a server that throttles
import { parseArgs } from 'node:util';
import { withBundle } from './prove/bundles.ts';
import { runCampaign } from './prove/campaign.ts';
import { runCrowd } from './prove/crowd.ts';
import { plantDefects } from './prove/defects.ts';
import { showSchedule } from './prove/replay.ts';
import { createReport, describeFindings } from './prove/report.ts';
import { readNumber } from './support/numbers.ts';

const usage = `npm run prove -- [--seed N] [--runs M] [--jobs J]   random schedules of faults, 2000 by default
npm run prove -- [--seed N] --only K               schedule K alone, with all that it did
npm run prove -- [--seed N] [--runs M] --plant     shows that planted defects are found
npm run prove -- --crowd                           64 processes at once against a server that throttles
`;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    runs: { type: 'string', default: '2000' },
    jobs: { type: 'string', default: '4' },
    only: { type: 'string' },
    plant: { type: 'boolean', default: false },
    crowd: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const seed = readNumber('seed', values.seed);
const runs = readNumber('runs', values.runs);
const jobs = readNumber('jobs', values.jobs);
process.exitCode = (await isProven()) ? 0 : 1;

async function isProven(): Promise<boolean> {
  if (values.help) {
    print(usage);
    return true;
  }
  if (values.crowd) return runCrowd(print);
  if (values.plant) return plantDefects({ seed, runs, jobs, print });
  if (values.only !== undefined) return showSchedule(seed, readNumber('only', values.only), print);
  return prove();
}

/** Whether nothing was found. */
async function prove(): Promise<boolean> {
  const report = createReport();
  const startedMs = performance.now();
  let done = 0;
  await withBundle((bundle) =>
    runCampaign({
      seed,
      jobs,
      bundle,
      indices: Array.from({ length: runs }, (_, index) => index),
      onResult: (result) => {
        report.add(result);
        done += 1;
        if (result.findings.length > 0) print(describeFindings(result));
        if (done % 200 === 0) print(`${done} of ${runs}\n`);
        return false;
      },
    }),
  );
  const seconds = Math.round((performance.now() - startedMs) / 1000);
  print(`\nSeed ${seed}, ${seconds} s, ${jobs} at once: ${report.describe()}`);
  return report.found === 0;
}

function print(text: string): void {
  process.stdout.write(text);
}
