// The shipped bundle where the runner's files, the event or the log are not as they should be.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readAction } from '../../dev/runner/action.ts';
import { runStep } from '../../dev/runner/step.ts';
import { root } from '../../dev/support/repository.ts';
import { runMain, runPost } from '../support/bundle.ts';
import { CREDENTIALS } from '../support/credentials.ts';
import { makeFolder } from '../support/folder.ts';
import { startMintingServer } from '../support/minting-server.ts';
import { start } from '../support/stand-in.ts';

/** Files of the runner in a folder of their own, one of which is replaced while a token is requested, by a folder if not told otherwise. */
async function loseFile(
  name: 'GITHUB_OUTPUT' | 'GITHUB_STATE',
  inputs: Record<string, string>,
  replace: (path: string) => void = mkdirSync,
) {
  const folder = makeFolder();
  const names = ['GITHUB_OUTPUT', 'GITHUB_ENV', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'];
  const env = Object.fromEntries(names.map((file) => [file, join(folder, file)]));
  for (const path of Object.values(env)) writeFileSync(path, '');
  const revoked: string[] = [];
  const server = await startMintingServer({
    delay: async () => {
      rmSync(join(folder, name));
      replace(join(folder, name));
    },
    answer: (request, response) => {
      revoked.push(request.url ?? '');
      response.end();
    },
  });
  const run = await runMain(server, { env, inputs });
  const read = (file: string) => (file === name ? '' : readFileSync(join(folder, file), 'utf8'));
  return { run, revoked, written: names.map(read).join('') };
}

describe('a file that becomes a folder meanwhile', () => {
  test.concurrent('leaves nothing half written: no output and no variable', async () => {
    const { run, written } = await loseFile('GITHUB_OUTPUT', {});
    expect(run.exitCode).toBe(1);
    expect(run.errors).toEqual([
      expect.stringMatching(
        /^Could not write the files of the step \(EISDIR\), so nothing was published\. Check .*#file-command-failed$/,
      ),
    ]);
    expect(written).toBe('');
  });

  test.concurrent('has the token revoked at once that nobody could revoke later', async () => {
    const { run, revoked, written } = await loseFile('GITHUB_STATE', { revoke: 'true' });
    expect(run.exitCode).toBe(1);
    expect(run.errors).toEqual([expect.stringContaining('. The token was revoked at once. ')]);
    expect(revoked).toEqual(['/ims/invalidate_token/v2']);
    expect(written.replace(/^error<<.*\n.*\n.*\n/, '')).toBe('');
  });
});

test.concurrent('a file that becomes a FIFO meanwhile, which nobody reads, does not hang the step', async () => {
  const { run, written } = await loseFile('GITHUB_OUTPUT', {}, (path) =>
    execFileSync('mkfifo', [path]),
  );
  expect(run.exitCode).toBe(1);
  expect(run.errors).toEqual([
    expect.stringMatching(/^Could not write the files of the step \(ENXIO\), so nothing was/),
  ]);
  expect(written).toBe('');
});

describe('a disk that is full', () => {
  /** What a step leaves in its files when one of them, `filled` to its last kilobyte, cannot grow by more than that. */
  async function fill(filled: string, inputs: Record<string, string>) {
    const standIn = await start({ grant: { bytes: 1500 } });
    const script = `head -c 5000 /dev/zero | tr '\\0' '\\n' > "$${filled}"; ulimit -f 5; exec "$NODE" "$0"`;
    const run = await runStep({
      inputs: { ...CREDENTIALS, 'ims-url': standIn.url, ...inputs },
      interpreter: 'bash',
      args: ['-c', script],
      env: { NODE: process.execPath },
    });
    return { run, standIn, left: run.rawFiles[filled]?.trim() };
  }

  test.concurrent.each([
    ['GITHUB_OUTPUT', {}],
    ['GITHUB_ENV', {}],
    ['GITHUB_STEP_SUMMARY', { summary: 'true', scope: 'x'.repeat(500) }],
  ])(
    '(%s) leaves nothing that is cut in the middle, and no token anywhere',
    async (name, inputs) => {
      const { run, standIn, left } = await fill(name, inputs);
      expect({ exitCode: run.exitCode, left, env: run.env }).toEqual({
        exitCode: 1,
        left: '',
        env: {},
      });
      expect(run.stdout).toContain('Could not write the files of the step (EFBIG)');
      expect(JSON.stringify(run.rawFiles)).not.toContain(standIn.tokens[0]);
      // The line of the error itself was cut within its heredoc, and the runner then failed on the file.
      if (name !== 'GITHUB_OUTPUT') expect(run.outputs['error']).toContain('(EFBIG)');
    },
  );

  test.concurrent('has the token revoked at once, since no post step could', async () => {
    const { run, standIn, left } = await fill('GITHUB_STATE', { revoke: 'true' });
    expect({ exitCode: run.exitCode, left, env: run.env }).toEqual({
      exitCode: 1,
      left: '',
      env: {},
    });
    expect(run.outputs['error']).toContain('. The token was revoked at once. ');
    expect(standIn.revoked).toEqual(standIn.tokens);
  });
});

describe('files that cannot be written', () => {
  const isRoot = process.getuid?.() === 0;

  test('by the user of a container are told with what to do', async () => {
    const path = join(makeFolder(), 'output');
    writeFileSync(path, '');
    chmodSync(path, 0o444);
    const { inputs, env } = { inputs: CREDENTIALS, env: { GITHUB_OUTPUT: path } };
    // Root may write to it all the same, so somebody else runs the step, from where everybody may read.
    const open = mkdtempSync(join(tmpdir(), 'bundle-'));
    cpSync(join(root, 'dist'), open, { recursive: true });
    execFileSync('chmod', ['-R', 'a+rX', open]);
    const bundle = JSON.stringify(join(open, 'main/index.js'));
    const drop = ['-e', `process.setuid(65534); await import(${bundle})`];
    const args = isRoot ? ['--input-type=module', ...drop] : [];
    const { stdout, exitCode } = await runStep({ inputs, env, args });
    rmSync(open, { recursive: true });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      /GITHUB_OUTPUT names a file that this step's user may not write \(EACCES\): if the job runs in a container, give `container: options: --user`/,
    );
  });

  test('since a folder is in their place are told so', async () => {
    const { errors } = await runMain(await start(), { env: { GITHUB_OUTPUT: makeFolder() } });
    expect(errors).toEqual([
      expect.stringContaining('GITHUB_OUTPUT names something that is not a file'),
    ]);
  });

  test('since an earlier step deleted them are told so', async () => {
    const env = { GITHUB_ENV: '/nowhere/env' };
    const { errors } = await runMain(await start(), { env });
    expect(errors).toEqual([
      expect.stringContaining(
        'GITHUB_ENV names a file that does not exist: an earlier step deleted it',
      ),
    ]);
  });
});

