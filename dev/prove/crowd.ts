// Many processes of the bundle at once, before a server that throttles: none may be lost, and they must not come in waves.
import { runStep, type StepResult } from '../runner/step.ts';
import { type Bundle, withBundle } from './bundles.ts';
import { drawHistogram, findDistance, findMedian, findPeak, subtractLag } from './crowd/spread.ts';
import { startThrottle, type Throttle } from './crowd/throttle.ts';

const size = 64;
const perSecond = 8;
const timeoutS = 90;

/**
 * How far the jitter may be from an even one. With as many retries, chance alone makes some 0.1; a jitter of half the
 * width has 0.5, none at all 1.
 */
const maxDistance = 0.3;

/** Without jitter all come back at the same moment: numbers that cannot tell this from a crowd are worth nothing. */
export const noJitter = { find: 'random: () => Math.random(),', put: 'random: () => 0,' };

/** Whether the crowd got its tokens in time and came spread, and whether one without jitter is told from it. */
export async function runCrowd(print: (text: string) => void): Promise<boolean> {
  print(`${size} processes at once, ${perSecond} tokens a second\n\n`);
  const herd = await withBundle(gather, [noJitter]);
  const crowd = await withBundle(gather);
  const [spread, waves] = [measure(crowd, herd), measure(herd, herd)];
  print(describe(crowd, spread));
  print(`\nThe same with the jitter taken out of the bundle\n\n${describe(herd, waves)}`);
  const blind = isEven(waves) ? ['Waves are not told from a crowd'] : [];
  const broken = [...judge(crowd), ...(isEven(spread) ? [] : ['They came in waves']), ...blind];
  print(`\n${broken.map((text) => `${text}\n`).join('') || 'As it should be\n'}`);
  return broken.length === 0;
}

interface Crowd {
  readonly results: readonly StepResult[];
  readonly throttle: Throttle;
}

/** Runs them all; the server holds its first answers until everybody has asked. */
async function gather(bundle: Bundle): Promise<Crowd> {
  const throttle = await startThrottle({ perSecond, size });
  try {
    const run = (index: number) =>
      runStep({
        bundle: bundle.main,
        inputs: {
          'client-id': `client-${index}`,
          'client-secret': 'p8e-the-same-for-everybody',
          'ims-url': throttle.url,
          'max-attempts': '10',
          timeout: String(timeoutS),
        },
        killAfterMs: (timeoutS + 10) * 1000,
      });
    const results = await Promise.all(Array.from({ length: size }, (_, index) => run(index)));
    return { results, throttle };
  } finally {
    await throttle.close();
  }
}

/** How evenly the retries came. */
interface Spread {
  /** The most within 100 ms. */
  readonly peak: number;
  /** Of the jitter from an even one: 0 is the same, 1 the farthest. */
  readonly distance: number;
}

/** `herd`, which has no jitter, tells how long the way takes on this machine. */
function measure({ throttle: { retries } }: Crowd, herd: Crowd): Spread {
  const moments = retries.map(({ atMs }) => atMs);
  return {
    peak: findPeak(moments, 100),
    distance: findDistance(subtractLag(retries, herd.throttle.retries)),
  };
}

function isEven({ distance }: Spread): boolean {
  return distance <= maxDistance;
}

function describe({ results, throttle }: Crowd, { peak, distance }: Spread): string {
  const { arrivalsMs, attempts } = throttle;
  const done = results.filter(({ exitCode }) => exitCode === 0).length;
  const lastS = Math.max(...arrivalsMs) / 1000;
  return `${drawHistogram(arrivalsMs, 250)}
Tokens: ${done} of ${size}, the last ${lastS.toFixed(1)} s after the first
Requests: ${arrivalsMs.length}, of a process at most ${Math.max(...attempts)}, half of them at most ${findMedian(attempts)}
Most retries within 100 ms: ${peak}
Distance of the jitter from an even one: ${distance.toFixed(3)} (at most ${maxDistance})
`;
}

function judge({ results, throttle }: Crowd): string[] {
  const failed = results.filter(({ exitCode }) => exitCode !== 0).length;
  const tokens = new Set(results.map(({ outputs }) => outputs['access-token']));
  const slowMs = Math.max(...throttle.arrivalsMs);
  return [
    ...(failed > 0 ? [`${failed} of ${size} failed`] : []),
    ...(tokens.size === size ? [] : [`${tokens.size} different tokens for ${size} processes`]),
    ...(slowMs < (timeoutS * 1000) / 2 ? [] : ['Some needed more than half of their time']),
    ...(throttle.early > 0 ? [`${throttle.early} came back before they should`] : []),
  ];
}
