// The stand-in's services that take on work and report on it later.
import { beforeAll, expect, test } from '@jest/globals';
import type { StandIn } from '../../dev/stand-in/server.ts';
import { mint, start } from '../support/stand-in.ts';

interface Answer {
  readonly jobId?: string;
  readonly statusUrl?: string;
  readonly _links?: { readonly self: { readonly href: string } };
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

test('a photograph is taken on and corrected', async () => {
  const body = { inputs: { href: 'x' }, outputs: [{ href: 'y' }] };
  const { status, answer } = await call('/lrService/autoTone', body);
  expect(status).toBe(202);
  const href = answer._links?.self.href ?? '';
  const jobId = href.split('/').at(-1);
  expect((await call(href)).answer).toEqual({ jobId, outputs: [{ status: 'running' }] });
  expect((await call(href)).answer).toEqual({ jobId, outputs: [{ status: 'succeeded' }] });
});

test.each([
  ['a prompt that is empty', '/v3/images/generate-async', { prompt: '' }, undefined],
  ['what is no JSON', '/v3/images/generate-async', '{', undefined],
  ['JSON that is not declared', '/v3/images/generate-async', { prompt: 'x' }, 'text/plain'],
  ['a photograph without a place to go', '/lrService/autoTone', { inputs: {} }, undefined],
])('%s is refused', async (_what, path, body, type) => {
  const { status, answer } = await call(path, body, type);
  expect(status).toBe(400);
  expect(answer).toMatchObject({ error_code: 'validation_error' });
});

test.each(['/v3/status/x', '/lrService/status/x'])(
  '%s knows no job that was not taken on',
  async (path) => {
    expect((await call(path)).status).toBe(404);
  },
);
