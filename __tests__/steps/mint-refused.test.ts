// What is said of client secrets that IMS refuses: beside a token, and in place of one.
import { describe, expect, test } from '@jest/globals';
import { OAuthError } from '../../src/errors.ts';
import type { Inputs } from '../../src/inputs/inputs.ts';
import { mintToken, warnOfRefusedSecrets } from '../../src/steps/mint.ts';
import { startRun } from '../support/context.ts';
import { SECRET } from '../support/credentials.ts';
import type { Given } from '../support/recording.ts';
import { unauthorized } from '../support/scripted-exchange.ts';
import { giveToken } from '../support/tokens.ts';

describe('the warning of refused secrets', () => {
  const warn = (
    refusedLines: readonly number[],
    line: number,
    secretsFrom: Inputs['secretsFrom'] = 'client-secret',
  ) => {
    const { context, recording } = startRun();
    const [{ secret }] = context.inputs.clientSecrets;
    const clientSecret = { line, secret };
    const inputs = { ...context.inputs, secretsFrom };
    warnOfRefusedSecrets(
      { ...context, inputs },
      { token: giveToken(), attempts: 1, refusedLines, clientSecret },
    );
    expect(recording.topics).toEqual(refusedLines.length > 0 ? ['refused-secret-lines'] : []);
    return recording.lines('warning');
  };
  const WHERE =
    'remove what was refused from the GitHub secret, or replace it with a valid one from the Adobe Developer Console';

  test('is not given where none was refused', () => {
    expect(warn([], 1)).toEqual([]);
  });

  test('names the line', () => {
    expect(warn([1], 2)).toEqual([
      `IMS refused line 1 of client-secret and accepted line 2: ${WHERE}`,
    ]);
  });

  test('names all the lines', () => {
    expect(warn([1, 3], 4)).toEqual([
      `IMS refused lines 1 and 3 of client-secret and accepted line 4: ${WHERE}`,
    ]);
  });

  test('names the secrets of a file by their order', () => {
    expect(warn([1], 2, 'credentials')).toEqual([
      `IMS refused secret 1 of credentials and accepted secret 2: ${WHERE}`,
    ]);
  });
});

describe('secrets that were all refused', () => {
  const refuse = async (inputs: Given) => {
    const { context } = startRun({ inputs, answers: [unauthorized, unauthorized] });
    const error = await mintToken(context).catch((caught: unknown) => caught);
    return error instanceof OAuthError ? error.trail?.gaveUp : error;
  };

  test.each([
    ['"p8e-in-quotes"', 'line 1 of client-secret has quotes around it'],
    ['$FIREFLY_SECRET', 'line 1 of client-secret begins with $, like a variable'],
    ['secrets.FIREFLY_SECRET', 'line 1 of client-secret is the name of a secret'],
    ['CLIENT_SECRET=p8e-x', 'line 1 of client-secret has the form NAME=value'],
    [
      `${SECRET}\n"p8e-in-quotes"`,
      'IMS refused lines 1 and 2 of client-secret; line 2 of client-secret has quotes around it',
    ],
  ])('and look like something else say so: %s', async (secret, reason) => {
    expect(await refuse({ 'client-secret': secret })).toMatch(reason);
  });

  test('of a file are named by their order', async () => {
    const secrets = ['p8e-first-of-the-file', 'p8e-second-of-the-file'];
    const credentials = JSON.stringify({ client_id: 'a', client_secrets: secrets });
    expect(await refuse({ credentials, 'client-secret': '', 'client-id': '' })).toBe(
      'IMS refused secrets 1 and 2 of credentials',
    );
  });
});
