// The environment variables that a test runs with: none that this machine sets for proxies, and none of another test.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach } from '@jest/globals';
import { makeFolder } from './folder.ts';

/** Takes out what would lead requests through a proxy, and undoes after each test what it has set. */
export function isolateEnvironment(): void {
  for (const name of ['http_proxy', 'https_proxy', 'no_proxy']) {
    delete process.env[name];
    delete process.env[name.toUpperCase()];
  }
  const before = { ...process.env };
  afterEach(() => {
    for (const name of Object.keys(process.env)) delete process.env[name];
    Object.assign(process.env, before);
  });
}

/** Sets the runner's files up, empty and in a folder of their own, which has each under its variable's name. */
export function giveCommandFiles(): string {
  const folder = makeFolder();
  for (const name of ['GITHUB_OUTPUT', 'GITHUB_ENV', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY']) {
    process.env[name] = join(folder, name);
    writeFileSync(join(folder, name), '');
  }
  return folder;
}
