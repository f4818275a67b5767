// What is warned of beside a token that is published: scopes that it lacks, and a fork's code that could take it.
import { describe, expect, test } from '@jest/globals';
import { warnOfForksCode, warnOfMissingScopes } from '../../src/steps/publish.ts';
import { startRun } from '../support/context.ts';
import { FORK, OWN_REPOSITORY, pullRequestFrom, workflowRunFor } from '../support/events.ts';
import type { Given } from '../support/recording.ts';
import { giveToken } from '../support/tokens.ts';

describe('the warning of missing scopes', () => {
  const warn = (scopes: readonly string[]) => {
    const { context, recording } = startRun({ inputs: { scope: 'openid,a,b' } });
    warnOfMissingScopes(context, giveToken({ scopes }));
    return recording.calls;
  };
  const WHAT =
    'Add the APIs that grant them to the project in the Adobe Developer Console, or leave them out of `scope`';

  test('is not given for a token that has them all, and more', () => {
    expect(warn(['x', 'b', 'a', 'openid'])).toEqual([]);
  });

  test('names the one that is missing', () => {
    expect(warn(['openid', 'b'])).toEqual([
      ['warning', `IMS issued a token without 1 requested scope: a. ${WHAT}`],
    ]);
  });

  test('names all that are missing', () => {
    expect(warn(['openid'])).toEqual([
      ['warning', `IMS issued a token without 2 requested scopes: a, b. ${WHAT}`],
    ]);
  });
});

describe("the warning of a fork's code", () => {
  const warn = (name: string, head: string, inputs: Given = {}) => {
    const payload = { ...pullRequestFrom(head), ...workflowRunFor(head) };
    const { context, recording } = startRun({ inputs, trigger: { name, payload } });
    warnOfForksCode(context);
    return recording.calls;
  };

  test.each(['pull_request_target', 'workflow_run'])('is given on %s', (name) => {
    expect(warn(name, FORK)).toEqual([
      [
        'warning',
        `This ${name} run is about code from a fork: if a later step runs that code, it can read the exported token. Set \`export-env: false\` and pass the output only to the steps that need it`,
      ],
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
