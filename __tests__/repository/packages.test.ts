// What `npm ci` installs is held by hashes, and runs nothing of its own.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { root } from '../../dev/support/repository.ts';

interface Lock {
  readonly packages: Readonly<Record<string, { readonly integrity?: string }>>;
}

const folders = ['.', 'dev/peers', 'dev/mutate'];

test.each([...folders, 'examples/javascript-sdk'])(
  'the lock in %s has a hash for every package, those of other platforms included',
  (folder) => {
    const text = readFileSync(join(root, folder, 'package-lock.json'), 'utf8');
    const { '': own, ...packages } = (JSON.parse(text) as Lock).packages;
    expect(own).toBeDefined();
    expect(Object.keys(packages).filter((path) => !packages[path]?.integrity)).toEqual([]);
  },
);

test.each(folders)('npm ci in %s runs no install script', (folder) => {
  const settings = readFileSync(join(root, folder, '.npmrc'), 'utf8').split('\n');
  expect(settings).toContain('ignore-scripts=true');
});
