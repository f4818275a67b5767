// Every workflow in the examples and documents is played: the action really run, its calls really made to the stand-in.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { aimAt } from '../../dev/examples/aim.ts';
import type { Host } from '../../dev/examples/host.ts';
import { findUnknownNames } from '../../dev/examples/names.ts';
import { listBlocks, listDocuments, listFiles } from '../../dev/examples/sources.ts';
import { readYaml, type Workflow } from '../../dev/examples/workflow.ts';
import { readAction } from '../../dev/runner/action.ts';
import { findLeaks } from '../../dev/runner/leaks.ts';
import { root } from '../../dev/support/repository.ts';
import { makeAuthority } from '../support/certificates.ts';
import { FORK, pullRequestFrom } from '../support/events.ts';
import { makeFolder } from '../support/folder.ts';
import { startProxy } from '../support/proxy.ts';
import { start } from '../support/stand-in.ts';
import { judge, listCalls, mintCall, play, playOnce, readExample } from '../support/workflows.ts';

const blocks = listDocuments(root).map(listBlocks);
const workflows = [
  ...listFiles(root, 'examples'),
  ...blocks.flatMap(({ workflows, steps }) => [...workflows, ...steps]),
].map(({ path, line, text }) => ({ name: line === 1 ? path : `${path}:${line}`, text }));

/** Text that would do harm if a script took it for code. */
const hostile = 'A "bicycle" $(touch harm) `touch harm`; touch harm';

/** What some are started with. */
const starts: Readonly<Record<string, Partial<Host>>> = {
  'firefly-generate-image.yml': { inputs: { prompt: hostile } },
  'lightroom.yml': { inputs: { photograph: 'https://a.test/?b&c', result: 'https://a.test/' } },
  'release-pipeline.yml': { event: { release: { name: hostile } } },
};

function playExample(name: string) {
  return playOnce(readExample(name), starts[name]);
}

test.each(workflows)('$name uses names that action.yml has', ({ text }) => {
  expect(findUnknownNames(readYaml<Workflow>(text), readAction())).toEqual([]);
});

// The one for a proxy needs one to be played: see below.
test.each(workflows.filter(({ name }) => !name.includes('proxy')))(
  '$name runs, and its log tells no secret',
  async ({ name, text }) => {
    const { standIn, host, jobs } = await playOnce(text, starts[name.replace('examples/', '')]);
    expect(judge(jobs)).toEqual(jobs.map(() => 'success'));
    expect(standIn.tokens.length).toBeGreaterThan(0);
    const seen = jobs.map(({ log, summary }) => log + summary).join('');
    // A client ID is only masked in the log: the job summary names it.
    const secret = Object.entries(host.secrets).flatMap(([name, value]) =>
      name.endsWith('_ID') ? [] : [value],
    );
    expect(findLeaks(seen, { secret, token: standIn.tokens })).toEqual([]);
  },
);

test('firefly-generate-image.yml asks for a picture, waits for it and keeps it', async () => {
  const { standIn, host } = await playExample('firefly-generate-image.yml');
  expect(listCalls(standIn)).toEqual([
    mintCall,
    'POST /v3/images/generate-async',
    'GET /v3/status/*',
    'GET /v3/status/*',
    'GET /picture.png',
  ]);
  expect(JSON.parse(standIn.requests[1]?.body ?? '')).toEqual({ prompt: hostile });
  expect(standIn.requests.at(-1)?.headers).not.toHaveProperty('authorization');
  const picture = readFileSync(join(host.storage, 'artifacts/picture/picture.jpg'));
  expect(picture.subarray(1, 4).toString()).toBe('PNG');
});

test('lightroom.yml asks IMS first, then Lightroom until it is done', async () => {
  const { standIn } = await playExample('lightroom.yml');
  expect(listCalls(standIn)).toEqual([
    mintCall,
    'POST /ims/validate_token/v1',
    'POST /lrService/autoTone',
    'GET /lrService/status/*',
    'GET /lrService/status/*',
  ]);
});

