// `node dev/workflows/script.ts FILE`: prints the script of the one step of a workflow that has one, for CI to run it.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly { readonly run?: string }[] }>>;
}

const [file = ''] = process.argv.slice(2);
const { jobs }: Workflow = parse(readFileSync(file, 'utf8'));
const scripts = Object.values(jobs)
  .flatMap(({ steps }) => steps)
  .flatMap(({ run }) => run ?? []);
const [script] = scripts;
if (script === undefined || scripts.length > 1) {
  throw new Error(`${file} has ${scripts.length} scripts, not one`);
}
process.stdout.write(script);
