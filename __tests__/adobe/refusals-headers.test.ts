// What is told of a refusal's headers: where a redirect leads, and the ids that Adobe's support asks for.
import { describe, expect, test } from '@jest/globals';
import { refusal, requestIds } from '../../src/adobe/refusals.ts';
import { Secret } from '../../src/secrets/secret.ts';
import { SECRET } from '../support/credentials.ts';
import { redactor } from '../support/redactor.ts';
import { answer } from '../support/scripted-exchange.ts';

const redact = redactor([new Secret(SECRET)]);
const refuse = (...args: Parameters<typeof answer>) => refusal(answer(...args), redact);

describe('a redirect', () => {
  const redirect = (location?: string, status = 302) => refuse(status, '', { location });

  test.each([300, 302, 307, 399])('with status %i is refused', (status) => {
    expect(redirect('https://other.example/', status)).toMatchObject({
      name: 'HttpError',
      message: `HTTP ${status}, a redirect to https://other.example/, which is not followed`,
      advice: { status, retryAfterMs: 0 },
      topic: 'redirect',
      hint: 'Adobe does not redirect here: check `ims-url` and `verify-url` if they are set, and whether a proxy or gateway answered instead',
    });
  });

  test.each([
    ['nowhere', undefined, 'nowhere'],
    ['with user, password and query', 'https://u:p@b.example/c?d=e#f', 'https://b.example/c'],
    [
      'with user and password that do not parse',
      'https://u:p/?#w@b.example/c',
      'https://b.example/c',
    ],
    ['of another kind', 'app:u:p@b.example/c?d', 'app:b.example/c'],
    // The log named other.example, which had nothing to do with it.
    [
      'with an address in its query',
      'https://b.example/c?hint=me@other.example',
      'https://b.example/c',
    ],
    ['with an address in its path', 'https://b.example/@me/c', 'https://b.example/@me/c'],
    ['to a path with an address in its query', '/c?hint=me@other.example#d', '/c'],
    ['to another host by its name alone', '//u:p@b.example/c?d', 'https://b.example/c'],
    ['with the secret', `https://b.example/${SECRET}`, 'https://b.example/***'],
    ['with a command', 'https://b.example/::error::', 'https://b.example/: :error: :'],
    ['of 101 characters', 'x'.repeat(101), `${'x'.repeat(100)}…`],
  ])('%s is shown as what is safe of it', (_name, location, shown) => {
    expect(redirect(location).message).toBe(
      `HTTP 302, a redirect to ${shown}, which is not followed`,
    );
  });

  test('is told with the ids of the request', () => {
    const { message } = refuse(302, '', { 'x-request-id': 'id' });
    expect(message).toBe(
      'HTTP 302, a redirect to nowhere, which is not followed (x-request-id id)',
    );
  });
});

describe("the ids that Adobe's support asks for", () => {
  test.each([
    ["IMS's", { 'x-debug-id': 'one' }, ' (x-debug-id one)'],
    ["a gateway's", { 'x-request-id': 'two' }, ' (x-request-id two)'],
    ['both', { 'x-request-id': 'two', 'x-debug-id': 'one' }, ' (x-debug-id one, x-request-id two)'],
    ['none', {}, ''],
    ['an empty one', { 'x-debug-id': '' }, ''],
    ['several of a kind', { 'x-debug-id': ['one', 'two'] }, ''],
    ['the secret', { 'x-debug-id': `${SECRET} ::x` }, ' (x-debug-id *** : :x)'],
    ['one of 81', { 'x-debug-id': 'x'.repeat(81) }, ` (x-debug-id ${'x'.repeat(80)}…)`],
  ])('are shown where there are some: %s', (_name, headers, shown) => {
    // Node gives a header that came twice as one text or, for some, as a list.
    expect(requestIds(answer(400, '', headers as Record<string, string>), redact)).toBe(shown);
  });

  test('stand at the end of the message', () => {
    const headers = { 'x-debug-id': 'one' };
    expect(refuse(400, { error: 'lunar_phase' }, headers).message).toBe(
      'HTTP 400, lunar_phase (x-debug-id one)',
    );
  });
});
