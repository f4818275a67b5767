// How a token is given to later steps, what is said of it, and what is warned of beside it.
import { describe, expect, test } from '@jest/globals';
import type { Publication } from '../../src/steps/publication.ts';
import { publish, warnOfForeignCode, warnOfMissingScopes } from '../../src/steps/publish.ts';
import { renderSummary } from '../../src/steps/summary.ts';
import { fakeClock, START_MS } from '../support/clock.ts';
import { type ContextOptions, startRun } from '../support/context.ts';
import { SECRET } from '../support/credentials.ts';
import { FORK, OWN_REPOSITORY, pullRequestFrom, workflowRunFor } from '../support/events.ts';
import type { Given } from '../support/recording.ts';
import { giveToken, OPAQUE_TOKEN } from '../support/tokens.ts';

const INPUTS: Given = { service: 'firefly', scope: 'openid' };
const PUBLICATION: Publication = {
  token: giveToken({ scopes: ['openid'] }),
  source: 'minted',
  verified: 'none',
  attempts: 1,
};

function give({ inputs, ...rest }: ContextOptions = {}, changes: Partial<Publication> = {}) {
  const clock = fakeClock({ elapsedMs: 1234 });
  const run = startRun({ clock, inputs: { ...INPUTS, ...inputs }, ...rest });
  const publication = { ...PUBLICATION, ...changes };
  const before = run.recording.calls.length;
  publish(run.context, publication);
  return { ...run, publication, calls: run.recording.calls.slice(before) };
}

