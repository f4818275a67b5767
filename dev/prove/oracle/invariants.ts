// What holds for every run, whatever happened: no leak, no command but its own, one error line, one host.
import { parseCommands, splitLines } from '../../runner/commands.ts';
import { findLeaks, findStepLeaks, type Secrets } from '../../runner/leaks.ts';
import type { StepResult } from '../../runner/step.ts';
import type { Execution, Run } from '../execution.ts';
import { proxyPassword, type Schedule } from '../schedule.ts';
import { findToken } from './readings.ts';

export function judgeInvariants(schedule: Schedule, execution: Execution): string[] {
  const { main, post } = execution;
  const secrets = collectSecrets(schedule, execution);
  return [
    ...[main, ...(post ? [post] : [])].flatMap((run) => judgeRun(run, secrets)),
    ...listObjections(execution),
    ...judgeErrors(execution),
    ...judgeMask(main.result),
  ];
}

function collectSecrets(schedule: Schedule, { main, sealedToken }: Execution): Secrets {
  const tokens = [...main.attempts.map(({ token }) => token), sealedToken];
  return {
    secret: [...schedule.secrets, proxyPassword],
    token: tokens.flatMap((token) => token || []),
  };
}

function judgeRun({ result, trapped }: Run, secrets: Secrets): string[] {
  const commands = parseCommands(result.stdout);
  const own = ['add-mask', 'debug', 'notice', 'warning', 'error'];
  const strange = commands.filter(({ name, syntax }) => syntax !== '::' || !own.includes(name));
  return [
    ...findStepLeaks(result, secrets).map((leak) => `Leaked into ${leak}`),
    ...strange.map(({ name }) => `The log holds the command ${name}`),
    ...findOddMasks(result, secrets),
    ...(trapped > 0 ? [`${trapped} connections to a host that was not named`] : []),
    ...(result.stderr === '' ? [] : [`On stderr: ${result.stderr.slice(0, 200)}`]),
  ];
}

/** Why IMS would refuse a request. It does not know what a bad network made of a token, which is revoked all the same. */
function listObjections({ main, post }: Execution): string[] {
  const isGarbled = main.attempts.some((attempt) => attempt.token && !findToken(attempt));
  const objections = [...main.attempts, ...(post?.attempts ?? [])].filter(
    ({ label }) => label !== 'revoke' || !isGarbled,
  );
  const texts = new Set(objections.flatMap(({ objection }) => objection ?? []));
  return [...texts].map((text) => `IMS would refuse a request: ${text}`);
}

/** A server whose text becomes a mask can blank out whatever it likes in the log. */
function findOddMasks({ masks }: StepResult, secrets: Secrets): string[] {
  const odd = masks.filter(
    // A proxy's user, or the head of a token, which many tokens share.
    (mask) => !/^(robot|eyJ)/.test(mask) && findLeaks(mask, secrets).length === 0,
  );
  return odd.length > 0 ? [`${odd.length} masks of what is no secret`] : [];
}

/** One error line for a failure, none for a success; a run that was told to end may do so in silence. */
function judgeErrors({ main: { result, signalled }, post }: Execution): string[] {
  const count = (stdout: string) =>
    splitLines(stdout).filter((line) => line.startsWith('::error')).length;
  const errors = count(result.stdout);
  const least = result.exitCode === 0 || signalled || result.timedOut ? 0 : 1;
  const most = result.exitCode === 0 ? 0 : 1;
  return [
    ...(errors >= least && errors <= most
      ? []
      : [`${errors} error lines, exit code ${result.exitCode}`]),
    ...(post && count(post.result.stdout) > 0 ? ['Post step: an error line'] : []),
  ];
}

/** The token is masked before the log tells of it, and so before it is given away. */
function judgeMask({ stdout, outputs }: StepResult): string[] {
  const { 'access-token': token } = outputs;
  if (token === undefined) return [];
  const [start = ''] = stdout.split(/^(?:::debug::.*succeeded.*|(?!::).+)$/m);
  return start.includes(`::add-mask::${token}`) ? [] : ['The token was masked too late'];
}
