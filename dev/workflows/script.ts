// `node dev/workflows/script.ts FILE`: prints the script of the one step of a workflow that has one, for CI to run it.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

const [file = ''] = process.argv.slice(2);
const jobs: Record<string, { steps: { run?: string }[] }> = parse(readFileSync(file, 'utf8')).jobs;
const scripts = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
const [script = ''] = scripts;
if (scripts.length !== 1) throw new Error(`${file} has ${scripts.length} scripts, not one`);
process.stdout.write(script);
