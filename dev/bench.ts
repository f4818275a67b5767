// `npm run bench`: what a step costs beside the least that gets a token. Measures the committed bundle.
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, devNull, release, tmpdir, type } from 'node:os';
import { join } from 'node:path';
import { runStep, type StepOptions } from './runner/step.ts';
import { startStandIn } from './stand-in/server.ts';
import { readNumber, runCommand } from './support/command.ts';
import { formatTable, writePart } from './support/documents.ts';
import { root } from './support/repository.ts';
import { makeAuthority } from './workflows/adobe.ts';

const usage = `npm run bench -- [--rounds N] [--write]

Runs each way to a token N times (40 by default), and prints a table.
Needs openssl and curl.

  --write     puts the table into docs/BENCHMARK.md
`;

const options = {
  rounds: { type: 'string', default: '40' },
  write: { type: 'boolean', default: false },
} as const;

interface Contender extends StepOptions {
  readonly name: string;
  /** 0 by default. */
  readonly exitCode?: number;
}

/** The least that gets a token under Node: what all are compared with. */
const limit = 'bare `node:https` request';

const credentials = {
  'client-id': '0123456789abcdef0123456789abcdef',
  'client-secret': 'p8e-Benchmark-0123456789_abcdefghij',
  // Said, so that all can send the same.
  scope: 'openid,AdobeID,session,additional_info,read_organizations,firefly_api,ff_apis',
};

await runCommand({ options }, usage, async ({ values }) => {
  const rounds = readNumber('rounds', values.rounds);
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  const { pem } = makeAuthority(folder);
  const standIn = await startStandIn({ tls: { key: pem, cert: pem } });
  try {
    // Alone: to read what else this machine trusts would cost every start its time.
    const authority = join(folder, 'certificate.pem');
    await writeFile(authority, pem);
    const table = await compare(await listContenders(standIn.url, authority), rounds);
    process.stdout.write(`\n${table}`);
    const part = `${table}\n${rounds} rounds. ${describeMachine()}.`;
    if (values.write) writePart('BENCHMARK.md', 'processes', part);
    return 0;
  } finally {
    await standIn.close();
    await rm(folder, { recursive: true });
  }
});

/** The least that a process can do, other ways to a token, and this action. */
async function listContenders(url: string, authority: string): Promise<Contender[]> {
  const env = { NODE_EXTRA_CA_CERTS: authority };
  const act = (inputs?: StepOptions['inputs']) => ({
    inputs: { ...credentials, 'ims-url': url, ...inputs },
    env,
  });
  const run = (program: string) => ({ ...act(), bundle: join(root, 'dev/bench', program) });
  const { outputs, stdout } = await runStep(act({ seal: 'true' }));
  const sealed = outputs['sealed-token'];
  if (sealed === undefined) throw new Error(`No token was sealed:\n${stdout}`);
  return [
    { name: '`node -e 0`', args: ['-e', '0'] },
    { name: limit, ...run('bare.mjs') },
    { name: '`curl`', ...callCurl(url, authority) },
    { name: 'built-in `fetch`', ...run('fetch.mjs') },
    { name: 'this action: a new token', ...act() },
    { name: 'this action: a new token, and its seal', ...act({ seal: 'true' }) },
    { name: 'this action: a sealed token', ...act({ 'sealed-token': sealed }) },
    { name: 'this action: a wrong input', ...act({ timeout: 'soon' }), exitCode: 1 },
  ];
}

/** The same request by curl; nobody reads its answer. */
function callCurl(url: string, authority: string): StepOptions {
  const { 'client-id': id, 'client-secret': secret, scope } = credentials;
  const form = { grant_type: 'client_credentials', client_id: id, client_secret: secret, scope };
  const fields = Object.entries(form).flatMap((pair) => ['--data-urlencode', pair.join('=')]);
  const flags = ['--silent', '--fail', '--cacert', authority, ...fields];
  // What a runner takes for the script is the last word: the name of curl's output file.
  const args = [...flags, `${url}/ims/token/v3`, '--output'];
  return { interpreter: 'curl', args, bundle: devNull };
}

/** The table of all, measured side by side in a new random order each round, after one that does not count. */
async function compare(contenders: readonly Contender[], rounds: number): Promise<string> {
  const entries = contenders.map((contender) => ({ ...contender, times: [] as number[] }));
  for (let round = 0; round <= rounds; round += 1) {
    for (const entry of shuffle(entries)) {
      const ms = await measure(entry);
      if (round > 0) entry.times.push(ms);
    }
    process.stderr.write('.');
  }
  const limits = entries.find(({ name }) => name === limit)?.times ?? [];
  const rows = entries.map(({ name, times }) => {
    // Round by round: what was measured side by side is compared.
    const ratios = times.map((ms, round) => ms / (limits[round] ?? Number.NaN));
    return [name, `**${findMedian(ratios).toFixed(2)}**`, findMedian(times).toFixed(0)];
  });
  return formatTable(['', 'ratio', 'ms'], rows, '--:');
}

/**
 * The time from before the start of the process to after its end.
 * @throws Error where it did not do its work
 */
async function measure({ name, exitCode = 0, ...step }: Contender): Promise<number> {
  const ended = await runStep(step);
  if (ended.exitCode === exitCode) return ended.durationMs;
  throw new Error(`${name} did not do its work: ended with ${ended.exitCode}\n${ended.stdout}`);
}

function shuffle<T>(values: readonly T[]): T[] {
  const drawn = values.map((value) => ({ value, at: Math.random() }));
  return drawn.sort((one, other) => one.at - other.at).map(({ value }) => value);
}

/** Of an even number of values the upper one of the two in the middle. */
function findMedian(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Beside what the numbers mean something. */
function describeMachine(): string {
  const [date] = new Date().toISOString().split('T');
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root });
  const cores = `${availableParallelism()} cores of ${cpus()[0]?.model ?? 'unknown make'}`;
  return `${date}, commit ${commit.toString().trim()}, Node ${process.versions.node}, ${cores}, ${type()} ${/^[\d.]*\d/.exec(release())?.[0]}`;
}
