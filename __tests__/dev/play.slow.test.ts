// The loop that plays workflows: it does what GitHub does with jobs, steps and outputs, and it notices what goes wrong.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { ownName } from '../../dev/examples/names.ts';
import type { StandIn } from '../../dev/stand-in/server.ts';
import { makeFolder } from '../support/folder.ts';
import { start } from '../support/stand-in.ts';
import { play } from '../support/workflows.ts';

let standIn: StandIn;

beforeAll(async () => {
  standIn = await start();
});

const mint = `- id: ims
        uses: ${ownName}@v1
        with:
          client-id: a-client
          client-secret: a-secret-of-twenty-characters
          seal: true`;

/** A workflow of one job with these steps. */
function wrap(steps: string, more = ''): string {
  return `on: push\njobs:\n  job:\n    runs-on: ubuntu-latest\n${more}    steps:\n      ${steps}\n`;
}

async function playSteps(steps: string, more = '') {
  const { jobs } = await play(wrap(steps, more), standIn);
  const [job] = jobs;
  if (!job) throw new Error('No job was played');
  return job;
}

describe('what goes wrong in a workflow shows:', () => {
  test('a script that fails, and the steps after it are left out', async () => {
    const job = await playSteps('- run: "false\\necho on"\n      - run: echo after');
    expect(job.result).toBe('failure');
    expect(job.log).toBe('▸ false\n▸ echo after (skipped)\n');
  });

  test('a call that the service refuses', async () => {
    const call = `curl --silent --fail-with-body ${standIn.url}/v3/custom-models`;
    const job = await playSteps(`- run: ${call}`);
    expect(job.result).toBe('failure');
    expect(job.log).toContain('Api Key is required');
  });

  test('a call whose token is another variable', async () => {
    const job = await playSteps(`${mint}
      - run: >-
          curl --silent --fail-with-body --header "Authorization: Bearer $FIREFLY_TOKEN"
          --header "x-api-key: $FIREFLY_SERVICES_CLIENT_ID" ${standIn.url}/v3/custom-models`);
    expect(job.result).toBe('failure');
  });

  test('the action, when it fails', async () => {
    const job = await playSteps(`- uses: ${ownName}@v1\n        with: { service: fierfly }`);
    expect(job.result).toBe('failure');
    expect(job.log).toMatch(/^Error: .*fierfly/m);
  });

  test.each([
    ['an action that nobody knows', '- uses: octo/unknown@v1'],
    ['a shell that nobody knows', '- run: x\n        shell: fish'],
    ['a function that nobody knows', `- run: echo \${{ shout('x') }}`],
    ['a context that nobody knows', `- run: echo \${{ step.x }}`],
    [
      'an artifact that does not exist',
      '- uses: actions/upload-artifact@v7\n        with: { path: x }',
    ],
  ])('%s', async (_what, steps) => {
    await expect(playSteps(steps)).rejects.toThrow();
  });

  test('jobs that wait for each other', async () => {
    const text = 'on: push\njobs:\n  a: { needs: b, steps: [] }\n  b: { needs: [a], steps: [] }\n';
    await expect(play(text, standIn)).rejects.toThrow('Jobs wait for each other: a, b');
  });
});

test('outputs that hold something masked are dropped, as the runner drops them', async () => {
  const outputs = `    outputs:
      token: \${{ steps.ims.outputs.access-token }}
      sealed: \${{ steps.ims.outputs.sealed-token }}
      source: \${{ steps.ims.outputs.source }}
`;
  const job = await playSteps(mint, outputs);
  expect(Object.keys(job.outputs)).toEqual(['sealed', 'source']);
  expect(job.log).toContain("Warning: Skip output 'token' since it may contain secret.");
});

test('a token that a script prints is masked in the log', async () => {
  const job = await playSteps(`${mint}\n      - run: echo "[$FIREFLY_SERVICES_ACCESS_TOKEN]"`);
  expect(job.log).toContain('\n[***]\n');
});

test('conditions see how it went', async () => {
  const job = await playSteps(`- { id: one, run: exit 1, continue-on-error: true }
      - { id: two, if: steps.one.outcome == 'failure', run: exit 1 }
      - { id: three, run: echo }
      - { id: four, if: failure(), run: echo }
      - { id: five, if: "\${{ always() && env.X == 'y' }}", run: echo }
      - { id: six, if: "!cancelled()", run: echo }`);
  const conclusions = Object.entries(job.steps).map(([id, { conclusion }]) => [id, conclusion]);
  expect(Object.fromEntries(conclusions)).toEqual({
    one: 'success',
    two: 'failure',
    three: 'skipped',
    four: 'success',
    five: 'skipped',
    six: 'success',
  });
});

test('jobs hand on outputs, and wait for those that they need', async () => {
  const text = `
on: push
env: { GREETING: hello }
jobs:
  last:
    needs: first
    if: needs.first.outputs.word == 'hello'
    strategy:
      matrix: { n: "\${{ fromJSON(needs.first.outputs.list) }}" }
    steps:
      - run: echo "$GREETING \${{ matrix.n }}"
  first:
    outputs: { word: "\${{ steps.a.outputs.word }}", list: "[1, 2]" }
    steps:
      - id: a
        run: |
          echo "word=$GREETING" >> "$GITHUB_OUTPUT"
          echo "FROM_ENV=yes" >> "$GITHUB_ENV"
      - run: test "$FROM_ENV" = yes
  never:
    needs: [first]
    if: failure()
    steps: []
`;
  const { jobs } = await play(text, standIn);
  expect(jobs.map(({ id, matrix, result }) => [id, matrix['n'], result])).toEqual([
    ['first', undefined, 'success'],
    ['last', 1, 'success'],
    ['last', 2, 'success'],
  ]);
  expect(jobs[2]?.log).toContain('\nhello 2\n');
});

test('what actions leave to the end of the job comes in reverse order', async () => {
  const folder = makeFolder();
  const actions = Object.fromEntries(
    ['a', 'b'].map((name) => {
      const action = join(folder, name);
      mkdirSync(action);
      const runs = '{ using: node24, main: main.mjs, post: post.mjs }';
      writeFileSync(join(action, 'action.yml'), `name: ${name}\nruns: ${runs}\n`);
      writeFileSync(join(action, 'main.mjs'), '');
      writeFileSync(join(action, 'post.mjs'), `console.log('the end of ${name}')`);
      return [`./${name}`, action];
    }),
  );
  const { jobs } = await play(wrap('- uses: ./a\n      - uses: ./b'), standIn, { actions });
  expect(jobs[0]?.log).toMatch(/the end of b\n.*\nthe end of a\n$/);
});
