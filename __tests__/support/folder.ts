// Folders that end with their tests.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';

const parent = mkdtempSync(join(tmpdir(), 'tests-'));

afterAll(() => rmSync(parent, { recursive: true, force: true }));

/** A new and empty folder. */
export function makeFolder(): string {
  return mkdtempSync(join(parent, 'folder-'));
}
