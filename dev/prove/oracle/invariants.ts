// What holds for every run, whatever happened: no leak, no command but its own, one error line, one host.
import { parseCommands, splitLines } from '../../runner/commands.ts';
import { findLeaks, findStepLeaks, type Secrets } from '../../runner/leaks.ts';
import type { StepResult } from '../../runner/step.ts';
import type { Observation, Run } from '../perform.ts';
import type { Schedule } from '../schedule.ts';

export function judgeInvariants(schedule: Schedule, seen: Observation): string[] {
  const secrets = collectSecrets(schedule, seen);
  const runs: [string, Run | undefined][] = [
    ['', seen.main],
    ['Post step: ', seen.post],
  ];
  return [
    ...runs.flatMap(([step, run]) =>
      run ? judgeRun(run, secrets).map((text) => step + text) : [],
    ),
    ...judgeErrors(seen),
    ...judgeJournal(seen),
  ];
}

function collectSecrets(schedule: Schedule, { main, sealedToken }: Observation): Secrets {
  const { inputs, env, secrets, proxyPassword } = schedule;
  const given = (inputs['client-secret'] ?? '').split('\n').map((line) => line.trim());
  const misplaced = env['INPUT_CLIENT_SECRET'] ?? '';
  const tokens = [...main.attempts.map(({ token }) => token), sealedToken ?? ''];
  return {
    secret: [...new Set([...given, ...secrets, misplaced, proxyPassword])].filter(Boolean),
    token: tokens.flatMap((token) => token || []),
  };
}

function judgeRun({ result, attempts, trapped }: Run, secrets: Secrets): string[] {
  const commands = parseCommands(result.stdout);
  const own = ['add-mask', 'debug', 'notice', 'warning', 'error'];
  const strange = commands.filter(({ name, syntax }) => syntax !== '::' || !own.includes(name));
  const faults = new Set(attempts.flatMap(({ fault }) => fault ?? []));
  return [
    ...findStepLeaks(result, secrets).map((leak) => `Leaked into ${leak}`),
    ...strange.map(({ name }) => `The log holds the command ${name}`),
    ...[...faults].map((fault) => `IMS would refuse the request: ${fault}`),
    ...findOddMasks(result, secrets),
    ...(trapped > 0 ? [`${trapped} connections to a host that was not named`] : []),
    ...(result.stderr === '' ? [] : [`On stderr: ${result.stderr.slice(0, 200)}`]),
  ];
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
function judgeErrors({ main: { result }, post, signalled }: Observation): string[] {
  const count = (stdout: string) =>
    splitLines(stdout).filter((line) => line.startsWith('::error')).length;
  const errors = count(result.stdout);
  const least = result.exitCode === 0 || signalled ? 0 : 1;
  const most = result.exitCode === 0 ? 0 : 1;
  return [
    ...(errors >= least && errors <= most ? [] : [`${errors} error lines`]),
    ...(post && count(post.result.stdout) > 0 ? ['Post step: an error line'] : []),
  ];
}

/** What is secret is masked before it stands anywhere. */
function judgeJournal({ journal, main }: Observation): string[] {
  if (journal === undefined) return [];
  const token = main.result.outputs['access-token'] ?? main.result.state['token'];
  if (token === undefined) return [];
  const [start = ''] = journal.split(`::add-mask::${token}`);
  const before = start.replace(/^::add-mask::.*$/gm, '');
  return findLeaks(before, { token: [token] }).map((leak) => `Before its mask: ${leak}`);
}
