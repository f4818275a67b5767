/** Files within bounds: whatever lies at a path, reading it neither takes long nor more than it may. */

import * as fs from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { type Result, readPath } from '../values.ts';

/** Opening a FIFO without O_NONBLOCK waits for a writer. */
const READ = fs.constants.O_RDONLY | fs.constants.O_NONBLOCK;

/** The text of a regular file of at most `maxBytes`, links followed, or undefined for anything else. */
export function readBounded(path: string, maxBytes: number): string | undefined {
  const read = catchFault(() => readOpen(fs.openSync(path, READ), maxBytes));
  return 'value' in read ? read.value : undefined;
}

/** A file that an input names. */
export interface NamedFile {
  /** Relative to `folder`, where it must then lie, or absolute. */
  readonly path: string;
  /** Empty for the working folder, which is asked for only then: it may be deleted. */
  readonly folder: string;
}

/**
 * The text of a named file: of a regular one of at most `maxBytes`, no link followed at its end. Undefined
 * where there is none. A fault ends a sentence that begins with the file.
 */
export function readNamed(file: NamedFile, maxBytes: number): Result<string | undefined> {
  return catchFault(() => {
    const path = locate(file);
    const stats = fs.lstatSync(path, { throwIfNoEntry: false });
    if (!stats) return undefined;
    // Windows knows no O_NOFOLLOW.
    if (!stats.isFile()) throw new FileFault('is not a regular file');
    return readOpen(fs.openSync(path, READ | fs.constants.O_NOFOLLOW), maxBytes);
  });
}

/** Writes a named file, readable by its owner alone, all or nothing: a new one beside it takes its place. */
export function writeNamed(file: NamedFile, text: string): Result<true> {
  return catchFault(() => {
    const path = locate(file);
    const old = fs.lstatSync(path, { throwIfNoEntry: false });
    if (old && !old.isFile()) throw new FileFault('is not a regular file');
    makeFolder(dirname(path));
    // A name that nobody else has: in another container of the job, another process may have this one's ID.
    const beside = join(dirname(path), `.adobe-ims-token-${crypto.randomUUID()}`);
    try {
      fs.writeFileSync(beside, text, { mode: 0o600, flag: 'wx' });
      fs.renameSync(beside, path);
    } finally {
      fs.rmSync(beside, { force: true });
    }
    return true;
  });
}

/** A fault that a nested call has found. */
class FileFault extends Error {}

function catchFault<T>(work: () => T): Result<T> {
  try {
    return { value: work() };
  } catch (error) {
    if (error instanceof FileFault) return { fault: error.message };
    return { fault: `cannot be used (${readCode(error)})` };
  }
}

/** Node's code for a failed file operation: its message would hold the path. */
export function readCode(error: unknown): string {
  const code = String(readPath(error, 'code') ?? '');
  return /^[A-Z][A-Z0-9_]{2,40}$/.test(code) ? code : 'no error code';
}

function readOpen(descriptor: number, maxBytes: number): string {
  try {
    const stats = fs.fstatSync(descriptor);
    if (!stats.isFile()) throw new FileFault('is not a regular file');
    if (stats.size > maxBytes) throw new FileFault(`is longer than ${maxBytes / 1024} KiB`);
    const buffer = Buffer.alloc(stats.size);
    return buffer.toString('utf8', 0, fs.readSync(descriptor, buffer, 0, stats.size, 0));
  } finally {
    fs.closeSync(descriptor);
  }
}

/** The path itself where it is absolute; a relative one must not lead out of its folder, by links either. */
function locate({ path, folder }: NamedFile): string {
  if (isAbsolute(path)) return path;
  const target = resolve(folder, path);
  const there = existing(dirname(target));
  const real = join(fs.realpathSync(there), relative(there, target));
  if (!isWithin(target, resolve(folder)) || !isWithin(real, fs.realpathSync(folder))) {
    throw new FileFault('lies outside the workspace');
  }
  return target;
}

/** The folder, or the nearest one above it that is there. */
function existing(path: string): string {
  return fs.existsSync(path) ? path : existing(dirname(path));
}

/** One level at a time: Node's recursive call never ends where a folder is there and takes nothing, as `/proc` is. */
function makeFolder(path: string): void {
  if (fs.existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    fs.mkdirSync(path);
  } catch (error) {
    // Another process may have made it meanwhile.
    if (readCode(error) !== 'EEXIST') throw error;
  }
}

function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
