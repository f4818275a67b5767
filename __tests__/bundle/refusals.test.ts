// The shipped bundle is refused: each error of IMS, told in one line and never tried again.
import { describe, expect, test } from '@jest/globals';
import { type Run, runMain } from '../support/bundle.ts';
import { serveCounting } from '../support/server.ts';
import { start } from '../support/stand-in.ts';

/** A run that failed for good: one line, nothing published. */
function expectRefusal({ exitCode, errors, outputs, env, state }: Run, topic: string): void {
  expect({ exitCode, outputs, env, state }).toEqual({
    exitCode: 1,
    outputs: {},
    env: {},
    state: {},
  });
  expect(errors).toEqual([expect.stringMatching(new RegExp(`[^#]*#${topic}$`))]);
}

const ERRORS = [
  ['invalid_client', 'invalid client_id parameter', 'wrong-client-id'],
  [
    'unauthorized_client',
    'client is not authorized to use this grant type.',
    'wrong-credential-type',
  ],
  ['invalid_scope', 'None of the requested scopes is enabled for this client', 'wrong-scope'],
  [
    'invalid_target_scope',
    'None of the requested scopes is enabled for this client',
    'wrong-scope',
  ],
  ['access_denied', 'Service principal is no longer part of the organization.', 'access-denied'],
  ['not_found', 'Organization with id 12@AdobeOrg cannot be found', 'organization-not-found'],
  ['duplicate_binding', undefined, 'several-organizations'],
] as const;

describe('an error of IMS ends the run at its first request', () => {
  test.concurrent.each([
    ['invalid_client', 400, 'wrong-client-secret'],
    ['invalid_client_401', 401, 'wrong-client-secret'],
    ['invalid_client_id', 400, 'wrong-client-id'],
    ['missing_client_id', 400, 'wrong-client-id'],
    ['unauthorized_client', 400, 'wrong-credential-type'],
    ['invalid_scope', 400, 'wrong-scope'],
    ['invalid_target_scope', 400, 'wrong-scope'],
    ['access_denied', 403, 'access-denied'],
    ['not_found', 404, 'organization-not-found'],
    ['duplicate_binding', 409, 'several-organizations'],
    ['unknown_error', 400, 'refused'],
    ['nested_error', 400, 'refused'],
  ])('%s with %d', async (fault, status, topic) => {
    const standIn = await start({ fail: [fault] });
    const run = await runMain(standIn);
    expectRefusal(run, topic);
    expect(run.errors[0]).toContain(`: HTTP ${status}, `);
    expect(run.transcript).toMatchSnapshot();
    expect(standIn.requests).toHaveLength(1);
  });

  test.concurrent.each(ERRORS)('%s, %s, with 401 too', async (error, error_description, topic) => {
    const { url, count } = await serveCounting((_request, response) =>
      response.writeHead(401).end(JSON.stringify({ error, error_description })),
    );
    const run = await runMain({ url });
    expectRefusal(run, topic);
    const description = error_description === undefined ? '' : ` "${error_description}"`;
    expect(run.errors[0]).toContain(`: HTTP 401, ${error}${description}. `);
    expect(count()).toBe(1);
  });
});
