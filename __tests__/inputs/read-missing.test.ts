// Credentials that are not given: whose fault that is, and when it ends the step green.
import { describe, expect, test } from '@jest/globals';
import { readInputs } from '../../src/inputs/read.ts';
import { SECRET } from '../support/credentials.ts';
import { pullRequestFrom } from '../support/events.ts';
import { giveSource, refusalOf, type SourceOptions } from '../support/input-source.ts';
import type { Given } from '../support/recording.ts';

type Trigger = NonNullable<SourceOptions['trigger']>;

describe('missing credentials', () => {
  const none = { 'client-id': '', 'client-secret': '' };
  const pullRequest: Trigger = { name: 'pull_request', payload: pullRequestFrom(null) };
  const withheld: readonly [string, Trigger, RegExp][] = [
    ['a pull request from a fork', pullRequest, /this run is for a pull request from a fork/],
    ['a run of Dependabot', { actor: 'dependabot[bot]' }, /Dependabot started this run/],
    ['a fork', { payload: { repository: { fork: true } } }, /this repository is a fork/],
  ];

  const lists = ['[]', '["", ""]', ' [" ",\n"\\n"] '];

  test.each(lists)('are a list of unset secrets too, and that is told: %j', (list) => {
    const message = /^Wrong input: client-secret is empty: check that/;
    expect(refusalOf({ inputs: { 'client-secret': list } })).toMatchObject({
      message: expect.stringMatching(message),
      topic: 'missing-credentials',
    });
    expect(refusalOf({ inputs: { 'client-id': '', 'client-secret': list } }).message).toMatch(
      /^Wrong input: credentials, client-id and client-secret are empty: /,
    );
  });

  test.each([...lists, ''])('are none where `credentials` has what a list lacks: %j', (list) => {
    const credentials = JSON.stringify({ client_id: 'the-client', client_secret: SECRET });
    const inputs = { credentials, 'client-id': '', 'client-secret': list };
    const read = readInputs(giveSource({ inputs }));
    expect(read).toMatchObject({ clientId: 'the-client', secretsFrom: 'credentials' });
    expect('clientSecrets' in read && read.clientSecrets[0].secret.reveal()).toBe(SECRET);
  });

  test.each<[Trigger]>([[{}], [{ name: 'pull_request', payload: undefined }]])(
    'are not what a file lacks that GitHub does not withhold: %j',
    (trigger) => {
      const inputs = {
        ...none,
        credentials: '{"CLIENT_ID":"the-client","CLIENT_SECRET":""}',
        'on-missing-credentials': 'skip',
      };
      expect(refusalOf({ inputs, trigger }).message).toBe(
        'Wrong input: credentials holds no client secret (CLIENT_SECRET)',
      );
    },
  );

  test('are not told of a secret that is too long to be read', () => {
    expect(refusalOf({ inputs: { 'client-secret': `[${' '.repeat(65_536)}]` } }).message).toBe(
      'Wrong input: client-secret is longer than 64 KiB',
    );
  });

  test.each([
    [{ 'client-id': '' }, /^Wrong input: client-id is empty: check that/],
    [{ 'client-secret': '' }, /^Wrong input: client-secret is empty: check that/],
    [none, /^Wrong input: credentials, client-id and client-secret are empty: check that/],
  ])('fail the step: %j', (inputs, message) => {
    for (const onMissing of ['', 'fail', 'skip']) {
      const given = { inputs: { ...inputs, 'on-missing-credentials': onMissing } };
      const error = refusalOf(given);
      expect(error.message).toMatch(message);
      expect(error).toMatchObject({ topic: 'missing-credentials', hint: 'Nothing was sent' });
    }
  });

  describe.each(withheld)('in %s', (_where, trigger, reason) => {
    test('fail the step, and the reason is told', () => {
      const { message, topic } = refusalOf({ inputs: none, trigger });
      expect(message).toMatch(reason);
      expect(topic).toBe('missing-credentials');
    });

    test('end the step green where that is wanted, and the reason is told', () => {
      const inputs = { ...none, 'on-missing-credentials': 'skip' };
      expect(readInputs(giveSource({ inputs, trigger }))).toEqual({
        skipped: expect.stringMatching(reason),
      });
    });

    test.each(lists)('end the step green where the list of secrets is empty: %j', (list) => {
      const inputs = { 'client-secret': list, 'on-missing-credentials': 'skip' };
      expect(readInputs(giveSource({ inputs, trigger }))).toEqual({
        skipped: expect.stringMatching(/^client-secret is empty: /),
      });
    });

    // A fork's pull request failed, though the workflow was to skip it.
    test.each([
      ['in JSON', '{"CLIENT_ID":"the-client","CLIENT_SECRET":""}'],
      ['in lines', 'CLIENT_ID=the-client\nCLIENT_SECRET='],
      ['beside an empty client-secret', '{"CLIENT_ID":"the-client","SCOPES":["openid"]}'],
    ])('are a secret that was to be put into credentials, %s', (_where, credentials) => {
      const inputs = { ...none, credentials };
      const told =
        /^Wrong input: the client secret in credentials is empty: .* succeeds there without a token$/;
      const { message, topic } = refusalOf({ inputs, trigger });
      expect(message).toMatch(told);
      expect(message).toMatch(reason);
      expect(topic).toBe('missing-credentials');
      const skip = { ...inputs, 'on-missing-credentials': 'skip' };
      expect(readInputs(giveSource({ inputs: skip, trigger }))).toEqual({
        skipped: expect.stringMatching(/^the client secret in credentials is empty: /),
      });
    });

    test('are none where client-secret has what credentials lacks', () => {
      const inputs = {
        credentials: '{"CLIENT_ID":"the-client"}',
        'on-missing-credentials': 'skip',
      };
      expect(readInputs(giveSource({ inputs, trigger }))).toMatchObject({
        secretsFrom: 'client-secret',
      });
    });

    test('end the step green though nobody knows what `credentials` would say', () => {
      const inputs = { ...none, 'on-missing-credentials': 'skip', verify: 'service' };
      const unknown: readonly Given[] = [
        { service: 'analytics' },
        { 'ims-url': 'https://ims-na1-stg1.adobelogin.com' },
      ];
      for (const given of unknown) {
        expect(readInputs(giveSource({ inputs: { ...inputs, ...given }, trigger }))).toEqual({
          skipped: expect.stringMatching(reason),
        });
      }
    });

    test('do not end the step green where another input is wrong', () => {
      const inputs = { ...none, 'on-missing-credentials': 'skip', timeout: '0' };
      expect(refusalOf({ inputs, trigger })).toMatchObject({
        message: 'Wrong input: timeout "0" is not a whole number from 1 to 3600',
        topic: 'wrong-input',
      });
    });

    test('are not assumed where there are credentials', () => {
      const inputs = { 'on-missing-credentials': 'skip' };
      expect(readInputs(giveSource({ inputs, trigger }))).toHaveProperty('clientId');
    });
  });

  test('fail the step where the event cannot be read, so that nobody can tell a run for a fork', () => {
    const trigger = { name: 'pull_request', payload: 'unreadable' };
    const inputs = { ...none, 'on-missing-credentials': 'skip' };
    expect(refusalOf({ inputs, trigger }).message).toMatch(
      /are empty: the event that started this run could not be read/,
    );
    expect(refusalOf({ inputs: none, trigger }).message).toMatch(/are empty: check that/);
  });

  test('are all that is missing, where one of them is given', () => {
    const inputs = { 'client-secret': '', 'on-missing-credentials': 'skip' };
    expect(readInputs(giveSource({ inputs, trigger: pullRequest }))).toEqual({
      skipped: expect.stringMatching(/^client-secret is empty: /),
    });
  });
});