describe('a token', () => {
  test('is given as environment variables, then as outputs, and then told of', () => {
    expect(give().calls.map(([kind, name]) => `${kind} ${name}`)).toEqual([
      'variable FIREFLY_SERVICES_ACCESS_TOKEN',
      'variable FIREFLY_SERVICES_CLIENT_ID',
      'output access-token',
      'output token-type',
      'output expires-in',
      'output expires-at',
      'output scope',
      'output client-id',
      'output source',
      'output verified',
      'output skipped',
      'info Got an access token from ims-na1.adobelogin.com for firefly (openid), valid until 2026-11-22T20:00:00Z, in 1.2 s',
    ]);
  });

  test('is given whole when the job is cancelled half way', () => {
    const { context, recording } = startRun({ inputs: INPUTS });
    const { runner } = context;
    const before = recording.calls.length;
    const output: typeof runner.output = (name, value) => {
      runner.output(name, value);
      recording.cancel();
    };
    publish({ ...context, runner: { ...runner, output } }, PUBLICATION);
    expect(recording.calls.slice(before)).toEqual(give({ clock: fakeClock() }).calls);
  });

  test('is not given at all where one write fails, nor are steps said to see it', () => {
    // Each of these is worth a warning, which would contradict the error.
    const { context, recording } = startRun({
      inputs: INPUTS,
      failing: ['output'],
      env: { FIREFLY_SERVICES_ACCESS_TOKEN: 'opaque', FIREFLY_SERVICES_CLIENT_ID: 'another' },
      trigger: { name: 'workflow_run', payload: workflowRunFor(FORK) },
    });
    const before = recording.calls.length;
    expect(() => publish(context, PUBLICATION)).toThrow(
      expect.objectContaining({ name: 'FileCommandError' }),
    );
    expect(recording.calls.slice(before)).toEqual([]);
  });

  test.each([0, 1, 999])('is not given with %d ms left, and the step fails', (leftMs) => {
    const { context, recording } = startRun({ inputs: INPUTS });
    const before = recording.calls.length;
    const token = giveToken({ expiresAtMs: START_MS + leftMs });
    expect(() => publish(context, { ...PUBLICATION, token })).toThrow(
      expect.objectContaining({
        name: 'ResponseError',
        topic: 'malformed-answer',
        message: 'Could not publish the access token: it has no time left',
        hint: expect.stringMatching(/^It expired while this step ran: run the job again, /),
      }),
    );
    expect(recording.calls.slice(before)).toEqual([]);
  });

  test('is given with a second left', () => {
    const token = giveToken({ expiresAtMs: START_MS + 1000 });
    expect(give({}, { token }).recording.pairs('output')).toMatchObject({ 'expires-in': '1' });
  });

  test.each([-172_800_000, 172_800_000])('keeps its time when the clock is set by %i ms', (ms) => {
    const clock = fakeClock();
    const { context, recording } = startRun({
      clock,
      inputs: { ...INPUTS, service: 'app-builder', summary: 'true' },
    });
    clock.set(ms);
    publish(context, PUBLICATION);
    const expiresAtMs = PUBLICATION.token.expiresAtMs + ms;
    const time = `${new Date(expiresAtMs).toISOString().slice(0, 19)}Z`;
    expect(recording.pairs('output')).toMatchObject({ 'expires-in': '86400', 'expires-at': time });
    expect(recording.pairs('variable')).toMatchObject({
      AIO_IMS_CONTEXTS_CLI_ACCESS__TOKEN_EXPIRY: String(expiresAtMs),
    });
    expect(recording.lines('info').join()).toContain(`valid until ${time}`);
    expect(JSON.stringify(recording.calls)).toContain(`${time} (24 h 0 min)`);
  });

  test('is told of without the pieces of the client secret that inputs hold', () => {
    const piece = SECRET.slice(4, 12);
    const inputs = { scope: `openid x.${piece}`, 'client-id': `id.${piece.toLowerCase()}` };
    const token = giveToken({ scopes: ['openid', `y.${piece}`] });
    const { recording } = give({ inputs: { ...inputs, summary: 'true' } }, { token });
    const shown = recording.calls.filter(([kind]) => !/^(output|variable|mask)$/.test(kind));
    expect(shown.map(([kind]) => kind)).toEqual(['summary', 'warning', 'info']);
    expect(JSON.stringify(shown).toLowerCase()).not.toContain(piece.toLowerCase());
    expect(recording.pairs('output')).toMatchObject({ 'client-id': inputs['client-id'] });
    expect(recording.lines('info').join()).toContain('(openid,y.***)');
  });

  test('is not exported with `export-env: false`', () => {
    const { recording } = give({
      inputs: { 'export-env': 'false' },
      env: { FIREFLY_SERVICES_ACCESS_TOKEN: 'opaque', FIREFLY_SERVICES_CLIENT_ID: 'another' },
    });
    expect(recording.pairs('variable')).toEqual({});
    expect(recording.lines('warning')).toEqual([]);
    expect(recording.pairs('output')).toMatchObject({ 'access-token': OPAQUE_TOKEN });
  });

  test('comes with a warning where it replaces that of another client', () => {
    const env = { FIREFLY_SERVICES_ACCESS_TOKEN: 'opaque', FIREFLY_SERVICES_CLIENT_ID: 'another' };
    const { recording } = give({ env });
    expect(recording.topics).toEqual(['another-client']);
    expect(recording.lines('warning')).toEqual([
      'FIREFLY_SERVICES_ACCESS_TOKEN held the token of another client, another, from an earlier step: steps after this one see the new token. Give this step another `env-prefix` to keep both',
    ]);
  });

  test('comes with its warnings once it is written, and before the line that tells of it', () => {
    const { recording, calls } = give({
      inputs: { scope: 'openid a' },
      trigger: { name: 'workflow_run', payload: workflowRunFor(FORK) },
      env: { FIREFLY_SERVICES_ACCESS_TOKEN: 'opaque', FIREFLY_SERVICES_CLIENT_ID: 'another' },
    });
    expect(recording.topics).toEqual(['missing-scopes', 'forks-code', 'another-client']);
    expect(calls.slice(-5).map(([kind]) => kind)).toEqual([
      ...['output', 'warning', 'warning', 'warning', 'info'],
    ]);
  });

  test('is summed up with `summary: true`', () => {
    const { calls, context, publication } = give({ inputs: { summary: 'true' } });
    const summaries = calls.filter(([kind]) => kind === 'summary');
    expect(summaries).toEqual([['summary', renderSummary(context.inputs, publication, START_MS)]]);
  });

  const UNTIL = 'valid until 2026-11-22T20:00:00Z';
  test.each<[string, Partial<Publication>, Given, string]>([
    [
      'a sealed one',
      { source: 'sealed', attempts: 0 },
      {},
      `Took the sealed access token for firefly (openid), ${UNTIL}, in 1.2 s`,
    ],
    [
      'one verified with IMS',
      { verified: 'token' },
      {},
      `Got an access token from ims-na1.adobelogin.com for firefly (openid), ${UNTIL}, verified with IMS, in 1.2 s`,
    ],
    [
      'one verified with the service',
      { verified: 'service' },
      {},
      `Got an access token from ims-na1.adobelogin.com for firefly (openid), ${UNTIL}, verified with the service, in 1.2 s`,
    ],
    [
      'one verified with several services',
      { verified: 'service' },
      { service: 'firefly, express' },
      `Got an access token from ims-na1.adobelogin.com for firefly and express (openid), ${UNTIL}, verified with the services, in 1.2 s`,
    ],
    [
      'one of no service: nobody said firefly',
      {},
      { service: '' },
      `Got an access token from ims-na1.adobelogin.com (openid), ${UNTIL}, in 1.2 s`,
    ],
    [
      'one with several scopes',
      { token: giveToken({ scopes: ['openid', 'a'] }) },
      {},
      `Got an access token from ims-na1.adobelogin.com for firefly (openid,a), ${UNTIL}, in 1.2 s`,
    ],
    [
      'one of another IMS, after two attempts',
      { attempts: 2 },
      { 'ims-url': 'https://ims-na1-stg1.adobelogin.com' },
      `Got an access token from ims-na1-stg1.adobelogin.com for firefly (openid), ${UNTIL}, in 1.2 s, after 2 attempts`,
    ],
  ])('is told of: %s', (_name, changes, inputs, line) => {
    expect(give({ inputs }, changes).recording.lines('info')).toEqual([line]);
  });
});

