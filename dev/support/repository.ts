// This repository: where it lies on this machine, and what it is called on GitHub.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The folder that holds action.yml and package.json. */
export const root = resolve(import.meta.dirname, '../..');

/** `owner/name`, as package.json has it. */
export function readRepositoryName(): string {
  const { repository } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return String(repository).replace(/^github:/, '');
}
