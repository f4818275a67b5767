// Tokens in answers that are refused: they are as valid as others, and none may be lost.
import { describe, expect, test } from '@jest/globals';
import { fitsFingerprint } from '../../src/secrets/fingerprint.ts';
import { Secret } from '../../src/secrets/secret.ts';
import { mintToken } from '../../src/steps/mint.ts';
import { START_MS, UPTIME_MS } from '../support/clock.ts';
import { type ContextOptions, startRun } from '../support/context.ts';
import { SECOND_SECRET, SECRET } from '../support/credentials.ts';
import { answer, minted, readForm, refused } from '../support/scripted-exchange.ts';
import { OPAQUE_TOKEN } from '../support/tokens.ts';

const TOKEN = { access_token: OPAQUE_TOKEN, token_type: 'bearer', expires_in: 86_399 };
const OTHER = { ...TOKEN, access_token: 'opaque-token-of-another-answer' };

async function mint({ inputs = { revoke: 'true' }, ...options }: ContextOptions) {
  const { context, recording, script } = startRun({ inputs, ...options });
  const error = await mintToken(context).catch((caught: unknown) => caught);
  const masked = recording.calls.flatMap(([kind, value]) => (kind === 'mask' ? [value] : []));
  return { error, masked, state: recording.pairs('state'), recording, requests: script.requests };
}

describe('a token in an answer that is refused', () => {
  test.each([
    ['has another status', answer(201, TOKEN), 'HTTP 201'],
    [
      'is of another type',
      answer(200, { ...TOKEN, token_type: 'mac' }),
      'token_type is not bearer',
    ],
    [
      'says no lifetime',
      answer(200, { ...TOKEN, expires_in: undefined }),
      'how long the token lives',
    ],
    ['is cut short', answer(200, `{"access_token": "${OPAQUE_TOKEN}", "tok`), 'not a JSON object'],
  ])('is masked and saved for its revocation, where the answer %s', async (_what, given, why) => {
    const { error, masked, state, recording } = await mint({ answers: [given] });
    expect(error).toMatchObject({
      message: expect.stringContaining(why),
      hint: expect.stringMatching(/\. An answer held an access token: the post step revokes it$/),
    });
    expect(masked).toEqual([SECRET, OPAQUE_TOKEN]);
    expect(state).toMatchObject({ 'token-0': OPAQUE_TOKEN, 'expires-at-ms-0': '' });
    expect(recording.pairs('variable')).toEqual({ ADOBE_IMS_TOKEN_REVOKE: 'true' });
  });

  test.each([
    [32_000, 'the post step revokes it', 1],
    [32_001, 'it stays valid until it expires', 0],
  ])(
    'of %i characters is saved only if the post step still starts with it',
    async (length, outcome, saved) => {
      const access_token = 'a'.repeat(length);
      const { error, state, masked } = await mint({
        answers: [answer(200, { ...TOKEN, access_token })],
      });
      expect(error).toMatchObject({
        hint: expect.stringMatching(`held an access token: ${outcome}$`),
      });
      expect(Object.keys(state).filter((name) => name.startsWith('token-'))).toHaveLength(saved);
      expect(masked).toEqual([SECRET, access_token]);
    },
  );

  test('stays valid where another one beside it is saved, and the error says so', async () => {
    const tokens = [
      answer(503, TOKEN),
      answer(201, { ...OTHER, access_token: 'a'.repeat(32_001) }),
    ];
    const { error, state } = await mint({ answers: tokens });
    expect(error).toMatchObject({
      hint: expect.stringMatching(/ it stays valid until it expires$/),
    });
    expect(state).toMatchObject({ 'token-0': OPAQUE_TOKEN });
    expect(state).not.toHaveProperty('token-1');
  });

  test('is told of where its revocation is not requested', async () => {
    const { error, state } = await mint({ inputs: {}, answers: [answer(201, TOKEN)] });
    expect(error).toMatchObject({
      hint: expect.stringMatching(/held an access token: it stays valid until it expires$/),
    });
    expect(state).toEqual({});
  });

  test('is saved with the fingerprint of the secret that got it', async () => {
    const { state } = await mint({ answers: [minted] });
    expect(fitsFingerprint(new Secret(SECRET), String(state['fingerprint-0']))).toBe(true);
  });

  test('is not told of where there is none, and then nothing is saved', async () => {
    const { error, state, recording } = await mint({ answers: [refused] });
    expect(error).toMatchObject({ hint: expect.not.stringContaining('access token:') });
    expect(state).toEqual({});
    expect(recording.pairs('variable')).toEqual({});
  });

  test('does not hide a defect of this action that follows', async () => {
    const defect = new TypeError('x is not a function');
    expect((await mint({ answers: [answer(503, TOKEN), defect] })).error).toBe(defect);
  });

  test('is not told of where a later answer is taken', async () => {
    const { error } = await mint({ answers: [answer(503, OTHER), minted] });
    expect(error).toMatchObject({ token: { expiresAtMs: START_MS + 86_399_000 + 750 } });
  });
});

describe('several tokens', () => {
  test('are saved beside each other', async () => {
    const { state } = await mint({ answers: [answer(503, OTHER), minted] });
    expect(state).toMatchObject({ 'token-0': OTHER.access_token, 'token-1': OPAQUE_TOKEN });
  });

  test('are saved once where one answer repeats that of another, with the expiry it adds', async () => {
    const { state } = await mint({ answers: [answer(503, TOKEN), minted] });
    expect(state).toMatchObject({ 'expires-at-ms-0': String(UPTIME_MS + 86_399_000 + 750) });
    expect(state).not.toHaveProperty('token-1');
  });

  test('are all masked and revoked at once where the first cannot be saved', async () => {
    const { error, masked, requests, state } = await mint({
      answers: [answer(201, { ...OTHER, tokens: [TOKEN] }), answer(200), answer(200)],
      failing: ['state'],
    });
    expect(masked).toEqual([SECRET, OTHER.access_token, OPAQUE_TOKEN]);
    expect(requests.slice(1).map((request) => readForm(request)['token'])).toEqual([
      OTHER.access_token,
      OPAQUE_TOKEN,
    ]);
    expect(error).toMatchObject({
      name: 'FileCommandError',
      hint: expect.stringMatching(/\. The token was revoked at once$/),
    });
    expect(state).toEqual({});
  });

  test('are each revoked with the secret that got it', async () => {
    const { requests } = await mint({
      inputs: { revoke: 'true', 'client-secret': `${SECRET}\n${SECOND_SECRET}` },
      answers: [
        answer(401, { error: 'invalid_client', access_token: OTHER.access_token }),
        answer(200),
      ],
      failing: ['variable'],
    });
    expect(requests.map((request) => readForm(request)['client_secret'])).toEqual([SECRET, SECRET]);
  });
});
