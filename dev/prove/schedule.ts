// One schedule of the campaign: what a run is given, and all that will befall it.
import { drawPlay, goodPlay, hangs, type Play } from './play.ts';
import { createDice, type Dice } from './random.ts';
import { drawSeal, type Seal } from './seals.ts';
import { type ServiceName, services } from './services.ts';
import { drawWrong, type Surroundings, skipped, type Wrong } from './wrongs.ts';

export interface Schedule {
  readonly seed: number;
  readonly index: number;
  /** `{ims}` stands for the stand-in's address, `{trap}` for the trap's. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly event: unknown;
  readonly secrets: readonly string[];
  /** Must never be told either. */
  readonly proxyPassword: string;
  readonly service: ServiceName;
  /** As it is to be asked for. */
  readonly scope: readonly string[];
  readonly timeoutS: number;
  readonly maxAttempts: number;
  /** By the attempt's number; what comes after them is good. */
  readonly plays: readonly Play[];
  readonly postPlays: readonly Play[];
  readonly seal: Seal | undefined;
  readonly signal: Signal | undefined;
  /** Why the run must fail, or be skipped, before it asks anything. */
  readonly wrong: Wrong | undefined;
  /** Log and files go into one file, which shows what was written first. */
  readonly journal: boolean;
}

export interface Signal {
  readonly name: 'SIGINT' | 'SIGTERM';
  /** Sent so long after this attempt, from 0, or after the start. */
  readonly afterMs: number;
  readonly attempt: number | undefined;
}

const secretCharacters =
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+&%=/?#:.~';
const hex = '0123456789abcdef';

export function drawSchedule(seed: number, index: number): Schedule {
  const dice = createDice(seed, index);
  const service = dice.pick(Object.keys(services) as [ServiceName, ...ServiceName[]]);
  const secrets = drawSecrets(dice);
  const scope = dice.chance(0.4) ? drawScope(dice) : undefined;
  const timeoutS = dice.between(1, 5);
  const maxAttempts = Number(dice.weigh({ 1: 20, 2: 34, 3: 34, 4: 8, 10: 4 }));
  const proxyPassword = dice.spell(secretCharacters.slice(0, 62), 20);
  const promises = dice.weigh({ none: 62, revoke: 24, seal: 14 });
  const inputs: Record<string, string> = {
    'client-id': dice.spell(hex, 32),
    'client-secret': secrets.join(dice.pick(['\n', '\r\n', '  \n  '])),
    service,
    timeout: `${timeoutS}`,
    'max-attempts': `${maxAttempts}`,
    'ims-url': dice.pick(['{ims}', '{ims}/']),
    summary: dice.pick(['true', 'false']),
    ...(scope && { scope: scope.join(dice.pick([',', ' ', '\n', ', '])) }),
    ...(dice.chance(0.2) && { 'export-env': 'false' }),
    ...(dice.chance(0.2) && { 'env-prefix': 'MY_APP' }),
    ...(dice.chance(0.15) && { 'org-id': '0123456789ABCDEF01234567@AdobeOrg' }),
    ...(dice.chance(0.1) && { 'allowed-hosts': 'gateway.example, other.example' }),
    ...(promises !== 'none' && { [promises]: 'true' }),
    ...drawVerification(dice, service),
  };
  const usual: Surroundings = { inputs, env: drawEnvironment(dice, proxyPassword), event: {} };
  const wrong = drawRefusal(dice);
  const seal = wrong || !dice.chance(0.16) ? undefined : drawSeal(dice, secrets);
  const badness = dice.pick([0.25, 0.5, 0.9]);
  const plays = drawPlays(dice, badness, false);
  return {
    ...(wrong ? wrong.spoil(usual) : usual),
    ...{ seed, index, secrets, proxyPassword, service, timeoutS, maxAttempts, seal, wrong },
    scope: [...new Set(scope ?? services[service].scope.split(','))],
    plays,
    postPlays: drawPlays(dice, badness, true),
    signal: wrong || !dice.chance(0.12) ? undefined : drawSignal(dice),
    journal: dice.chance(0.25),
  };
}

function drawRefusal(dice: Dice): Wrong | undefined {
  const kind = dice.weigh({ usual: 92, wrong: 6, skipped: 2 });
  if (kind === 'usual') return undefined;
  return kind === 'skipped' ? skipped : drawWrong(dice);
}

/** Long enough to seal with. */
function drawSecrets(dice: Dice): string[] {
  const count = Number(dice.weigh({ 1: 55, 2: 30, 3: 15 }));
  return Array.from({ length: count }, () => dice.spell(secretCharacters, dice.between(20, 48)));
}

function drawScope(dice: Dice): string[] {
  const names = ['openid', 'AdobeID', 'ff_apis', 'firefly_api', 'a.b.c', 'read_organizations'];
  return ['openid', ...names.filter(() => dice.chance(0.4)), dice.spell('abcdef_', 9), 'openid'];
}

function drawVerification(dice: Dice, service: ServiceName): Record<string, string> {
  const verify = dice.weigh({ none: 45, token: 30, service: 25 });
  const paths = ['/v1/voices', '/v3/custom-models', '/pie/psdService/hello', '/batches'] as const;
  const named = verify === 'service' && (services[service].endpoint || dice.chance(0.5));
  return { verify, ...(named && { 'verify-url': `{ims}${dice.pick(paths)}` }) };
}

function drawEnvironment(dice: Dice, password: string): Record<string, string> {
  const proxy = `http://robot:${password}@{trap}`;
  return {
    ...(dice.chance(0.5) && { RUNNER_DEBUG: '1' }),
    ...(dice.chance(0.5) && { https_proxy: proxy, http_proxy: proxy }),
  };
}

/** Most of them good, or few. In a post step, which has 20 s, hardly one hangs. */
function drawPlays(dice: Dice, badness: number, post: boolean): Play[] {
  return Array.from({ length: 12 }, () => {
    const play = drawPlay(dice);
    if (!dice.chance(badness)) return goodPlay;
    const calm = post && hangs.includes(play.delivery) && dice.chance(0.9);
    return calm ? { ...play, delivery: 'whole' } : play;
  });
}

function drawSignal(dice: Dice): Signal {
  const name = dice.pick<Signal['name']>(['SIGINT', 'SIGTERM']);
  if (dice.chance(0.35)) return { name, attempt: undefined, afterMs: dice.between(0, 400) };
  const attempt = Number(dice.weigh({ 0: 6, 1: 3, 2: 1 }));
  return { name, attempt, afterMs: dice.between(0, dice.pick([3, 30, 200])) };
}
