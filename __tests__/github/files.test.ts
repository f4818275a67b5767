// Files within bounds, whatever lies at their path.
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { readBounded, readCode, readNamed, writeNamed } from '../../src/github/files.ts';
import { makeFolder } from '../support/folder.ts';

let folder: string;
beforeEach(() => {
  folder = makeFolder();
});

const give = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const giveFifo = (name: string) => {
  execFileSync('mkfifo', [join(folder, name)]);
  return join(folder, name);
};

describe('a file that is read within bounds', () => {
  test('is given as text, by a link too', () => {
    symlinkSync(give('file', 'text'), join(folder, 'link'));
    expect(readBounded(join(folder, 'file'), 4)).toBe('text');
    expect(readBounded(join(folder, 'link'), 4)).toBe('text');
  });

  test('is closed again, taken or not', () => {
    const countOpen = () => readdirSync('/dev/fd').length;
    const before = countOpen();
    readBounded(give('file', 'text'), 4);
    readBounded(give('file', 'texts'), 4);
    expect(countOpen()).toBe(before);
  });

  test('is undefined where it is longer', () => {
    expect(readBounded(give('file', 'texts'), 4)).toBeUndefined();
  });

  test.each<[string, () => string]>([
    ['nothing', () => join(folder, 'nothing')],
    ['a folder', () => folder],
    ['a FIFO that nobody writes to, which would hang', () => giveFifo('fifo')],
    ['a device', () => '/dev/zero'],
  ])('is undefined where there is %s', (_what, at) => {
    expect(readBounded(at(), 1000)).toBeUndefined();
  });
});

describe('a file that an input names', () => {
  const named = (path: string) => ({ path, folder });
  const read = (path: string, maxBytes = 100) => readNamed(named(path), maxBytes);

  test('is written for its owner alone, and read again', () => {
    expect(writeNamed(named('kept/deep/token'), 'text')).toEqual({ value: true });
    expect(statSync(join(folder, 'kept/deep/token')).mode & 0o777).toBe(0o600);
    expect(read('kept/deep/token')).toEqual({ value: 'text' });
  });

  test('takes the place of the one before, and leaves nothing beside it', () => {
    writeNamed(named('token'), 'old');
    writeNamed(named('token'), 'new');
    expect(readFileSync(join(folder, 'token'), 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['token']);
  });

  test('may be named by an absolute path', () => {
    const elsewhere = join(makeFolder(), 'token');
    expect(writeNamed(named(elsewhere), 'text')).toEqual({ value: true });
    expect(read(elsewhere)).toEqual({ value: 'text' });
  });

  test('is undefined where there is none', () => {
    expect(read('nothing')).toEqual({ value: undefined });
  });

  test('is not read where it is longer', () => {
    give('long', 'x'.repeat(2049));
    expect(read('long', 2048)).toEqual({ fault: 'is longer than 2 KiB' });
  });

  test.each<[string, () => void]>([
    ['a folder', () => mkdirSync(join(folder, 'it'))],
    ['a FIFO', () => giveFifo('it')],
  ])('is neither read nor written where it is %s', (_what, make) => {
    make();
    const fault = { fault: 'is not a regular file' };
    expect(read('it')).toEqual(fault);
    expect(writeNamed(named('it'), 'text')).toEqual(fault);
  });

  test('is neither read nor written where it is a link', () => {
    symlinkSync(give('secret', 'text'), join(folder, 'it'));
    expect(read('it')).toEqual({ fault: 'is not a regular file' });
    expect(writeNamed(named('it'), 'new')).toEqual({ fault: 'is not a regular file' });
    expect(readFileSync(join(folder, 'secret'), 'utf8')).toBe('text');
  });

  test.each(['../token', 'a/../../token', '.', '..'])('may not lie outside: %s', (path) => {
    const fault = { fault: 'lies outside the workspace' };
    expect(read(path)).toEqual(fault);
    expect(writeNamed(named(path), 'text')).toEqual(fault);
  });

  test('may not lie outside by a link on its way', () => {
    symlinkSync(makeFolder(), join(folder, 'out'));
    expect(writeNamed(named('out/token'), 'text')).toEqual({ fault: 'lies outside the workspace' });
  });

  test('has no folders made for it outside by a link on its way', () => {
    const outside = makeFolder();
    symlinkSync(outside, join(folder, 'out'));
    expect(writeNamed(named('out/deep/token'), 'text')).toHaveProperty('fault');
    expect(readdirSync(outside)).toEqual([]);
  });

  test('has no folders made for it where it is only read', () => {
    expect(read('not/there/token')).toEqual({ value: undefined });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('may be called ..token', () => {
    expect(writeNamed(named('..token'), 'text')).toEqual({ value: true });
  });

  // Two containers that share the folder, each with a process of this ID: one removed the other's file.
  test('is written beside that of a process with the same ID, which is left alone', () => {
    const others = `.token.${process.pid}`;
    symlinkSync(give('other', 'text'), join(folder, others));
    expect(writeNamed(named('token'), 'new')).toEqual({ value: true });
    expect(readdirSync(folder)).toEqual([others, 'other', 'token']);
    expect(readFileSync(join(folder, 'other'), 'utf8')).toBe('text');
  });

  test.each([
    ['in a file', 'file/token'],
    ['below a file', 'file/deep/token'],
    ['too deep', `${'deep/'.repeat(1000)}token`],
  ])('leaves nothing behind where it cannot be written: %s', (_where, path) => {
    give('file', 'text');
    expect(writeNamed(named(path), 'text')).toEqual({
      fault: expect.stringMatching(/^cannot be used \((ENOTDIR|ENAMETOOLONG)\)$/),
    });
    expect(readdirSync(folder)).toEqual(['file']);
  });

  // Node's own recursive call went on for ever.
  test('has no folder made for it where the system takes none, as in /proc', () => {
    expect(writeNamed(named('/proc/adobe/token'), 'text')).toEqual({
      fault: expect.stringMatching(/^cannot be used \(E[A-Z]+\)$/),
    });
  });

  // As where another process makes the folder at the same time.
  test('has none made where something of that name has come meanwhile', () => {
    symlinkSync(join(folder, 'nothing'), join(folder, 'kept'));
    expect(writeNamed(named(join(folder, 'kept/token')), 'text')).toEqual({
      fault: 'cannot be used (ENOENT)',
    });
  });
});

test.each<[unknown, string]>([
  [Object.assign(new Error('path'), { code: 'ENOSPC' }), 'ENOSPC'],
  [Object.assign(new Error('path'), { code: 'E2BIG' }), 'E2BIG'],
  [Object.assign(new Error('path'), { code: `E${'X'.repeat(40)}` }), `E${'X'.repeat(40)}`],
  [Object.assign(new Error('path'), { code: `E${'X'.repeat(41)}` }), 'no error code'],
  [Object.assign(new Error('path'), { code: 'EX' }), 'no error code'],
  [Object.assign(new Error('path'), { code: 'a path' }), 'no error code'],
  [Object.assign(new Error('path'), { code: '/a/ENOSPC' }), 'no error code'],
  [Object.assign(new Error('path'), { code: 'ENOSPC, /a' }), 'no error code'],
  [new Error('path'), 'no error code'],
  ['path', 'no error code'],
])('of a failure, its code alone is told: %p', (error, code) => {
  expect(readCode(error)).toBe(code);
});