describe('the event', () => {
  const skip = { 'client-id': '', 'client-secret': '', 'on-missing-credentials': 'skip' };

  test.concurrent('of a FIFO that nobody writes to does not hang the step', async () => {
    const path = join(makeFolder(), 'fifo');
    execFileSync('mkfifo', [path]);
    const env = { GITHUB_EVENT_PATH: path, GITHUB_EVENT_NAME: 'pull_request_target' };
    const run = await runMain(await start(), { env });
    expect({ exitCode: run.exitCode, timedOut: run.timedOut }).toEqual({
      exitCode: 0,
      timedOut: false,
    });
  });

  test.concurrent('that is empty is said to be unreadable: nobody can tell a run for a fork', async () => {
    const path = join(makeFolder(), 'event.json');
    writeFileSync(path, '');
    const env = { GITHUB_EVENT_PATH: path, GITHUB_EVENT_NAME: 'pull_request' };
    const { exitCode, errors } = await runMain(await start(), { inputs: skip, env });
    expect(exitCode).toBe(1);
    expect(errors).toEqual([
      expect.stringMatching(/are empty: the event that started this run could not be read/),
    ]);
  });

  test.concurrent('is not read on a push: a large one would cost tenths of a second', async () => {
    const path = join(makeFolder(), 'event.json');
    writeFileSync(path, '');
    truncateSync(path, 2 * 1024 * 1024);
    const preload = `data:text/javascript,${encodeURIComponent(
      "import fs from 'node:fs'; const open = fs.openSync; fs.openSync = (path, ...rest) => { if (String(path).endsWith('event.json')) process.stdout.write('read the event\\n'); return open(path, ...rest); };",
    )}`;
    const env = { GITHUB_EVENT_PATH: path };
    const { infos, exitCode } = await runMain(await start(), { env, args: ['--import', preload] });
    expect(exitCode).toBe(0);
    expect(infos).toEqual([expect.stringMatching(/^Got an access token/)]);
  });

  test.concurrent('that cannot be read leaves the warning of a fork standing', async () => {
    const env = { GITHUB_EVENT_NAME: 'pull_request_target', GITHUB_EVENT_PATH: makeFolder() };
    const { exitCode, warnings } = await runMain(await start(), { env });
    expect(exitCode).toBe(0);
    expect(warnings).toEqual([
      expect.stringMatching(/^This pull_request_target run may be about code from a fork \(its /),
    ]);
  });

  test.concurrent('of a comment on a pull request is warned of', async () => {
    const env = { GITHUB_EVENT_NAME: 'issue_comment' };
    const event = { issue: { pull_request: { url: 'x' } } };
    const { warnings } = await runMain(await start(), { env, event });
    expect(warnings).toEqual([
      expect.stringMatching(/^This issue_comment run is about a comment on a pull request: /),
    ]);
  });
});

// Asked for at the start, it ended both steps with Node's own stack trace.
test.concurrent('a working folder that was deleted matters to nobody but a relative path', async () => {
  const standIn = await start();
  const options = {
    interpreter: 'bash',
    args: ['-c', 'mkdir gone && cd gone && rmdir ../gone && exec "$NODE" "$0"'],
    env: { NODE: process.execPath, GITHUB_WORKSPACE: '' },
  };
  const relative = await runMain(standIn, {
    ...options,
    inputs: { 'sealed-token-file': 'token', seal: 'true' },
  });
  expect({ exitCode: relative.exitCode, notices: relative.notices }).toEqual({
    exitCode: 0,
    notices: [
      expect.stringContaining('is in a file that cannot be used (ENOENT)'),
      expect.stringContaining('is not kept in sealed-token-file: it cannot be used (ENOENT)'),
    ],
  });
  const main = await runMain(standIn, { ...options, inputs: { revoke: 'true', verify: 'token' } });
  expect({ exitCode: main.exitCode, errors: main.errors }).toEqual({ exitCode: 0, errors: [] });
  const post = await runPost(standIn, main, options);
  expect({ exitCode: post.exitCode, warnings: post.warnings }).toEqual({
    exitCode: 0,
    warnings: [],
  });
});

test('a log that nobody reads does not hold the end for ever', () => {
  const folder = makeFolder();
  writeFileSync(join(folder, 'output'), '');
  const env = {
    PATH: process.env['PATH'] ?? '',
    NODE: process.execPath,
    SCRIPT: readAction().runs.main,
    'INPUT_CLIENT-ID': 'the client',
    'INPUT_CLIENT-SECRET': 'p8e-a-secret-of-twenty',
    GITHUB_OUTPUT: join(folder, 'output'),
  };
  // The pipe is full before the step begins, and its reader sleeps.
  const script = `( head -c 65536 /dev/zero; "$NODE" "$SCRIPT"; echo $? > code ) | sleep 15 &
    for _ in $(seq 140); do if [ -s code ]; then break; fi; sleep 0.1; done
    kill %1`;
  execFileSync('bash', ['-mc', script], { cwd: folder, env, stdio: 'ignore' });
  expect(readFileSync(join(folder, 'code'), 'utf8')).toBe('1\n');
});
