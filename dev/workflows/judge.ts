// Holds what a run left behind to what was expected of it.
import { findLeaks } from '../runner/leaks.ts';
import type { ActLog } from './act.ts';
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
  const { log: words = [], absent = [], gh: parts = [] } = expected;
  // Those that are as expected are named by the part that is.
  const commands = gh.map((line, index) => {
    const part = parts[index] ?? line;
    return line.includes(part) ? part : line;
  });
  return [
    ...judgeJobs(expected, log),
    ...(/Skipping unsupported platform.*/.exec(log.text) ?? []),
    ...compare('tokens', tokens.length, expected.tokens ?? Math.max(tokens.length, 1)),
    ...compare('revoked tokens', revoked.length, expected.revoked),
    ...compare('requests', calls.join(', '), expected.calls?.join(', ')),
    ...compare('calls of gh', commands.join('; '), parts.join('; ')),
    ...words
      .filter((word) => !log.text.includes(word))
      .map((word) => `the log does not say "${word}"`),
    ...absent.filter((word) => log.text.includes(word)).map((word) => `the log says "${word}"`),
    ...outcome.refused.map((host) => `asks ${host}, which is neither Adobe's nor the registry's`),
    ...findLeaks(log.text, { secret: outcome.hidden, token: tokens }).map(
      (leak) => `the log holds ${leak}`,
    ),
  ];
}

function judgeJobs({ jobs: expected = {} }: Expectation, { jobs, text }: ActLog) {
  if (jobs.length === 0) return [`no job ran: ${text.trim().split('\n').at(-1)}`];
  const ids = new Set([...Object.keys(expected), ...jobs.map(({ id }) => id)]);
  return [...ids].flatMap((id) => {
    const wanted = expected[id] ?? 'success';
    const results = jobs.filter((job) => job.id === id).map(({ result }) => result);
    // A matrix fails where one of its jobs does.
    const [result = 'skipped'] = results.toSorted();
    return result === wanted ? [] : [`job ${id}: ${result}, expected ${wanted}`];
  });
}

function compare<Value>(what: string, found: Value, expected = found): readonly string[] {
  return found === expected ? [] : [`${what}: ${found}, expected ${expected}`];
}
