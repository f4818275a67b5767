// The shipped bundle with a file that keeps a sealed token between runs.
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { runMain } from '../support/bundle.ts';
import { makeFolder } from '../support/folder.ts';
import { start } from '../support/stand-in.ts';

const keepIn = (folder: string) => ({
  inputs: { 'sealed-token-file': '.adobe/token' },
  env: { GITHUB_WORKSPACE: folder },
});

describe('a file with a sealed token', () => {
  test.concurrent('costs one mint: the next run takes what it holds', async () => {
    const standIn = await start();
    const options = keepIn(makeFolder());
    const first = await runMain(standIn, options);
    const second = await runMain(standIn, options);
    expect([first.outputs['source'], second.outputs['source']]).toEqual(['minted', 'sealed']);
    expect(second.outputs['access-token']).toBe(first.outputs['access-token']);
    expect(standIn.requests).toHaveLength(1);
    const path = join(options.env.GITHUB_WORKSPACE, '.adobe/token');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readFileSync(path, 'utf8')).not.toContain(standIn.tokens[0]);
  });

  test.concurrent('of another, or none at all, costs a notice', async () => {
    const standIn = await start();
    const options = keepIn(makeFolder());
    await runMain(standIn, options);
    writeFileSync(join(options.env.GITHUB_WORKSPACE, '.adobe/token'), 'forged.by.a.fork.!');
    const { exitCode, notices, outputs } = await runMain(standIn, options);
    expect({ exitCode, source: outputs['source'] }).toEqual({ exitCode: 0, source: 'minted' });
    expect(notices).toEqual([expect.stringContaining('it is not a sealed token')]);
  });

  test.concurrent.each([
    ['is a link', 'token', 'is not a regular file'],
    ['is a folder', 'folder', 'is not a regular file'],
    ['is a named pipe', 'pipe', 'is not a regular file'],
    ['lies outside', '../token', 'lies outside the workspace'],
  ])('that %s is neither read nor written', async (_what, file, fault) => {
    const folder = makeFolder();
    const elsewhere = join(makeFolder(), 'elsewhere');
    writeFileSync(elsewhere, 'as it was');
    symlinkSync(elsewhere, join(folder, 'token'));
    mkdirSync(join(folder, 'folder'));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    const { exitCode, notices } = await runMain(await start(), {
      inputs: { 'sealed-token-file': file },
      env: { GITHUB_WORKSPACE: folder },
    });
    expect(exitCode).toBe(0);
    expect(notices).toEqual([
      expect.stringContaining(`it is in a file that ${fault}`),
      expect.stringContaining(`is not kept in sealed-token-file: it ${fault}`),
    ]);
    expect(readFileSync(elsewhere, 'utf8')).toBe('as it was');
  });

  // The process went on for ever, with its token published.
  test.concurrent('that lies where no folder can be made costs a notice', async () => {
    const { exitCode, outputs, notices } = await runMain(await start(), {
      inputs: { 'sealed-token-file': '/proc/adobe/token' },
    });
    expect({ exitCode, source: outputs['source'] }).toEqual({ exitCode: 0, source: 'minted' });
    expect(notices).toEqual([
      expect.stringMatching(/is not kept in sealed-token-file: it cannot be used \(E[A-Z]+\)/),
    ]);
  });

  test.concurrent('that fills the disk costs a notice, and leaves nothing half written', async () => {
    const folder = makeFolder();
    const { exitCode, outputs, notices } = await runMain(await start({ grant: { bytes: 9000 } }), {
      inputs: { 'sealed-token-file': 'token' },
      interpreter: 'bash',
      args: ['-c', 'ulimit -f 15; exec "$NODE" "$0"'],
      env: { GITHUB_WORKSPACE: folder, NODE: process.execPath },
    });
    expect({ exitCode, source: outputs['source'] }).toEqual({ exitCode: 0, source: 'minted' });
    expect(notices).toEqual([expect.stringContaining(': it cannot be used (EFBIG)')]);
    expect(readdirSync(folder)).toEqual([]);
  });

  test.concurrent('that is too long is not read, and replaced by one that is not', async () => {
    const standIn = await start();
    const options = keepIn(makeFolder());
    await runMain(standIn, options);
    const path = join(options.env.GITHUB_WORKSPACE, '.adobe/token');
    writeFileSync(path, 'x'.repeat(25 * 1024));
    const { notices } = await runMain(standIn, options);
    expect(notices).toEqual([expect.stringContaining('in a file that is longer than 24 KiB')]);
    expect((await runMain(standIn, options)).outputs['source']).toBe('sealed');
  });

  test.concurrent('is not written under a secret that could be guessed', async () => {
    const { inputs, env } = keepIn(makeFolder());
    const short = { 'client-secret': 'short-secret' };
    const { exitCode, notices } = await runMain(await start(), {
      inputs: { ...inputs, ...short },
      env,
    });
    expect(exitCode).toBe(0);
    expect(notices).toEqual([expect.stringContaining('is shorter than 20 characters')]);
    expect(existsSync(join(env.GITHUB_WORKSPACE, '.adobe/token'))).toBe(false);
  });

  test.concurrent('cannot be kept beside a revocation', async () => {
    const { errors } = await runMain(await start(), {
      inputs: { 'sealed-token-file': 'token', revoke: 'true' },
    });
    expect(errors).toEqual([
      expect.stringContaining('sealed-token-file is set, and revoke is true'),
    ]);
  });
});
