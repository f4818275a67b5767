// Holds what a run left behind to what was expected of it.
import { findLeaks } from '../runner/leaks.ts';
import type { ActLog } from './log.ts';
import type { Expectation } from './plan.ts';

export interface Outcome {
  readonly log: ActLog;
  /** Those that the run got. */
  readonly tokens: readonly string[];
  readonly revoked: readonly string[];
  /** `METHOD path` of each request. */
  readonly calls: readonly string[];
  /** The command line of each call of `gh`. */
  readonly gh: readonly string[];
  /** Hosts that it must not ask. */
  readonly refused: readonly string[];
  /** What its log must not hold, beside the tokens. */
  readonly hidden: readonly string[];
}

/** A line for each thing that is not as expected; it holds no secret. */
export function judge(expected: Expectation, outcome: Outcome): readonly string[] {
  const { log, tokens, revoked, calls, gh } = outcome;
  return [
    ...judgeJobs(expected, log),
    ...compare('tokens', expected.tokens, tokens.length),
    ...(expected.tokens === undefined && tokens.length === 0 ? ['IMS was asked for no token'] : []),
    ...compare('revoked tokens', expected.revoked, revoked.length),
    ...compare('requests', expected.calls?.join(', '), calls.join(', ')),
    ...(expected.log ?? [])
      .filter((words) => !log.text.includes(words))
      .map((words) => `the log does not say "${words}"`),
    ...(expected.absent ?? [])
      .filter((words) => log.text.includes(words))
      .map((words) => `the log says "${words}"`),
    ...judgeCommands(expected.gh, gh),
    ...outcome.refused.map((host) => `asks ${host}, which is neither Adobe's nor the registry's`),
    ...findLeaks(log.text, { secret: outcome.hidden, token: tokens }).map(
      (leak) => `the log holds ${leak}`,
    ),
  ];
}

function judgeJobs({ jobs = {} }: Expectation, log: ActLog): readonly string[] {
  const unsupported = /Skipping unsupported platform.*/.exec(log.text);
  const failing = Object.keys(jobs).filter((id) => jobs[id] === 'failure');
  const missing = Object.keys(jobs).filter(
    (id) => jobs[id] !== 'skipped' && !log.jobs.some((job) => job.id === id),
  );
  return [
    ...(log.jobs.length === 0 ? [`no job ran: ${log.text.trim().split('\n').at(-1)}`] : []),
    ...(unsupported ? [unsupported[0]] : []),
    ...missing.map((id) => `job ${id} did not run`),
    ...log.jobs
      .filter(({ id, result }) => !failing.includes(id) && result !== (jobs[id] ?? 'success'))
      .map(({ name, result }) => `job ${name}: ${result}${findReason(name, log)}`),
    // A matrix fails where one of its jobs does.
    ...failing
      .filter((id) => log.jobs.some((job) => job.id === id))
      .filter((id) => !log.jobs.some((job) => job.id === id && job.result === 'failure'))
      .map((id) => `job ${id} did not fail`),
  ];
}

/** The first error that the job has shown. */
function findReason(job: string, { text }: ActLog): string {
  const lines = text.split('\n').filter((line) => line.startsWith(`[${job}]`));
  const [, reason] =
    lines.map((line) => /::error[^:]*::(.*)/.exec(line) ?? []).find(([, said]) => said) ?? [];
  return reason ? `, "${reason}"` : '';
}

function judgeCommands(
  expected: readonly string[] | undefined,
  gh: readonly string[],
): readonly string[] {
  if (!expected) return gh.map((line) => `gh was called: ${line}`);
  const lines = Array.from({ length: Math.max(expected.length, gh.length) }, (_, index) => index);
  return lines.flatMap((index) => {
    const [words, line] = [expected[index], gh[index]];
    if (words !== undefined && line?.includes(words)) return [];
    return [`call ${index + 1} of gh: ${line ?? 'none'}, expected ${words ?? 'none'}`];
  });
}

function compare(
  what: string,
  expected: string | number | undefined,
  found: string | number,
): readonly string[] {
  if (expected === undefined || expected === found) return [];
  return [`${what}: ${found}, expected ${expected}`];
}
