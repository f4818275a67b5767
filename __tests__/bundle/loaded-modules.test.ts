// What a plain run loads, since every start pays for it: an import that adds to it shows in review.
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from '@jest/globals';
import { readAction } from '../../dev/runner/action.ts';
import { runStep, type StepOptions } from '../../dev/runner/step.ts';
import { makeAuthority } from '../support/certificates.ts';
import { CLIENT_ID, SECRET } from '../support/credentials.ts';
import { start } from '../support/stand-in.ts';

const preload = pathToFileURL(join(import.meta.dirname, '../support/list-loaded-modules.mjs')).href;

test('a plain run loads these modules of Node beyond those that every program loads', async () => {
  const modules = await mint({ args: ['--import', preload] });
  expect(JSON.parse(modules)).toMatchSnapshot();
});

test('a plain run loads one file', async () => {
  const coverage = await mint({ env: { NODE_V8_COVERAGE: '.' } });
  const { result } = JSON.parse(coverage) as { result: { url: string }[] };
  const folder = dirname(readAction().runs.main);
  const files = result.map(({ url }) => url).filter((url) => url.startsWith('file:'));
  expect(files.map((url) => relative(folder, fileURLToPath(url)))).toEqual(['index.js']);
});

/** Gets a token over TLS; gives the one file that the run has left in its working directory. */
async function mint(options: StepOptions): Promise<string> {
  const authority = makeAuthority();
  const standIn = await start({ tls: authority.sign() });
  const { exitCode, rawFiles } = await runStep({
    ...options,
    inputs: { 'client-id': CLIENT_ID, 'client-secret': SECRET, 'ims-url': standIn.url },
    env: { NODE_EXTRA_CA_CERTS: authority.file, ...options.env },
  });
  expect(exitCode).toBe(0);
  const left = Object.entries(rawFiles).filter(([path]) => path.startsWith('work/'));
  expect(left).toHaveLength(1);
  return left[0]?.[1] ?? '';
}
