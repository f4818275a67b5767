// The shipped bundle with wrong inputs or in wrong surroundings: all is told at once, before anything is sent.
import { describe, expect, test } from '@jest/globals';
import { type RunOptions, runMain } from '../support/bundle.ts';
import { SECRET } from '../support/credentials.ts';
import { start } from '../support/stand-in.ts';

/** Runs against a stand-in that must hear nothing, and gives all that the one error line calls wrong. */
async function listFaults(options: RunOptions): Promise<readonly string[]> {
  const standIn = await start();
  const { exitCode, outputs, env, state, errors } = await runMain(standIn, options);
  expect(standIn.requests).toEqual([]);
  expect({ exitCode, outputs, env, state }).toEqual({
    exitCode: 1,
    outputs: {},
    env: {},
    state: {},
  });
  const line = errors[0] ?? '';
  const [, number = '1', faults = ''] =
    /^(?:Wrong input|(\d+) wrong inputs): (.*)\. Nothing was sent\. https:[^ ]*#wrong-input$/.exec(
      line,
    ) ?? [];
  const listed = faults.replace(/^\(1\) /, '').split(/; \(\d+\) /);
  expect(listed).toHaveLength(Number(number));
  return listed;
}

/** Of each fault only the beginning is given: the rest is advice. */
async function expectFaults(options: RunOptions, beginnings: readonly string[]): Promise<void> {
  const faults = await listFaults(options);
  expect(faults.map((fault, at) => fault.slice(0, beginnings[at]?.length))).toEqual(beginnings);
}

describe('wrong inputs are told, all together', () => {
  test.concurrent.each<[string, Record<string, string>, readonly string[]]>([
    [
      'each in its own words',
      {
        revoek: 'true',
        service: 'lightrom',
        'client-id': 'clïent',
        scope: 'openid,sc"ope',
        'export-env': 'yes please',
        timeout: '0',
        'max-attempts': '99',
        'ims-url': 'http://example.com',
        'client-secret': 'seven77',
      },
      [
        'revoek is not an input of this action (did you mean revoke?); ',
        'service "lightrom" is unknown: did you mean lightroom? (allowed: firefly, firefly-enterprise, ',
        'client-id "clïent" is not a client ID: at most 256 printable ASCII characters ',
        'client-secret line 1 is shorter than 8 characters: ',
        'scope "openid,sc"ope" has a character that no scope may have: ',
        'export-env "yes please" is neither true nor false',
        'timeout "0" is not a whole number from 1 to 3600',
        'max-attempts "99" is not a whole number from 1 to 10',
        'ims-url "http://example.com" is not an https: URL; http: is for loopback addresses only',
      ],
    ],
    [
      'as often as an input can be wrong in another way',
      {
        'env-prefix': 'GITHUB',
        verify: 'servce',
        'min-validity': '1h',
        'on-missing-credentials': 'ignore',
        timeout: '1m',
        'org-id': 'two words',
        'ims-url': 'https://evil.example',
        'client-secret': `${SECRET}\nsécret-number-two`,
      },
      [
        'client-secret line 2 has characters other than printable ASCII without spaces: ',
        'env-prefix "GITHUB" is reserved for the runner, Node.js or a shell: ',
        'verify "servce" is unknown: did you mean service? (allowed: none, token, service)',
        'min-validity "1h" is not a whole number from 0 to 172800',
        'on-missing-credentials "ignore" is unknown (allowed: fail, skip)',
        'timeout "1m" is not a whole number from 1 to 3600',
        'org-id "two words" is not an organization ID: ',
        `ims-url "https://evil.example" names a host outside adobelogin.com: `,
      ],
    ],
    [
      'the contradictions between right ones too',
      { seal: 'true', revoke: 'true', verify: 'service', 'client-secret': 'a-secret-of-19-char' },
      [
        'seal and revoke are both true: ',
        'seal is true, and a client secret is shorter than 20 characters: ',
        "verify is service, and ims-url is not Adobe's production: ",
      ],
    ],
  ])('%s', async (_how, inputs, faults) => {
    await expectFaults({ inputs }, faults);
  });

  test.concurrent.each([
    ['http://127.0.0.1.evil.example', 'http://127.0.0.1.evil.example', 'is not an https: URL; '],
    [
      'http://localhost@evil.example',
      'http://evil.example',
      'must not contain a user name or password',
    ],
    [
      'https://me:hidden-word-1@adobe.io',
      'https://adobe.io',
      'must not contain a user name or password',
    ],
    // The URL parser needs no slashes to find a user and a password.
    [
      'https:me:hidden-word-1@adobe.io',
      'https:adobe.io',
      'must not contain a user name or password',
    ],
    ['https://adobe.io/?code=hidden-word-1', 'https://adobe.io/', 'must not contain a query: '],
    ['https://adobe.io/#hidden-word-1', 'https://adobe.io/', 'must not contain a fragment'],
  ])('ims-url: %s', async (url, shown, says) => {
    const options = { inputs: { 'ims-url': url }, passwords: ['hidden-word-1'] };
    await expectFaults(options, [`ims-url "${shown}" ${says}`]);
  });
});

describe('wrong surroundings are told, too', () => {
  const password = 'hidden-word-5Tq9';
  const imsUrl = 'https://ims-na1.adobelogin.com';

  test.concurrent.each<[string, Record<string, string>]>([
    ['NODE_DEBUG', { NODE_DEBUG: 'http' }],
    ['NODE_TLS_REJECT_UNAUTHORIZED', { NODE_TLS_REJECT_UNAUTHORIZED: '0' }],
    ['https_proxy', { https_proxy: `socks5://me:${password}@127.0.0.1:1080` }],
    ['HTTPS_PROXY', { HTTPS_PROXY: `me:${password}@proxy.example` }],
    ['https_proxy', { https_proxy: `http://me:${password}%zz@127.0.0.1:8080` }],
  ])('%s', async (name, env) => {
    const options = { env, inputs: { 'ims-url': imsUrl }, passwords: [password] };
    await expectFaults(options, [name]);
  });

  test.concurrent.each<[string, Record<string, string>]>([
    ['GITHUB_OUTPUT', {}],
    ['GITHUB_ENV', {}],
    ['GITHUB_STATE', { revoke: 'true' }],
    ['GITHUB_STEP_SUMMARY', { summary: 'true' }],
  ])('%s that is not set, with %j', async (name, inputs) => {
    const fault = `${name} is not set: run this action as a step of a GitHub workflow`;
    await expectFaults({ inputs, env: { [name]: undefined } }, [fault]);
  });

  test.concurrent('GITHUB_OUTPUT that cannot be written', async () => {
    const env = { GITHUB_OUTPUT: '/nowhere/output' };
    await expectFaults({ env }, [
      'GITHUB_OUTPUT names a file that does not exist: an earlier step',
    ]);
  });

  test.concurrent('but files that nothing is written to may be missing', async () => {
    const { exitCode } = await runMain(await start(), {
      inputs: { 'export-env': 'false' },
      env: { GITHUB_ENV: undefined, GITHUB_STATE: undefined, GITHUB_STEP_SUMMARY: undefined },
    });
    expect(exitCode).toBe(0);
  });
});
