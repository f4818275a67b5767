// The runner's files: what keeps them from being written, and writes that are all or nothing.
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { FileCommandError } from '../../src/errors.ts';
import {
  describeFault,
  findFileFault,
  refuseFifo,
  writeAtomically,
} from '../../src/github/command-files.ts';
import { makeFolder } from '../support/folder.ts';

let folder: string;
beforeEach(() => {
  folder = makeFolder();
});

describe('a file of the runner', () => {
  test('has no fault where it can be written', () => {
    writeFileSync(join(folder, 'output'), '');
    expect(findFileFault('GITHUB_OUTPUT', join(folder, 'output'))).toBeUndefined();
  });

  test.each<[string, () => string | undefined, RegExp]>([
    ['is not set', () => undefined, /^GITHUB_ENV is not set: run this action as a step of/],
    ['is empty', () => '', /^GITHUB_ENV is not set: run this action as a step of/],
    [
      'was deleted by an earlier step',
      () => join(folder, 'nothing'),
      /^GITHUB_ENV names a file that does not exist: an earlier step deleted it/,
    ],
    [
      'lies below a file',
      () => join(import.meta.filename, 'output'),
      /^GITHUB_ENV names a file that cannot be written \(ENOTDIR\): check the disk/,
    ],
    ['is a folder', () => folder, /^GITHUB_ENV names something that is not a file$/],
  ])('has one where it %s', (_what, at, fault) => {
    expect(findFileFault('GITHUB_ENV', at())).toMatch(fault);
  });
});

test.each(['EACCES', 'EPERM'])(
  'a file that belongs to another user (%s), as in a container, is told apart from one that is not there',
  (code) => {
    expect(describeFault('GITHUB_OUTPUT', code)).toBe(
      `GITHUB_OUTPUT names a file that this step's user may not write (${code}): if the job runs in a container, give \`container: options: --user\` the ID of the user that the runner runs as`,
    );
  },
);

describe('what stands in the place of a file', () => {
  test('is refused where it is a FIFO, which would wait for a reader', () => {
    execFileSync('mkfifo', [join(folder, 'fifo')]);
    expect(() => refuseFifo(join(folder, 'fifo'))).toThrow(
      expect.objectContaining({ code: 'ENXIO' }),
    );
  });

  test('is left to the write where it is anything else, or nothing', () => {
    writeFileSync(join(folder, 'file'), '');
    for (const path of [join(folder, 'file'), join(folder, 'nothing'), folder, '']) {
      expect(() => refuseFifo(path)).not.toThrow();
    }
  });
});

describe('writes', () => {
  const give = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');

  test('that succeed stay', () => {
    const env = { GITHUB_OUTPUT: give('output', 'a') };
    writeAtomically(env, () => appendFileSync(env.GITHUB_OUTPUT, 'b'));
    expect(read('output')).toBe('ab');
  });

  test.each(['GITHUB_OUTPUT', 'GITHUB_ENV', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'])(
    'to the file of %s are undone where one fails',
    (name) => {
      const path = give(name, 'earlier');
      expect(() =>
        writeAtomically({ [name]: path }, () => {
          appendFileSync(path, ' and half of a tok');
          throw new Error('lost');
        }),
      ).toThrow(FileCommandError);
      expect(read(name)).toBe('earlier');
    },
  );

  test('are undone where one of them fails, also in the middle', () => {
    const env = {
      GITHUB_OUTPUT: give('output', 'a'),
      GITHUB_ENV: give('env', ''),
      GITHUB_STATE: join(folder, 'nothing'),
      GITHUB_STEP_SUMMARY: folder,
    };
    const cause = Object.assign(new Error('ENOSPC: /a/path'), { code: 'ENOSPC' });
    let error: unknown;
    try {
      writeAtomically(env, () => {
        appendFileSync(env.GITHUB_ENV, 'NAME<<delimiter\nhalf of a tok');
        appendFileSync(env.GITHUB_OUTPUT, 'b');
        throw cause;
      });
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(FileCommandError);
    expect(error).toMatchObject({
      message: 'Could not write the files of the step (ENOSPC), so nothing was published',
      topic: 'file-command-failed',
      hint: expect.stringMatching(/^Check that the runner's disk has space left/),
      cause: new Error('ENOSPC'),
    });
    expect([read('output'), read('env')]).toEqual(['a', '']);
  });

  test('fail with the reason where one file is gone, of which @actions/core tells no code', () => {
    const env = { GITHUB_OUTPUT: give('output', 'a'), GITHUB_ENV: give('env', '') };
    expect(() =>
      writeAtomically(env, () => {
        rmSync(env.GITHUB_OUTPUT);
        throw new Error('Missing file at path: /a/path');
      }),
    ).toThrow('Could not write the files of the step (ENOENT), so nothing was published');
  });

  test('fail all the same where a file cannot be put back', () => {
    const env = { GITHUB_OUTPUT: give('output', 'a') };
    expect(() =>
      writeAtomically(env, () => {
        rmSync(env.GITHUB_OUTPUT);
        mkdirSync(env.GITHUB_OUTPUT);
        throw new Error('lost');
      }),
    ).toThrow(FileCommandError);
  });
});
