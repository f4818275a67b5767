// One schedule of the campaign: what a run is given, and all that will befall it.
import { type ServiceName, services } from './contract.ts';
import { createDice, type Dice } from './schedule/dice.ts';
import {
  drawEnvironment,
  drawInputs,
  drawProxyPassword,
  drawScope,
  drawSecrets,
} from './schedule/inputs.ts';
import { drawObstacle, type Obstacle, type Surroundings } from './schedule/obstacles.ts';
import { drawPlay, goodPlay, hangs, type Play } from './schedule/play.ts';
import { drawSeal, type Seal } from './schedule/seals.ts';

export interface Schedule {
  readonly seed: number;
  readonly index: number;
  /** `{ims}` stands for the stand-in's address, `{trap}` for the trap's. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly event: unknown;
  /** The lines of `client-secret`. */
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
  readonly obstacle: Obstacle | undefined;
  /** Log and files go into one file, which shows what was written first. */
  readonly journal: boolean;
}

export interface Signal {
  readonly name: 'SIGINT' | 'SIGTERM';
  /** The attempt, from 0, after which it is sent; undefined for the start of the run. */
  readonly attempt: number | undefined;
  /** How long after it. */
  readonly afterMs: number;
}

/** The same for the same numbers, as long as nothing is drawn in another order. */
export function drawSchedule(seed: number, index: number): Schedule {
  const dice = createDice(seed, index);
  const service = dice.pick(Object.keys(services) as ServiceName[]);
  const secrets = drawSecrets(dice);
  const scope = dice.chance(0.4) ? drawScope(dice) : undefined;
  const timeoutS = dice.between(1, 5);
  const maxAttempts = Number(dice.weigh({ 1: 20, 2: 34, 3: 34, 4: 8, 10: 4 }));
  const proxyPassword = drawProxyPassword(dice);
  const inputs = drawInputs(dice, { service, secrets, scope, timeoutS, maxAttempts });
  const usual: Surroundings = { inputs, env: drawEnvironment(dice, proxyPassword), event: {} };
  const obstacle = drawObstacle(dice);
  const seal = obstacle || !dice.chance(0.16) ? undefined : drawSeal(dice, secrets);
  const badness = dice.pick([0.25, 0.5, 0.9]);
  return {
    ...(obstacle ? obstacle.place(usual) : usual),
    seed,
    index,
    secrets,
    proxyPassword,
    service,
    scope: [...new Set(scope ?? services[service].scope.split(','))],
    timeoutS,
    maxAttempts,
    seal,
    obstacle,
    plays: drawPlays(dice, badness),
    postPlays: drawPostPlays(dice, badness),
    signal: obstacle || !dice.chance(0.12) ? undefined : drawSignal(dice),
    journal: dice.chance(0.25),
  };
}

/** Twelve, each of them bad with the probability `badness`. */
function drawPlays(dice: Dice, badness: number, temper = (play: Play) => play): Play[] {
  return Array.from({ length: 12 }, () => {
    const play = drawPlay(dice);
    return dice.chance(badness) ? temper(play) : goodPlay;
  });
}

/** The same, but hardly one hangs: a post step has 20 s to wait for it. */
function drawPostPlays(dice: Dice, badness: number): Play[] {
  return drawPlays(dice, badness, (play) =>
    hangs.includes(play.delivery) && dice.chance(0.9) ? { ...play, delivery: 'whole' } : play,
  );
}

function drawSignal(dice: Dice): Signal {
  const name = dice.pick<Signal['name']>(['SIGINT', 'SIGTERM']);
  if (dice.chance(0.35)) return { name, attempt: undefined, afterMs: dice.between(0, 400) };
  const attempt = Number(dice.weigh({ 0: 6, 1: 3, 2: 1 }));
  return { name, attempt, afterMs: dice.between(0, dice.pick([3, 30, 200])) };
}
