// Wrong inputs: each told with its name, its value and what is allowed, all of them at once, and no secret among them.
import { describe, expect, test } from '@jest/globals';
import { parseCommands } from '../../dev/runner/commands.ts';
import type { FileCommand } from '../../src/github/source.ts';
import { readInputs } from '../../src/inputs/read.ts';
import { SERVICE_NAMES } from '../../src/services.ts';
import { aepp, OTHER_ID, project, projectCredential } from '../support/credential-files.ts';
import { SECRET } from '../support/credentials.ts';
import { giveSource, refusalOf, type SourceOptions } from '../support/input-source.ts';
import type { Given } from '../support/recording.ts';

const services = SERVICE_NAMES.join(', ');

/** Each of the faults that the error names. */
function faultsOf(options: SourceOptions): readonly string[] {
  const [, ...faults] = refusalOf(options).message.split(/(?:^Wrong input: |(?:: |; )\(\d+\) )/);
  return faults;
}

describe('a wrong input', () => {
  test.each([
    [
      'client-id',
      'a b',
      'client-id "a b" is not a client ID: at most 256 printable ASCII characters without spaces are allowed',
    ],
    [
      'service',
      'fierfly',
      `service "fierfly" is unknown: did you mean firefly? (allowed: ${services})`,
    ],
    [
      'service',
      'Photoshop',
      `service "Photoshop" is unknown: did you mean photoshop? (allowed: ${services})`,
    ],
    ['service', 'stock', `service "stock" is unknown (allowed: ${services})`],
    [
      'scope',
      'a"',
      'scope "a"" has a character that no scope may have: printable ASCII without " and \\ is allowed',
    ],
    ['scope', ',', 'scope "," names no scope'],
    ['export-env', 'yes', 'export-env "yes" is neither true nor false'],
    [
      'env-prefix',
      'A-B',
      'env-prefix "A-B" is not a variable name: letters, digits and _ are allowed, no digit first',
    ],
    [
      'env-prefix',
      'GITHUB',
      'env-prefix "GITHUB" is reserved for the runner, Node.js or a shell: choose another',
    ],
    [
      'verify',
      'tokn',
      'verify "tokn" is unknown: did you mean token? (allowed: none, token, service)',
    ],
    [
      'verify-url',
      'https://evil.example/a',
      'verify-url "https://evil.example/a" names a host that is not Adobe\'s: add the host to allowed-hosts if you trust it with the token',
    ],
    // It was quoted as https://adobe.io/, which would have been right.
    [
      'verify-url',
      'https://evil.example/x@adobe.io/',
      'verify-url "https://evil.example/…" names a host that is not Adobe\'s: add the host to allowed-hosts if you trust it with the token',
    ],
    ['seal', '1', 'seal "1" is neither true nor false'],
    ['min-validity', '172801', 'min-validity "172801" is not a whole number from 0 to 172800'],
    ['min-validity', '-1', 'min-validity "-1" is not a whole number from 0 to 172800'],
    ['revoke', 'on', 'revoke "on" is neither true nor false'],
    [
      'on-missing-credentials',
      'skp',
      'on-missing-credentials "skp" is unknown: did you mean skip? (allowed: fail, skip)',
    ],
    ['summary', 'y', 'summary "y" is neither true nor false'],
    ['timeout', '0', 'timeout "0" is not a whole number from 1 to 3600'],
    ['timeout', '3601', 'timeout "3601" is not a whole number from 1 to 3600'],
    ['max-attempts', '0', 'max-attempts "0" is not a whole number from 1 to 10'],
    ['max-attempts', '11', 'max-attempts "11" is not a whole number from 1 to 10'],
    [
      'org-id',
      'a b',
      'org-id "a b" is not an organization ID: it looks like 1234567890ABCDEF@AdobeOrg',
    ],
    [
      'ims-url',
      'https://adobe.io?a=b',
      'ims-url "https://adobe.io" must not contain a query: give the base URL alone',
    ],
    [
      'ims-url',
      'https://a:b@adobe.io',
      'ims-url "https://adobe.io" must not contain a user name or password',
    ],
    [
      'verify-url',
      'https://a:b@adobe.io/?c=d',
      'verify-url "https://adobe.io/" must not contain a user name or password',
    ],
    [
      'allowed-hosts',
      'a/b',
      'allowed-hosts "a/b" is not a list of hosts: write each as host or host:port, without scheme, path or wildcard',
    ],
    [
      'client-secret',
      'p8e-ok-12\n1234567',
      'client-secret line 2 is shorter than 8 characters: copy the secret again',
    ],
    [
      'client-secret',
      'short\np8e-ok-12\nno',
      'client-secret line 1 is shorter than 8 characters: copy the secret again; line 3 is shorter than 8 characters: copy the secret again',
    ],
    [
      'client-secret',
      'a wrong one',
      'client-secret line 1 has characters other than printable ASCII without spaces: copy the secret again',
    ],
  ])('%s: %j is told', (name, value, fault) => {
    expect(refusalOf({ inputs: { [name]: value } })).toMatchObject({
      message: `Wrong input: ${fault}`,
      topic: 'wrong-input',
      hint: 'Nothing was sent',
    });
  });

  test('is told once for its own sake, and not for what follows from it', () => {
    const inputs = { service: 'x', verify: 'service', 'ims-url': 'x' };
    expect(refusalOf({ inputs }).message).toMatch(
      /^2 wrong inputs: \(1\) service .*; \(2\) ims-url /,
    );
  });

  const noTarget =
    'verify is service, and neither service nor verify-url says what to call: set one of them, or use verify: token';
  const stage = 'https://ims-na1-stg1.adobelogin.com';
  const alone = { 'client-id': '', 'client-secret': '' };
  const several = project(projectCredential(), projectCredential({ client_id: OTHER_ID }));

  test.each<[string, Given, readonly string[]]>([
    [
      'what to call, where verify-url is wrong',
      { scope: 'openid', 'verify-url': 'http://bad.example' },
      ['verify-url "http://bad.example" is not'],
    ],
    [
      'what to call, where service is wrong',
      { scope: 'openid', service: 'fierfly' },
      ['service "fierfly" is unknown'],
    ],
    [
      'what to call, where the file is wrong that could have no scopes',
      { ...alone, credentials: '{}', 'ims-url': stage },
      ['credentials is an empty JSON'],
    ],
    [
      'the address of a service that nobody named, where scope is wrong',
      { scope: 'é', 'ims-url': stage },
      ['scope "é" has', noTarget],
    ],
    [
      'the address of a service that nobody named, where service is wrong',
      { service: 'fierfly', 'ims-url': stage },
      ['service "fierfly" is unknown'],
    ],
    [
      'an organization, where org-id is wrong',
      { service: 'analytics', 'org-id': 'a b' },
      ['org-id "a b" is not'],
    ],
    [
      'an organization, where the file is wrong that could hold it',
      { service: 'analytics', credentials: '[]' },
      ['credentials is a JSON array'],
    ],
    [
      'which of the credentials is meant, where client-id is wrong',
      { ...alone, credentials: JSON.stringify(several), 'client-id': 'a b', service: 'analytics' },
      ['client-id "a b" is not'],
    ],
  ])('is told, and nothing is said of %s', (_what, inputs, faults) => {
    expect(faultsOf({ inputs: { verify: 'service', ...inputs } })).toEqual(
      faults.map((fault) => expect.stringMatching(new RegExp(`^${fault}`))),
    );
  });

  test('of client-id is told beside a file that is wrong whichever is meant', () => {
    const inputs = { ...alone, 'client-id': 'a b', credentials: '{"half' };
    expect(faultsOf({ inputs })).toEqual([
      expect.stringMatching(/^client-id "a b" is not/),
      expect.stringMatching(/^credentials is JSON that was truncated/),
    ]);
  });

  test.each<[string, string, FileCommand | undefined]>([
    ['seal', 'revoke', undefined],
    ['revoke', 'seal', undefined],
    ['export-env', 'seal', 'GITHUB_ENV'],
    ['summary', 'seal', 'GITHUB_STEP_SUMMARY'],
  ])('of %s has nothing done for it: %s: true is right beside it', (name, other, file) => {
    const inputs = { 'export-env': 'false', [name]: 'x', [other]: 'true' };
    const fileFaults = file ? { [file]: 'cannot be written' } : {};
    expect(refusalOf({ inputs, fileFaults }).message).toBe(
      `Wrong input: ${name} "x" is neither true nor false`,
    );
  });

  test('is shown as one safe line that is cut after 80 characters', () => {
    const value = `\u001b[31m\n::add-mask::x\n##[add-path]/tmp%0A${'a'.repeat(100)}`;
    const shown = `[31m : :add-mask: :x # #[add-path]/tmp%0A${'a'.repeat(100)}`.slice(0, 80);
    const { message } = refusalOf({ inputs: { timeout: value } });
    expect(message).toBe(`Wrong input: timeout "${shown}…" is not a whole number from 1 to 3600`);
    expect(parseCommands(message)).toEqual([]);
  });

  test('is shown without the secret that somebody put into it', () => {
    const inputs = { scope: `"${SECRET}"`, 'ims-url': `https://${SECRET}.adobe.com?` };
    const { message } = refusalOf({ inputs });
    expect(message).toContain('scope ""***"" has');
    expect(message).toContain('ims-url "https://***.adobe.com" must not contain a query');
    expect(message).not.toContain('p8e');
  });

  test('is shown without the secret that is part of its host', () => {
    const inputs = { 'ims-url': `https://${SECRET}.example` };
    expect(refusalOf({ inputs }).message).toMatch(
      /ims-url "https:\/\/\*\*\*\.example" names a host/,
    );
    expect(refusalOf({ inputs }).message).not.toContain('p8e');
  });

  test('is cut where its host is endless', () => {
    const inputs = { 'ims-url': `https://${'a.'.repeat(1000)}example` };
    expect(refusalOf({ inputs }).message.length).toBeLessThan(300);
  });

  test('is shown without the user info of any address among allowed-hosts', () => {
    const inputs = {
      'allowed-hosts': 'https://user:word@a.example/, https://user:word@b.example/?a',
    };
    expect(refusalOf({ inputs }).message).toMatch(
      /allowed-hosts "https:\/\/b\.example\/" is not a list/,
    );
  });
});

