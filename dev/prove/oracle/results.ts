// What a run must have left, given the path that it took: everything or nothing.
import { parseCommands } from '../../runner/commands.ts';
import type { StepResult } from '../../runner/step.ts';
import type { Execution, Run } from '../execution.ts';
import { clientId, findService, type Schedule } from '../schedule.ts';
import { followRevocations, type Path } from './path.ts';
import { judgeDuration, postTimeoutS } from './timing.ts';

export function judgeResults(schedule: Schedule, run: Run, path: Path): string[] {
  const { result } = run;
  const isDone = result.exitCode === 0;
  return [
    ...judgeTokens(schedule, run, path),
    ...(isDone ? judgeOutputs(schedule, result, path) : judgeFailure(schedule, result, path)),
    ...(isDone ? judgeLog(schedule, result, path) : []),
  ];
}

/**
 * A failure leaves nothing. The one error line names how many attempts there were, and the wait; the output and the summary
 * repeat it.
 */
function judgeFailure({ options, limitKiB }: Schedule, result: StepResult, path: Path): string[] {
  const { why, tries } = path;
  const left = Object.keys({ ...result.outputs, ...result.env }).filter(
    (name) => !/^(error|ADOBE_IMS_TOKEN_REVOKE)$/.test(name),
  );
  // A cancelled run that had begun to publish ends with all of it.
  const isPublished = path.why === 'cancelled' && 'skipped' in result.outputs;
  const error = parseCommands(result.stdout).find(({ name }) => name === 'error')?.message;
  const isUncounted = why === 'attempts' && tries > 1 && !error?.includes(`${tries} attempts`);
  const isWaitUntold = why === 'asks to wait' && !error?.includes('asks to wait');
  const isUntold = limitKiB === undefined && result.outputs['error'] !== error;
  const lacksSummary = options['summary'] && !result.summary.includes('Failed') && !limitKiB;
  return [
    ...(left.length > 0 && !isPublished ? [`Failed, but left ${left.join(', ')}`] : []),
    ...(isUncounted ? [`The error does not name the attempts: ${error}`] : []),
    ...(isWaitUntold ? [`The error does not name the wait: ${error}`] : []),
    ...(isUntold ? [`The output error is not the error line: ${result.outputs['error']}`] : []),
    ...(error !== undefined && lacksSummary ? ['No summary of the failure'] : []),
  ];
}

/** One line says what was got; a warning names refused secrets, a notice says why a sealed token did not serve. */
function judgeLog({ seal }: Schedule, { stdout, outputs }: StepResult, path: Path): string[] {
  const lines = stdout.split('\n').filter((line) => line !== '' && !line.startsWith('::'));
  const isSilent = path.refusedSecrets > 0 && !/^::warning/m.test(stdout);
  const isDropped = seal && outputs['source'] === 'minted' && !/^::notice/m.test(stdout);
  return [
    ...(lines.length === 1 ? [] : [`${lines.length} lines in the log`]),
    ...(isSilent ? ['No warning names the refused secrets'] : []),
    ...(isDropped ? ['No notice says why the sealed token did not serve'] : []),
  ];
}

/** All of the outputs and variables, of the token that was granted. */
function judgeOutputs(schedule: Schedule, result: StepResult, path: Path): string[] {
  const { outputs, env } = result;
  const { granted, verified } = path;
  const { seal, 'export-env': exportEnv, 'org-id': orgId } = schedule.options;
  const token = outputs['access-token'] ?? '';
  const expected: Record<string, string | undefined> = {
    'client-id': clientId,
    'org-id': orgId,
    source: granted ? 'minted' : 'sealed',
    skipped: 'false',
    'token-type': 'bearer',
    verified,
    ...(granted?.fault.answer === 'good' && {
      scope: findService(schedule).scopes.join(','),
      'sealed-token': seal ? outputs['sealed-token'] || 'there' : undefined,
    }),
  };
  const wrong = Object.keys(expected).filter((name) => outputs[name] !== expected[name]);
  const { envPrefix } = findService(schedule);
  const isExported = env[`${envPrefix}_ACCESS_TOKEN`] === token;
  return [
    ...wrong.map((name) => `The output ${name} is ${outputs[name]}, not ${expected[name]}`),
    ...(granted && token !== granted.token ? ['The token is not the one that was granted'] : []),
    ...(isExported === (exportEnv !== 'false') ? [] : ['The variables are not what was wanted']),
    ...(Number(outputs['expires-in']) > 0 ? [] : [`expires-in is ${outputs['expires-in']}`]),
  ];
}

/** Every token that arrived is masked and, with `revoke`, saved or revoked, whatever else was wrong with its answer. */
function judgeTokens({ options }: Schedule, { result, attempts }: Run, path: Path): string[] {
  const { state, env, masks } = result;
  const saved = listSaved(state);
  // The last answer may cross the end of the time, or a signal.
  const crossing = /time|cancelled/.test(path.why) ? attempts.at(-1)?.token : undefined;
  const arrived = path.tokens.filter((token) => token !== crossing);
  const isBare = arrived.some((token) => !masks.includes(token));
  const isRevoked = attempts.some(({ label }) => label === 'revoke');
  // A longer one would keep the post step from starting.
  const savable = arrived.filter(({ length }) => length <= 32_000);
  const isLost = !isRevoked && savable.some((token) => !saved.includes(token));
  const isIdle = saved.length > 0 && env['ADOBE_IMS_TOKEN_REVOKE'] !== 'true';
  return [
    ...(isBare ? ['A token arrived that was not masked'] : []),
    ...(options['revoke'] && isLost ? ['A token arrived that was not saved'] : []),
    ...(!options['revoke'] && saved.length > 0 ? ['State saved without revoke'] : []),
    ...(isIdle ? ['State was saved, but the post step would not run'] : []),
  ];
}

/** Every token that was saved is revoked, and what could not be is told of; the post step never fails. */
export function judgePost(schedule: Schedule, { main, post: run }: Execution): string[] {
  if (!run) return [];
  const { exitCode, signal, outputs, env, stdout } = run.result;
  const warnings = stdout.match(/^::warning/gm)?.length ?? 0;
  const lines = stdout.match(/^(?!::).+$/gm)?.length ?? 0;
  const saved = listSaved(main.result.state).length;
  const walk = { schedule, run, timeoutS: postTimeoutS };
  const path = followRevocations(walk, saved, warnings);
  const texts = [
    ...('unexpected' in path ? [path.unexpected] : []),
    ...judgeDuration(walk),
    ...(exitCode === 0 ? [] : [`exit ${exitCode ?? signal}`]),
    ...(Object.keys({ ...outputs, ...env }).length > 0 ? ['left something'] : []),
    ...(warnings + lines === saved ? [] : [`${warnings} warnings, ${lines} other lines`]),
  ];
  return texts.map((text) => `Post step: ${text}`);
}

function listSaved(state: StepResult['state']): string[] {
  return Object.keys(state)
    .filter((name) => /^token-\d+$/.test(name))
    .map((name) => state[name] ?? '');
}
