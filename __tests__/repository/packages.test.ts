// What `npm ci` installs is held by hashes, and runs nothing of its own.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { root } from '../../dev/support/repository.ts';

interface Lock {
  readonly packages: Readonly<Record<string, { readonly integrity?: string }>>;
}

describe.each(['.', 'dev/peers', 'dev/mutate'])('npm ci in %s', (folder) => {
  test('has a hash for every package, those of other platforms included', () => {
    const text = readFileSync(join(root, folder, 'package-lock.json'), 'utf8');
    const { '': own, ...packages } = (JSON.parse(text) as Lock).packages;
    expect(own).toBeDefined();
    const unhashed = Object.keys(packages).filter((path) => !packages[path]?.integrity);
    expect(unhashed).toEqual([]);
  });

  test('runs no install script', () => {
    const settings = readFileSync(join(root, folder, '.npmrc'), 'utf8').split('\n');
    expect(settings).toContain('ignore-scripts=true');
  });
});
