// When the post step cannot tell that a token is revoked, and what it says then.
import { describe, expect, test } from '@jest/globals';
import { troubleshootingUrl } from '../../src/messages.ts';
import { START_MS } from '../support/clock.ts';
import { STATE } from '../support/context.ts';
import { revoke } from '../support/post-step.ts';
import { answer } from '../support/scripted-exchange.ts';

const NOT_SENT = 'Nothing was sent, so the token stays valid until it expires';
const TASK = 'Could not confirm that ims-na1.adobelogin.com revoked the access token';
const LIVES = 'Treat the token as valid until it expires';

describe('a token is said to live', () => {
  test.each([
    ['NODE_DEBUG', { NODE_DEBUG: 'http' }, /NODE_DEBUG is set and could print/],
    ['ciphers of its own', { NODE_OPTIONS: '--tls-cipher-list=x' }, /has --tls-cipher-list, which/],
    ['a proxy that is none', { https_proxy: 'none' }, /https_proxy is not the address/],
  ])('where a later step has set %s', async (_what, env, message) => {
    const { warnings, requests } = await revoke({ env });
    expect(requests).toEqual([]);
    expect(warnings).toEqual([expect.stringMatching(message)]);
    expect(warnings[0]).toContain(`. ${NOT_SENT}. ${troubleshootingUrl('not-revoked')}`);
  });

  test('where a later step has set both, and both are told', async () => {
    const { warnings } = await revoke({ env: { NODE_DEBUG: 'http', https_proxy: 'none' } });
    expect(warnings).toEqual([
      expect.stringMatching(/: NODE_DEBUG is set .* from `env`; https_proxy is not the address /),
    ]);
  });

  test.each([
    [199, {}, 'HTTP 199'],
    [200, { error: 'invalid_token' }, 'HTTP 200, invalid_token'],
    [200, 'Sign in', 'HTTP 200, but the answer does not say that the token is revoked'],
    [200, '<html></html>', 'HTTP 200, but the answer is an HTML page'],
    [202, '', 'HTTP 202, but the answer does not say that the token is revoked'],
    [302, '', 'HTTP 302, a redirect to nowhere, which is not followed'],
    [400, { error: 'invalid_client' }, 'HTTP 400, invalid_client'],
    [404, '', 'HTTP 404'],
  ])('on %i %j, and nothing is sent again', async (status, body, message) => {
    const { warnings, infos, requests } = await revoke({ answers: [answer(status, body)] });
    expect(warnings).toEqual([expect.stringContaining(`${TASK}: ${message}. ${LIVES}. `)]);
    expect(requests).toHaveLength(1);
    expect(infos).toEqual([]);
  });

  test('where the job is cancelled before IMS has answered: SIGINT ended the step without a word', async () => {
    const { warnings, infos } = await revoke({ cancelAt: 0 });
    expect(warnings).toEqual([
      expect.stringContaining(`${TASK}: the job was cancelled. ${LIVES}. `),
    ]);
    expect(infos).toEqual([]);
  });

  test('each of several, where the job is cancelled before IMS has answered for the first', async () => {
    const { warnings, requests } = await revoke({
      state: { 'token-1': 'second-token', 'fingerprint-1': STATE['fingerprint-0'] },
      answers: [answer(200), answer(200)],
      cancelAt: 0,
    });
    expect(warnings).toEqual(Array(2).fill(expect.stringContaining('the job was cancelled')));
    expect(requests).toHaveLength(1);
  });

  test('where this action has a defect, which gives no advice', async () => {
    const { warnings } = await revoke({ answers: [new RangeError('some words')] });
    expect(warnings).toEqual([expect.stringMatching(/^Unexpected RangeError in this action/)]);
  });
});

describe('another attempt', () => {
  test('is made as often as `max-attempts` of the main step says', async () => {
    const answers = [answer(503), answer(503), answer(200)];
    const { warnings, requests, clock } = await revoke({ answers, state: { 'max-attempts': '2' } });
    expect(warnings).toEqual([expect.stringContaining('HTTP 503, after 2 attempts')]);
    expect(requests).toHaveLength(2);
    expect(clock.sleeps).toEqual([750]);
  });

  test('ends within 20 seconds, whatever the server asks for', async () => {
    const wait = answer(503, '', { 'retry-after': '20' });
    const { warnings } = await revoke({ answers: [wait] });
    expect(warnings).toEqual([
      expect.stringContaining(
        `the server asks to wait 20 s, longer than the 19 s that the step can still wait. ${LIVES}`,
      ),
    ]);
  });

  test('waits until the moment that the server names', async () => {
    const until = new Date(START_MS + 5000).toUTCString();
    const answers = [answer(503, '', { 'retry-after': until }), answer(200)];
    expect((await revoke({ answers })).clock.sleeps).toEqual([5750]);
  });
});