describe('wrong inputs', () => {
  test('are told all at once, in a fixed order', () => {
    const { message, topic } = refusalOf({
      inputs: {
        'client-id': '',
        'client-secret': 'short',
        seal: 'true',
        revoke: 'true',
        service: 'x',
        'on-missing-credentials': 'x',
        timeout: 'x',
      },
      env: { INPUT_SCOPES: 'openid', NODE_DEBUG: 'http' },
      fileFaults: { GITHUB_OUTPUT: 'GITHUB_OUTPUT is not set' },
    });
    expect(topic).toBe('missing-credentials');
    expect(message.split(/(?:: |; )(?=\(\d+\) )/).map((part) => part.slice(0, 40))).toEqual([
      '9 wrong inputs',
      '(1) scopes is not an input of this actio',
      '(2) client-id is empty: check that the n',
      '(3) service "x" is unknown (allowed: fir',
      '(4) client-secret line 1 is shorter than',
      '(5) on-missing-credentials "x" is unknow',
      '(6) timeout "x" is not a whole number fr',
      '(7) seal and revoke are both true: a sea',
      '(8) NODE_DEBUG is set and could print th',
      '(9) GITHUB_OUTPUT is not set',
    ]);
  });
});

describe('a misspelt input', () => {
  const client =
    /^Wrong input: clientid is not an input of this action \(did you mean client-id\?\)/;

  test.each([
    ['the client ID', { 'client-id': '' }, { INPUT_CLIENTID: 'x' }, client],
    [
      'the file',
      { 'client-id': '', 'client-secret': '' },
      { INPUT_CREDENTIAL: '{}' },
      /^Wrong input: credential is not an input of this action \(did you mean credentials\?\)/,
    ],
  ])('is told, and not that %s is empty, which follows from it', (_what, inputs, env, message) => {
    const error = refusalOf({ inputs, env });
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain('empty');
    expect(error.topic).toBe('wrong-input');
  });

  test.each<[string, Given, Record<string, string>]>([
    ['what to call', { scope: 'openid' }, { INPUT_VERIFYURL: 'https://a.adobe.io/' }],
    ['what to call', { scope: 'openid' }, { INPUT_SERVICES: 'firefly' }],
    [
      'a service that nobody named',
      { service: '', 'ims-url': 'https://ims-na1-stg1.adobelogin.com' },
      { INPUT_CREDENTIAL: '{}' },
    ],
    ['an organization', { service: 'analytics' }, { INPUT_ORGID: 'A@AdobeOrg' }],
    [
      'an organization',
      { service: 'analytics', 'client-id': '', 'client-secret': '' },
      { INPUT_CREDENTIAL: '{}' },
    ],
    [
      'the IMS of a file for the stage',
      { credentials: JSON.stringify({ ...aepp, environment: 'stage' }), verify: 'none' },
      { INPUT_IMSURL: 'https://ims-na1-stg1.adobelogin.com' },
    ],
    [
      'the secret of a file without one',
      { credentials: JSON.stringify({ client_id: 'the-client' }), 'client-secret': '' },
      { INPUT_CLIENTSECRET: SECRET },
    ],
  ])('is told, and nothing that follows is said of %s: %j', (_what, inputs, env) => {
    expect(faultsOf({ inputs: { verify: 'service', ...inputs }, env })).toEqual([
      expect.stringContaining(' is not an input of this action '),
    ]);
  });

  test('is told beside what is empty for another reason', () => {
    const inputs = { 'client-id': '', 'client-secret': '' };
    expect(refusalOf({ inputs, env: { INPUT_CLIENTID: 'x' } }).message).toMatch(
      /^2 wrong inputs: \(1\) clientid is not .*; \(2\) client-secret is empty: /,
    );
  });

  test('stops nobody who gives the right one as well, since the variable may be for another purpose', () => {
    const source = giveSource({ inputs: { service: 'firefly' }, env: { INPUT_SERVICES: 'web' } });
    expect(readInputs(source)).toMatchObject({ services: ['firefly'] });
  });
});

test.each(['client-secret', 'credentials', 'scope', 'sealed-token'])(
  '%s is refused where it is longer than 64 KiB, before anybody reads it',
  (name) => {
    const inputs = { [name]: 'a'.repeat(65_537) };
    expect(refusalOf({ inputs }).message).toBe(`Wrong input: ${name} is longer than 64 KiB`);
  },
);

test('an input of 64 KiB is read', () => {
  const source = giveSource({ inputs: { scope: 'a'.repeat(65_536) } });
  expect(readInputs(source)).toMatchObject({ scopes: ['a'.repeat(65_536)] });
});

test('a file that was pasted into client-secret is not tried line by line', () => {
  const lines = Array.from({ length: 30 }, (_, index) => `p8e-line-${index}-of-a-file`);
  expect(refusalOf({ inputs: { 'client-secret': lines.join('\n') } }).message).toBe(
    'Wrong input: client-secret holds 30 client secrets: at most 5 are allowed',
  );
});