describe('the warning of missing scopes', () => {
  const warn = (scopes: readonly string[]) => {
    const { context, recording } = startRun({ inputs: { scope: 'openid,a,b' } });
    warnOfMissingScopes(context, giveToken({ scopes }));
    const lines = recording.lines('warning');
    expect(recording.topics).toEqual(lines.map(() => 'missing-scopes'));
    return lines;
  };
  const WHAT =
    'Add the APIs that grant them to the project in the Adobe Developer Console, or leave them out of `scope`';

  test('is not given for a token that has them all, and more', () => {
    expect(warn(['x', 'b', 'a', 'openid'])).toEqual([]);
  });

  test('names the one that is missing, or all', () => {
    expect(warn(['openid', 'b'])).toEqual([
      `IMS issued a token without 1 requested scope: a. ${WHAT}`,
    ]);
    expect(warn(['openid'])).toEqual([
      `IMS issued a token without 2 requested scopes: a, b. ${WHAT}`,
    ]);
  });
});

describe('the warning of code from elsewhere', () => {
  const warn = (name: string, head: string, inputs: Given = {}) => {
    const payload = {
      ...pullRequestFrom(head),
      ...workflowRunFor(head),
      issue: { pull_request: {} },
    };
    const { context, recording } = startRun({ inputs, trigger: { name, payload } });
    warnOfForeignCode(context);
    const lines = recording.lines('warning');
    expect(recording.topics).toEqual(lines.map(() => 'forks-code'));
    return lines;
  };
  const WHAT =
    'if a later step runs that code, it can read the exported token. Set `export-env: false` and pass the output only to the steps that need it';

  test.each([
    ['pull_request_target', 'code from a fork'],
    ['workflow_run', 'code from a fork'],
    ['issue_comment', 'a comment on a pull request'],
  ])('is given on %s', (name, subject) => {
    expect(warn(name, FORK)).toEqual([`This ${name} run is about ${subject}: ${WHAT}`]);
  });

  test('is given where nobody can tell, since the event cannot be read', () => {
    const trigger = { name: 'pull_request_target', payload: 'unreadable' };
    const { context, recording } = startRun({ trigger });
    warnOfForeignCode(context);
    expect(recording.lines('warning')).toEqual([
      `This pull_request_target run may be about code from a fork (its event could not be read): ${WHAT}`,
    ]);
  });

  test.each<[string, string, string, Given]>([
    ['that exports nothing', 'workflow_run', FORK, { 'export-env': 'false' }],
    ['that is for this repository', 'workflow_run', OWN_REPOSITORY, {}],
    ['that has no secrets', 'pull_request', FORK, {}],
  ])('is not given for a run %s', (_name, event, head, inputs) => {
    expect(warn(event, head, inputs)).toEqual([]);
  });
});
