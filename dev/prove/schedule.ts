// One schedule of the campaign: what a run is given, and every fault that it will meet.
import fc from 'fast-check';
import { SERVICE_NAMES, SERVICES, type Service, type ServiceName } from '../../src/services.ts';
import { pointVerification } from '../stand-in/verification.ts';
import { describeFault, type Fault, fault, hangs, noFault, oneIn } from './faults.ts';

export interface Schedule {
  /** By the attempt's number; those after them meet no fault. */
  readonly faults: readonly Fault[];
  readonly postFaults: readonly Fault[];
  /** From the first attempt on, every attempt meets this fault for so long. */
  readonly outage: { readonly fault: Fault; readonly seconds: number } | undefined;
  /** IMS's name has two addresses, and the first never answers. */
  readonly deadAddress: boolean;
  /** No file grows beyond that: what is written then fails as on a full disk. */
  readonly limitKiB: number | undefined;
  readonly signal: Signal | undefined;
  /** One of `seals`. */
  readonly seal: string | undefined;
  readonly service: ServiceName;
  /** The lines of `client-secret`, long enough to seal with. */
  readonly secrets: readonly string[];
  readonly timeoutS: number;
  readonly maxAttempts: number;
  readonly verify: 'none' | 'token' | 'service';
  /** What else is given as an input. */
  readonly options: Readonly<Record<string, string>>;
  /** Proxy variables lead to a server that must not be called. */
  readonly proxy: boolean;
}

export interface Signal {
  readonly name: 'SIGINT' | 'SIGTERM';
  /** The attempt, from 0, after which it is sent; undefined for the start of the run. */
  readonly attempt: number | undefined;
  /** How long after it. */
  readonly afterMs: number;
}

/** A sealed token for a run to be given. */
export interface Seal {
  readonly serves?: true;
  /** What it was sealed under: the last of the secrets, or a secret that is not in the inputs. */
  readonly under?: string;
  readonly minValidityS?: number;
  /** What is done to it on the way. */
  readonly tamper?: (sealed: string) => string;
}

export const seals: Readonly<Record<string, Seal>> = {
  'the same': { serves: true },
  'the last secret': { serves: true, under: 'last' },
  'too old': { minValidityS: 100_000 },
  'another secret': { under: 'foreign-secret-of-a-seal' },
  'another character': { tamper: (text) => text.replace(/.$/, (old) => (old === 'A' ? '_' : 'A')) },
  'a long text': { tamper: () => 'a.'.repeat(30_000) },
};

export const clientId = '0123456789abcdef0123456789abcdef';
export const proxyPassword = 'Pa55wordOfTheProxy01';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A secret is noise, and stays as it is when a schedule shrinks: `AAAA` would be found everywhere. */
const secret = fc.noShrink(
  fc.string({
    unit: fc.constantFrom(...letters, ...'0123456789-_+&%=/?#:.~'),
    minLength: 20,
    maxLength: 48,
  }),
);

const outage = fc.record({
  fault: fc.constantFrom<Fault[]>(
    { ...noFault, answer: '503' },
    { ...noFault, missingPercent: 100, ending: 'reset' },
  ),
  seconds: fc.integer({ min: 1, max: 3 }),
});

const signal: fc.Arbitrary<Signal> = fc.record({
  name: fc.constantFrom('SIGINT', 'SIGTERM'),
  attempt: fc.constantFrom(0, undefined, 0, 1, 2),
  afterMs: fc.oneof(fc.nat(3), fc.nat(30), fc.nat(400)),
});

/** What stands first shrinks first, and fewer faults make all that follows quicker. */
export const schedule: fc.Arbitrary<Schedule> = fc
  .record({
    faults: faultList(1),
    // A post step has 20 s to wait for what hangs.
    postFaults: faultList(10),
    outage: oneIn(12, undefined, outage),
    deadAddress: oneIn(15, false, fc.constant(true)),
    limitKiB: oneIn(12, undefined, fc.constantFrom(1, 2, 3)),
    signal: oneIn(12, undefined, signal),
    seal: oneIn(6, undefined, fc.constantFrom(...Object.keys(seals))),
    service: fc.constantFrom(...SERVICE_NAMES),
    secrets: fc.uniqueArray(secret, { minLength: 1, maxLength: 3 }),
    timeoutS: fc.constantFrom(5, 5, 5, 4, 3, 2, 1, 12),
    maxAttempts: fc.constantFrom(3, 2, 3, 2, 1, 4, 10),
    verify: fc.constantFrom<Schedule['verify'][]>('none', 'none', 'token', 'service'),
    options: fc.tuple(
      fc.constantFrom({}, { summary: 'true' }),
      fc.constantFrom({}, {}, { 'export-env': 'false' }),
      fc.constantFrom({}, {}, {}, { revoke: 'true' }, { revoke: 'true' }, { seal: 'true' }),
    ),
    proxy: fc.boolean(),
  })
  .map(({ options, ...rest }) => ({
    ...rest,
    options: {
      ...Object.assign({}, ...options),
      ...(findService(rest).orgHeader && { 'org-id': '0123456789ABCDEF01234567@AdobeOrg' }),
    },
  }));

