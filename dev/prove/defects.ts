// Shows that the campaign finds what it should: defects planted in a copy of the bundle, one at a time.
import { type Bundle, type Change, withBundle } from './bundles.ts';
import { type Result, runCampaign } from './campaign.ts';

interface Options {
  readonly seed: number;
  /** How many schedules a defect may hide from. */
  readonly runs: number;
  readonly jobs: number;
  print(text: string): void;
}

/** Each by what it does wrong; the code is the bundle's, as it was built. */
export const defects: Readonly<Record<string, readonly Change[]>> = {
  'masks the token after it was given away': [
    {
      find: 'mask: runner.mask,',
      put: "mask: (secret) => (process.once('exit', () => runner.mask(secret)), secret),",
    },
  ],
  'follows redirects': [
    {
      find: 'let status = Number(message.statusCode);',
      put: `let { location } = message.headers;
			if (location) return send(client, { ...request, url: location }, connection);
			let status = Number(message.statusCode);`,
    },
  ],
  'reads bodies of any size': [
    { find: 'let MAX_BODY_BYTES = 262144;', put: 'let MAX_BODY_BYTES = 2 ** 40;' },
  ],
  'tells the debug log the secret': [
    {
      find: 'function mintWith(session, secret) {',
      put: `function mintWith(session, secret) {
			process.stdout.write('::debug::secret=' + secret.reveal() + '\\n');`,
    },
  ],
  'tries again after a 400': [
    {
      find: 'function isTransient(error) {',
      put: `function isTransient(error) {
			if (error.code === 'OAUTH') return true;`,
    },
  ],
  'exits 0 after a cut': [
    { find: 'return exit(code);', put: "return exit(error.code === 'NETWORK' ? 0 : code);" },
  ],
  'ignores Retry-After': [
    {
      find: "let floorMs = 'HTTP' === error.code ? error.retryAfterMs : 0;",
      put: 'let floorMs = 0;',
    },
  ],
  'saves its state after the verification': [
    { find: 'if (inputs.revoke) saveForRevocation(session, minted);', put: '' },
    {
      find: 'let verified = await cancellation.abandon(check(session, token));',
      put: `let verified = await cancellation.abandon(check(session, token));
			if (inputs.revoke) saveForRevocation(session, minted);`,
    },
  ],
  'takes anything true for valid': [
    { find: "if (answer?.['valid'] === true) return;", put: "if (answer?.['valid']) return;" },
  ],
  'has no deadline for a body': [
    {
      find: 'let timer = setTimeout(() => deadline.reject(timedOut(limitMs)), limitMs);',
      put: `let timer = setTimeout(() => deadline.reject(timedOut(limitMs)), limitMs);
			connection.stop = () => clearTimeout(timer);`,
    },
    {
      find: 'connection.answer = message;',
      put: `connection.answer = message;
			connection.stop();`,
    },
  ],
};

/** Whether every defect was found by a schedule that finds nothing in the sound bundle. */
export async function plantDefects(options: Options): Promise<boolean> {
  let missed = 0;
  for (const [name, changes] of Object.entries(defects)) {
    const found = await hunt(changes, options);
    if (!found) missed += 1;
    options.print(`${found ? `found by ${describe(found)}` : 'NOT FOUND'}: the bundle ${name}\n`);
    if (found) options.print(`  ${found.result.findings[0]?.text.slice(0, 200)}\n`);
  }
  options.print(`\n${Object.keys(defects).length - missed} found, ${missed} missed\n`);
  return missed === 0;
}

interface Found {
  /** How many schedules it took. */
  readonly count: number;
  readonly result: Result;
}

/** The first schedule that shows the defect, and not in the sound bundle too. */
async function hunt(changes: readonly Change[], options: Options): Promise<Found | undefined> {
  let count = 0;
  let found: Found | undefined;
  const indices = Array.from({ length: options.runs }, (_, index) => index);
  await withBundle(
    (bundle) =>
      runCampaign({
        ...options,
        indices,
        bundle,
        hasty: true,
        onResult: async (result) => {
          count += 1;
          if (found || result.findings.length === 0) return found !== undefined;
          const spent = count;
          if (await isSound(result, options)) found = { count: spent, result };
          return found !== undefined;
        },
      }),
    changes,
  );
  return found;
}

/** Whether the sound bundle goes through the same schedule without a finding. */
async function isSound({ schedule }: Result, { seed }: Options): Promise<boolean> {
  let sound = false;
  const run = (bundle: Bundle) =>
    runCampaign({
      seed,
      jobs: 1,
      indices: [schedule.index],
      bundle,
      onResult: ({ findings }) => {
        sound = findings.length === 0;
        return true;
      },
    });
  await withBundle(run);
  return sound;
}

function describe({ count, result: { schedule } }: Found): string {
  return `schedule ${schedule.index}, after ${count} ${count === 1 ? 'schedule' : 'schedules'}`;
}
