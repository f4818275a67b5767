// How the process ends: with which code, after which line, and without waiting for what hangs.
import { describe, expect, jest, test } from '@jest/globals';
import { TimeoutError } from '../../src/errors.ts';
import { type Ending, run } from '../../src/github/ending.ts';
import { sharedLookup } from '../../src/http/dns.ts';
import { describeError, troubleshootingUrl } from '../../src/messages.ts';
import { isolateEnvironment } from '../support/environment.ts';
import { captureEndings, capturePrinted } from '../support/process-output.ts';

isolateEnvironment();
const printed = capturePrinted();

const main: Ending = { report: (runner, error) => runner.error(describeError(error)), code: 1 };
const post: Ending = {
  report: (runner, error) => runner.warningLine(describeError(error)),
  code: 0,
};
const kinds = [
  ['error', main],
  ['warning', post],
] as const;

describe('a step', () => {
  const failed = new TimeoutError('too late', { topic: 'timeout', hint: 'Wait' });
  const LINE = `title=Adobe IMS Access Token::too late. Wait. ${troubleshootingUrl('timeout')}`;

  test('that succeeds ends the process with 0', async () => {
    const endings = captureEndings();
    await run(async (runner) => runner.info('done'), main);
    expect(printed()).toEqual(['done\n']);
    expect(endings).toEqual([0]);
  });

  test('that fails ends it with 1 and one error line', async () => {
    const endings = captureEndings();
    await run(() => Promise.reject(failed), main);
    expect(printed()).toEqual([`::error ${LINE}\n`]);
    expect(endings).toEqual([1]);
  });

  test('that must not fail the job ends it with 0 and a warning', async () => {
    const endings = captureEndings();
    await run(() => Promise.reject(failed), post);
    expect(printed()).toEqual([`::warning ${LINE}\n`]);
    expect(endings).toEqual([0]);
  });

  test.each(kinds)('with a defect outside of it ends with one %s', async (kind, ending) => {
    const endings = captureEndings();
    void run(() => new Promise(() => {}), ending);
    process.emit('uncaughtException', new RangeError('the-secret'));
    expect(printed()).toEqual([
      `::${kind} title=Adobe IMS Access Token::Unexpected RangeError in this action, which is a bug: re-run the job with debug logging and report what it prints. ${troubleshootingUrl('unexpected-error')}\n`,
    ]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(endings).toEqual([ending.code]);
  });

  // With the end begun and nobody to go on with it, the exit code would be 0.
  test.each(kinds)('ends with its code where the report of its %s fails', async (_kind, ending) => {
    const endings = captureEndings();
    const defect = new TypeError('no report');
    const report = () => {
      throw defect;
    };
    await expect(run(() => Promise.reject(failed), { ...ending, report })).rejects.toBe(defect);
    expect(endings).toEqual([ending.code]);
  });

  test('ends once, whatever goes wrong after that', async () => {
    const endings = captureEndings();
    await run(() => Promise.resolve(), main);
    process.emit('uncaughtException', new RangeError('late'));
    process.emit('beforeExit', 0);
    await new Promise((resolve) => setImmediate(resolve));
    expect(printed()).toEqual([]);
    expect(endings).toEqual([0]);
  });

  test.each(kinds)('that waits for what never comes ends with one %s', async (kind, ending) => {
    const endings = captureEndings();
    void run(() => new Promise(() => {}), ending);
    process.emit('beforeExit', 0);
    await new Promise((resolve) => setImmediate(resolve));
    expect(printed()).toEqual([
      expect.stringMatching(`^::${kind} title=Adobe IMS Access Token::Unexpected UnfinishedStep`),
    ]);
    expect(endings).toEqual([ending.code]);
  });

  test.each(kinds)(
    'whose log nobody reads ends without a line: its %s is lost',
    async (_kind, ending) => {
      const endings = captureEndings();
      await run(() => Promise.resolve(), ending);
      process.stdout.emit('error', new Error('write EPIPE'));
      expect(printed()).toEqual([]);
      expect(endings).toEqual([0, ending.code]);
    },
  );

  test('ends the process only after all that was printed is out', async () => {
    const endings = captureEndings();
    const flushed = Promise.withResolvers<void>();
    jest.spyOn(process.stdout, 'write').mockImplementation(((_text: string, done: () => void) => {
      flushed.promise.then(done);
      return true;
    }) as typeof process.stdout.write);
    const ended = run(() => Promise.resolve(), main);
    await new Promise((resolve) => setImmediate(resolve));
    expect(endings).toEqual([]);
    flushed.resolve();
    await ended;
    expect(endings).toEqual([0]);
  });

  test('ends the process though nobody reads its log: a full pipe would hold it for ever', async () => {
    const endings = captureEndings();
    jest.spyOn(process.stdout, 'write').mockReturnValue(false);
    await run(() => Promise.reject(failed), main);
    expect(endings).toEqual([1]);
  });

  /** Runs a step while the system's resolver is at work. */
  async function runDuringLookup(ending: Ending): Promise<unknown[]> {
    const endings = captureEndings();
    const looked = Promise.withResolvers<void>();
    sharedLookup('localhost', {}, () => looked.resolve());
    await run(() => Promise.reject(failed), ending);
    await looked.promise;
    return endings;
  }

  // A killed process has no exit code, and one that waits for the resolver ends half a minute late.
  test.each([
    ['error', main, 1],
    ['warning', post, 0],
  ] as const)('with an %s does not wait for a lookup', async (_kind, ending, code) => {
    const { execPath } = process;
    const replaced = ['execve', execPath, [execPath, '--eval', `process.exitCode = ${code}`], {}];
    expect(await runDuringLookup(ending)).toEqual([replaced, code]);
  });

  test.each([
    ['fails is killed', main, [[process.pid, 'SIGKILL'], 1]],
    ['must not fail the job waits for the lookup', post, [0]],
  ] as const)('on Windows that %s', async (_what, ending, endings) => {
    const denied = jest.spyOn(process, 'execve' as 'exit').mockImplementation(() => {
      throw new Error('not there');
    });
    expect(await runDuringLookup(ending)).toEqual(endings);
    denied.mockRestore();
  });
});
