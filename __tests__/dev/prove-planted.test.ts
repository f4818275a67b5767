// The defects that can be planted: each edit must fit the sources as they are today.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { planted } from '../../dev/prove/bundle.ts';
import { root } from '../../dev/support/repository.ts';

test.each(Object.entries(planted))('%s can be planted', (_name, edits) => {
  for (const { file, find } of edits) {
    const code = readFileSync(join(root, 'src', file), 'utf8');
    expect([find, code.split(find).length - 1]).toEqual([find, 1]);
  }
});
