// `npm run prove`: drives the committed bundle through a hostile network, and holds it to the contract.
import { parseArgs } from 'node:util';
import { withBundle } from './prove/bundles.ts';
import { runCampaign } from './prove/campaign.ts';
import { runCrowd } from './prove/crowd.ts';
import { plantDefects } from './prove/plant.ts';
import { showSchedule } from './prove/replay.ts';
import { createReport, describeFindings } from './prove/report.ts';

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

const [seed, runs, jobs] = [values.seed, values.runs, values.jobs].map(readNumber) as [
  number,
  number,
  number,
];
process.exitCode = (await choose()) ? 0 : 1;

function choose(): Promise<boolean> | boolean {
  if (values.help) return print(usage);
  if (values.crowd) return runCrowd(print);
  if (values.plant) return plantDefects({ seed, runs, jobs, print });
  if (values.only !== undefined) return showSchedule(seed, readNumber(values.only), print);
  return prove();
}

/** Whether nothing was found. */
async function prove(): Promise<boolean> {
  const report = createReport();
  const startedMs = performance.now();
  let done = 0;
  await withBundle((bundle) =>
    runCampaign({
      ...{ seed, jobs, bundle },
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

function readNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`"${text}" is no number`);
  return Number(text);
}

function print(text: string): true {
  process.stdout.write(text);
  return true;
}
