// The file that keeps a sealed token between runs: what is read and written, and what costs a notice.
import { describe, expect, test } from '@jest/globals';
import { MAX_SEAL_LENGTH, openSeal } from '../../src/secrets/seal.ts';
import type { Minted } from '../../src/steps/mint.ts';
import { keepSealedToken, readSealedTokenFile } from '../../src/steps/sealed-token-file.ts';
import { type ContextOptions, startRun } from '../support/context.ts';
import { SECRET } from '../support/credentials.ts';
import { BINDING, giveToken, OPAQUE_TOKEN } from '../support/tokens.ts';

const PATH = '.adobe/token';
const WITH_FILE = { 'sealed-token-file': PATH };

describe('reading the file', () => {
  async function read(options: ContextOptions = {}) {
    const { context, recording } = startRun({ inputs: WITH_FILE, ...options });
    return { text: await readSealedTokenFile(context), notices: recording.lines('notice') };
  }

  test('gives what it holds, without the line break at its end', async () => {
    const files = { [PATH]: { value: ' the.seal\n' } };
    expect(await read({ files })).toEqual({ text: 'the.seal', notices: [] });
  });

  test.each([
    ['there is none yet', {}],
    ['none is named', { inputs: {}, files: { [PATH]: { value: 'the.seal' } } }],
  ])('gives nothing, and says nothing, where %s', async (_where, options) => {
    expect(await read(options)).toEqual({ text: undefined, notices: [] });
  });

  test('costs a notice where it cannot be read', async () => {
    const files = { [PATH]: { fault: 'cannot be used (EACCES)' } };
    expect(await read({ files })).toEqual({
      text: undefined,
      notices: [
        'The sealed token is not used: it is in a file that cannot be used (EACCES). Requesting a new one',
      ],
    });
  });

  test('stops at the longest seal', async () => {
    const { context } = startRun({ inputs: WITH_FILE });
    const limits: number[] = [];
    const readFile = (_path: string, maxBytes: number) => {
      limits.push(maxBytes);
      return { value: undefined };
    };
    await readSealedTokenFile({ ...context, runner: { ...context.runner, readFile } });
    expect(limits).toEqual([MAX_SEAL_LENGTH]);
  });
});

describe('writing the file', () => {
  const note = (reason: string) =>
    `The sealed token is not kept in sealed-token-file: ${reason}. The next run requests a new one`;

  async function keep({ inputs = {}, ...options }: ContextOptions = {}, token = giveToken()) {
    const { context, recording } = startRun({ inputs: { ...WITH_FILE, ...inputs }, ...options });
    const [clientSecret] = context.inputs.clientSecrets;
    const minted: Minted = { token, attempts: 1, clientSecret, refusedLines: [] };
    await keepSealedToken(context, minted);
    const written = recording.calls.filter(([kind]) => kind === 'file');
    const { topics } = recording;
    return { written, notices: recording.lines('notice'), topics, clientSecret };
  }

  test('keeps the token, sealed under its secret', async () => {
    const { written, notices, clientSecret } = await keep();
    expect(notices).toEqual([]);
    const [[, path, sealed = ''] = []] = written;
    expect(path).toBe(PATH);
    expect(await openSeal(sealed, BINDING, [clientSecret.secret])).toMatchObject({
      value: { token: OPAQUE_TOKEN },
    });
  });

  test('is left out where no file is named', async () => {
    expect(await keep({ inputs: { 'sealed-token-file': '' } })).toMatchObject({
      written: [],
      notices: [],
    });
  });

  test('keeps no token under a secret that could be guessed: 20 characters are enough', async () => {
    const secret = SECRET.slice(0, 20);
    expect((await keep({ inputs: { 'client-secret': secret } })).written).toHaveLength(1);
    expect(await keep({ inputs: { 'client-secret': secret.slice(1) } })).toMatchObject({
      written: [],
      notices: [
        note('the client secret is shorter than 20 characters, too short to seal a token with'),
      ],
    });
  });

  test('keeps no token whose seal would be too long to be read again', async () => {
    expect(await keep({}, giveToken({ value: 'x'.repeat(20_000) }))).toMatchObject({
      written: [],
      notices: [note('the seal would be longer than 24 KiB')],
    });
  });

  test('costs a notice where it fails', async () => {
    const files = { [PATH]: { fault: 'is not a regular file' } };
    expect(await keep({ files })).toMatchObject({
      written: [],
      notices: [note('it is not a regular file')],
      topics: ['sealed-token-not-used'],
    });
  });
});