test('matrix-one-mint.yml costs IMS one call', async () => {
  const { standIn, jobs } = await playExample('matrix-one-mint.yml');
  const seasons = jobs.map(({ matrix }) => matrix['season']);
  expect(seasons).toEqual([undefined, 'spring', 'summer', 'autumn', 'winter']);
  expect(listCalls(standIn).filter((call) => call === mintCall)).toHaveLength(1);
});

test('cached-token.yml mints once, and again once the secret has changed', async () => {
  const standIn = await start();
  const storage = makeFolder();
  const watch = async (run: string, secret: string) => {
    const { jobs } = await play(readExample('cached-token.yml'), standIn, {
      storage,
      variables: { GITHUB_RUN_ID: run },
      secrets: { FIREFLY_CLIENT_ID: 'the-client', FIREFLY_CLIENT_SECRET: secret },
    });
    expect(judge(jobs)).toEqual(['success']);
    return jobs[0]?.steps['ims']?.outputs['source'];
  };
  expect(await watch('1', 'one-secret-0123456789')).toBe('minted');
  expect(await watch('2', 'one-secret-0123456789')).toBe('sealed');
  expect(await watch('3', 'another-secret-0123456789')).toBe('minted');
  expect(await watch('4', 'another-secret-0123456789')).toBe('sealed');
  expect(standIn.tokens).toHaveLength(2);
});

test.each([
  ['only the old secret is there', '', 1, false],
  ['both are', 'new-secret', 1, false],
  ['the new one is mistyped', 'mistyped', 2, true],
])('secret-rotation.yml runs while %s', async (_when, next, calls, warned) => {
  const standIn = await start({ clientSecrets: ['old-secret', 'new-secret'] });
  const { jobs } = await play(readExample('secret-rotation.yml'), standIn, {
    secrets: {
      FIREFLY_CLIENT_ID: 'the-client',
      FIREFLY_CLIENT_SECRET: 'old-secret',
      FIREFLY_CLIENT_SECRET_NEW: next,
    },
  });
  expect(judge(jobs)).toEqual(['success']);
  expect(listCalls(standIn).filter((call) => call === mintCall)).toHaveLength(calls);
  expect(/^Warning: /m.test(jobs[0]?.log ?? '')).toBe(warned);
});

test('fork-safe.yml stays green without a token on a pull request from a fork', async () => {
  const standIn = await start();
  const { jobs } = await play(readExample('fork-safe.yml'), standIn, {
    secrets: {},
    variables: { GITHUB_EVENT_NAME: 'pull_request' },
    event: pullRequestFrom(FORK),
  });
  expect(judge(jobs)).toEqual(['success']);
  expect(jobs[0]?.log).toContain('▸ Tests that call Firefly (skipped)');
  expect(jobs[0]?.log).toContain('Notice: Not tested');
  expect(standIn.requests).toEqual([]);
});

test.each(['nightly-smoke-test.yml', 'release-pipeline.yml', 'composite.yml'])(
  '%s leaves no token that still works',
  async (name) => {
    const { standIn } = await playExample(name);
    expect(standIn.revoked.toSorted()).toEqual(standIn.tokens.toSorted());
  },
);

test('proxy-and-private-ca.yml calls everything through the proxy, and trusts the authority', async () => {
  const authority = makeAuthority();
  const standIn = await start({ tls: authority.sign({ names: ['adobe.test'] }) });
  const proxy = await startProxy({ user: 'user', password: 'p@ss' });
  const { jobs } = await play(readExample('proxy-and-private-ca.yml'), standIn, {
    vars: { HTTPS_PROXY: proxy.url, COMPANY_CA_FILE: authority.file },
    aim: aimAt(`https://adobe.test:${standIn.port}`, 'adobe.test'),
  });
  expect(judge(jobs)).toEqual(['success']);
  expect(listCalls(standIn)).toEqual([mintCall, 'GET /v3/custom-models']);
  expect(proxy.tunnels).toEqual([1, 2].map(() => `adobe.test:${standIn.port}`));
});