/** The schedule of a seed and a path. */
export function findSchedule(seed: number, path: string): Schedule {
  const [found] = fc.sample(schedule, { seed, path, numRuns: 1 });
  if (!found) throw new Error(`--path ${path} leads to no schedule of seed ${seed}`);
  return found;
}

/** Up to ten faults, between attempts that meet none; the larger `calm`, the rarer does one hang. */
function faultList(calm: number): fc.Arbitrary<readonly Fault[]> {
  const calmed = fault.map((one) =>
    hangs(one) ? { ...one, ...noFault, answer: one.answer } : one,
  );
  const bad = fc.oneof({ weight: 1, arbitrary: fault }, { weight: calm - 1, arbitrary: calmed });
  const list = (good: number, many: number) =>
    fc.array(
      fc.oneof(
        { withCrossShrink: true },
        { weight: good, arbitrary: fc.constant(noFault) },
        { weight: many, arbitrary: bad },
      ),
      { maxLength: 10, size: 'max' },
    );
  // fast-check drops the beginning of a list first: here that is what no attempt may come to.
  return fc.oneof(list(3, 1), list(1, 1), list(1, 9)).map((faults) => faults.toReversed());
}

export function findService({ service }: Pick<Schedule, 'service'>): Service {
  return SERVICES[service];
}

/** The inputs, for a stand-in at `url`. */
export function listInputs(schedule: Schedule, url: string): Record<string, string> {
  const { service, secrets, timeoutS, maxAttempts, verify, options } = schedule;
  return {
    'client-id': clientId,
    'client-secret': secrets.join('\n'),
    service,
    timeout: `${timeoutS}`,
    'max-attempts': `${maxAttempts}`,
    'ims-url': url,
    verify,
    ...pointVerification({ verify, service }, url),
    ...options,
  };
}

/** The environment, where proxy variables lead to `trapUrl`. */
export function listVariables({ proxy }: Schedule, trapUrl: string): Record<string, string> {
  const address = trapUrl.replace('//', `//robot:${proxyPassword}@`);
  return proxy ? { https_proxy: address, http_proxy: address } : {};
}

/** For people: a line for each thing that a run is given or meets. */
export function describeSchedule(schedule: Schedule): string {
  const { secrets, limitKiB, signal, seal, outage, deadAddress, proxy } = schedule;
  const { 'client-secret': _, 'client-id': __, ...inputs } = listInputs(schedule, '{ims}');
  const moment = signal?.attempt === undefined ? 'the start' : `attempt ${signal.attempt + 1}`;
  const lines = [
    ...Object.entries(inputs).map(([name, value]) => `${name}: ${value}`),
    secrets.length > 1 && `client-secret: ${secrets.length} lines`,
    seal && `sealed-token: ${seal}`,
    limitKiB && `no file grows beyond ${limitKiB} KiB`,
    signal && `${signal.name} ${signal.afterMs} ms after ${moment}`,
    outage && `for ${outage.seconds} s: ${describeFault(outage.fault)}`,
    deadAddress && 'the first address never answers',
    proxy && 'proxy variables set',
    ...listFaults('attempt', schedule.faults),
    ...(schedule.options['revoke'] ? listFaults('post step, attempt', schedule.postFaults) : []),
  ];
  return lines.map((line) => (line ? `  ${line}\n` : '')).join('');
}

function listFaults(title: string, faults: readonly Fault[]): string[] {
  return faults
    .map((fault, index) => `${title} ${index + 1}: ${describeFault(fault)}`)
    .filter((line) => !line.endsWith(`: ${describeFault(noFault)}`));
}

/** What a schedule is about, for the statistics of a campaign. */
export function classify(schedule: Schedule): string[] {
  const lines = describeSchedule(schedule).replace(/\d+ | \d+(?=:)|:.*/g, '');
  return [...new Set(lines.trim().split(/\n\s+/))];
}
