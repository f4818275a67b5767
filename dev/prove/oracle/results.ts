// What a run must have left, given the ways in which it may have ended: everything or nothing.
import { services } from '../contract.ts';
import type { Run } from '../perform.ts';
import type { Schedule } from '../schedule.ts';
import type { Ending } from './forecast.ts';

/** The outputs that are always there together. */
export const published = [
  'access-token',
  'token-type',
  'expires-in',
  'expires-at',
  'scope',
  'client-id',
  'source',
  'verified',
  'skipped',
] as const;

export function judgeResults(schedule: Schedule, run: Run, endings: readonly Ending[]): string[] {
  const { result } = run;
  if (result.exitCode !== 0) {
    return [...judgeFailure(schedule, run), ...judgeError(schedule, run, endings)];
  }
  if (schedule.obstacle?.skips) {
    const bare = result.outputs['skipped'] === 'true' && !result.outputs['access-token'];
    return bare ? [] : ['Skipped, but the outputs do not say so'];
  }
  return [
    ...judgeOutputs(schedule, run, endings),
    ...judgeVariables(schedule, run),
    ...judgeLog(schedule, run, endings),
  ];
}

/** One line says what was got; a warning names refused secrets, a notice says why a sealed token did not serve. */
function judgeLog({ seal }: Schedule, { result }: Run, endings: readonly Ending[]): string[] {
  const { stdout, outputs } = result;
  const lines = stdout.split('\n').filter((line) => line !== '' && !line.startsWith('::'));
  const refused = endings.length > 0 && endings.every((ending) => ending.refused > 0);
  return [
    ...(lines.length === 1 ? [] : [`${lines.length} lines in the log`]),
    ...(refused && !/^::warning/m.test(stdout) ? ['No warning names the refused secrets'] : []),
    ...(seal && outputs['source'] === 'minted' && !/^::notice/m.test(stdout)
      ? ['No notice says why the sealed token did not serve']
      : []),
  ];
}

/** Nothing was published. */
function judgeFailure({ journal }: Schedule, { result }: Run): string[] {
  const left = [
    ...published.filter((name) => name in result.outputs),
    ...Object.keys(result.env).filter((name) => /_(ACCESS_TOKEN|CLIENT_ID)$/.test(name)),
    ...(result.summary === '' ? [] : ['a summary']),
  ];
  // State names the client too, and in a journal the two look the same.
  const telling = left.filter((name) => !journal || name !== 'client-id');
  return telling.length > 0 ? [`Failed, but left ${telling.join(', ')}`] : [];
}

/** The one error line names how often was asked, and the wait that was asked for. */
function judgeError(
  { maxAttempts }: Schedule,
  { result }: Run,
  endings: readonly Ending[],
): string[] {
  const error = /^::error.*$/m.exec(result.stdout)?.[0].slice(0, 300) ?? '';
  const only = (why: Ending['why']) =>
    endings.length > 0 && endings.every((ending) => ending.why === why);
  const counted = maxAttempts === 1 || error.includes(`${maxAttempts} attempts`);
  const said = /wait|Retry-After/i.test(error);
  return [
    ...(only('retries') && !counted ? [`The error does not name the attempts: ${error}`] : []),
    ...(only('asks') && !said ? [`The error does not name the wait: ${error}`] : []),
  ];
}

function judgeOutputs(schedule: Schedule, run: Run, endings: readonly Ending[]): string[] {
  const { inputs, scope } = schedule;
  const { attempts } = run;
  const { outputs } = run.result;
  const missing = published.filter((name) => !(name in outputs));
  if (missing.length > 0) return [`Outputs are missing: ${missing.join(', ')}`];
  const tokens = endings.map(({ granted }) => attempts[granted ?? -1]?.token);
  const foreign = outputs['source'] === 'minted' && !tokens.includes(outputs['access-token']);
  const answer = attempts[endings[0]?.granted ?? -1]?.play.answer ?? '';
  const usual = /^(good|short|strings|milliseconds)$/.test(answer);
  const expected: Record<string, string | undefined> = {
    'token-type': 'bearer',
    'client-id': inputs['client-id'],
    skipped: 'false',
    verified: nameVerification(attempts),
    ...(usual && { scope: scope.join(',') }),
  };
  const wrong = Object.entries(expected).filter(([name, value]) => outputs[name] !== value);
  const unsealed = inputs['seal'] === 'true' && answer === 'good' && !outputs['sealed-token'];
  return [
    ...wrong.map(([name, value]) => `Output ${name} is ${outputs[name]}, not ${value}`),
    ...(foreign ? ['The token is not the one granted'] : []),
    ...(unsealed ? ['Nothing was sealed'] : []),
    ...judgeExpiry(run, usual ? (answer === 'short' ? 3599 : 86_399) : undefined),
  ];
}

/** Both outputs tell of the same moment, and of the right one where the answer says `lifetimeS`. */
function judgeExpiry({ result, startedMs }: Run, lifetimeS: number | undefined): string[] {
  const { 'expires-at': moment = '', 'expires-in': seconds } = result.outputs;
  const lives = Number(seconds);
  const tookMs = result.durationMs;
  const gapMs = Date.parse(moment) - (startedMs + tookMs) - lives * 1000;
  const least = (lifetimeS ?? lives) - tookMs / 1000 - 1;
  const right = lives <= (lifetimeS ?? lives) && lives >= least;
  return [
    ...(right ? [] : [`expires-in is ${lives}, not ${lifetimeS}`]),
    ...(Math.abs(gapMs) < tookMs + 1000 ? [] : [`expires-at is ${gapMs} ms off expires-in`]),
    ...(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(moment) ? [] : [`expires-at is ${moment}`]),
  ];
}

/** What was asked last is what verified the token. */
function nameVerification(attempts: Run['attempts']): string {
  const last = attempts.findLast(({ label }) => label !== '?')?.label ?? '';
  return { service: 'service', validate: 'token' }[last] ?? 'none';
}

function judgeVariables({ inputs, service }: Schedule, { result }: Run): string[] {
  const prefix = inputs['env-prefix'] ?? services[service].prefix;
  const { env, outputs } = result;
  const names = [`${prefix}_ACCESS_TOKEN`, `${prefix}_CLIENT_ID`];
  const there = Object.keys(env).filter((name) => /_(ACCESS_TOKEN|CLIENT_ID)$/.test(name));
  const wanted = inputs['export-env'] === 'false' ? [] : names;
  if (there.sort().join() !== wanted.sort().join()) return [`Variables set: ${there.join(', ')}`];
  const equal =
    wanted.length === 0 ||
    (env[names[0] ?? ''] === outputs['access-token'] &&
      env[names[1] ?? ''] === inputs['client-id']);
  return equal ? [] : ['The variables differ from the outputs'];
}
