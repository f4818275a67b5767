// The stand-in's services that take on work and report on it later.
import { beforeAll, expect, test } from '@jest/globals';
import type { StandIn } from '../../dev/stand-in/server.ts';
import { mint, start } from '../support/stand-in.ts';

interface Answer {
  readonly jobId?: string;
  readonly statusUrl?: string;
}

let standIn: StandIn;
let token: string;

beforeAll(async () => {
  standIn = await start();
  token = (await mint(standIn)).token;
});

/** With a token and its client's key. */
async function call(url: string, body?: unknown, type = 'application/json') {
  const method = body === undefined ? 'GET' : 'POST';
  const headers = {
    Authorization: `Bearer ${token}`,
    'x-api-key': 'the-client',
    'Content-Type': type,
  };
  const sent = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(new URL(url, standIn.url), {
    method,
    headers,
    ...(body !== undefined && { body: sent }),
  });
  return { status: response.status, answer: (await response.json()) as Answer };
}

test('a picture is taken on, made, and found where the answer says', async () => {
  const { status, answer } = await call('/v3/images/generate-async', { prompt: 'A bicycle' });
  expect(status).toBe(202);
  const { jobId } = answer;
  expect(answer).toEqual({
    jobId: expect.stringMatching(/^[\w-]{36}$/),
    statusUrl: `${standIn.url}/v3/status/${jobId}`,
    cancelUrl: `${standIn.url}/v3/cancel/${jobId}`,
  });
  expect((await call(answer.statusUrl ?? '')).answer).toEqual({ status: 'running', jobId });
  const image = { url: `${standIn.url}/picture.png` };
  expect((await call(answer.statusUrl ?? '')).answer).toEqual({
    status: 'succeeded',
    jobId,
    result: { outputs: [{ seed: 1, image }] },
  });
});

test.each([
  ['a prompt that is empty', { prompt: '' }, undefined],
  ['what is no JSON', '{', undefined],
  ['JSON that is not declared', { prompt: 'x' }, 'text/plain'],
])('%s is refused', async (_what, body, type) => {
  const { status, answer } = await call('/v3/images/generate-async', body, type);
  expect(status).toBe(400);
  expect(answer).toMatchObject({ error_code: 'validation_error' });
});

test('a job that was not taken on is not known', async () => {
  expect((await call('/v3/status/x')).status).toBe(404);
});
