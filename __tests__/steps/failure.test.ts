// What a failed step leaves behind, whatever else has failed.
import { describe, expect, test } from '@jest/globals';
import { TimeoutError } from '../../src/errors.ts';
import { describeError } from '../../src/messages.ts';
import { Secret } from '../../src/secrets/secret.ts';
import { reportFailure, reportPostFailure } from '../../src/steps/failure.ts';
import { renderFailure } from '../../src/steps/summary.ts';
import { type RecordingOptions, record } from '../support/recording.ts';

const failed = new TimeoutError('no answer', { topic: 'timeout', hint: 'Wait' });
const LINE = describeError(failed);

function report(options: RecordingOptions = {}, error: unknown = failed) {
  const recording = record(options);
  reportFailure(recording.runner, error);
  return recording;
}

describe('a main step that failed', () => {
  test('leaves its line in the log and in the output `error`', () => {
    expect(report().calls).toEqual([
      ['error', LINE],
      ['output', 'error', LINE],
    ]);
  });

  test.each(['true', 'True', 'TRUE'])('leaves a row with `summary: %s`', (summary) => {
    expect(report({ inputs: { summary } }).calls).toEqual([
      ['error', LINE],
      ['output', 'error', LINE],
      ['summary', renderFailure(LINE)],
    ]);
  });

  test('leaves no row where `summary` is wrong or not requested', () => {
    for (const summary of ['', 'false', 'yes', 'untrue', 'true, please', 'tRUE']) {
      expect(report({ inputs: { summary } }).calls).toHaveLength(2);
    }
  });

  test('shows nothing in output and summary that its log would not show', () => {
    const recording = record({ inputs: { summary: 'true' } });
    recording.runner.mask(new Secret('p8e-the-secret'));
    const leaky = new TimeoutError('no p8e-the-secret ::x', { topic: 'timeout', hint: 'Wait' });
    reportFailure(recording.runner, leaky);
    expect(recording.pairs('output')['error']).toMatch(/^no \*\*\* : :x\. Wait\. /);
    for (const [kind, ...rest] of recording.calls) {
      if (kind !== 'mask') expect(rest.join(' ')).not.toContain('p8e-the-secret');
    }
  });

  test('is told to its end when the job is cancelled meanwhile', () => {
    expect(report().cancel).not.toThrow();
  });

  test('leaves its line in the log where the files cannot be written', () => {
    const fileFaults = { GITHUB_OUTPUT: 'is not set', GITHUB_STEP_SUMMARY: 'is not set' };
    expect(report({ fileFaults, inputs: { summary: 'true' } }).calls).toEqual([['error', LINE]]);
    const failing = ['output', 'summary'] as const;
    expect(report({ failing, inputs: { summary: 'true' } }).calls).toEqual([['error', LINE]]);
  });
});

test('a post step that failed leaves a warning', () => {
  const recording = record();
  reportPostFailure(recording.runner, failed);
  expect(recording.calls).toEqual([['warning', LINE]]);
});

test.each([
  ['main', reportFailure],
  ['post', reportPostFailure],
])(
  'a defect of the %s step shows in debug lines where it came from, and nothing of its message',
  (_step, tell) => {
    const { runner, calls } = record();
    tell(runner, new TypeError('p8e-the-secret\n    is no function'));
    const debug = calls.filter(([kind]) => kind === 'debug').map(([, line = '']) => line);
    expect(debug.length).toBeGreaterThan(0);
    for (const line of debug) expect(line).toMatch(/^at /);
    expect(JSON.stringify(calls)).not.toContain('p8e-the-secret');
  },
);
