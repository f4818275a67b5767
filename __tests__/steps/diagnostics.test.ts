// What debug logging tells of a step's surroundings, and of a defect.
import { describe, expect, test } from '@jest/globals';
import { TimeoutError } from '../../src/errors.ts';
import { VERSION } from '../../src/messages.ts';
import { debugFrames, debugSurroundings } from '../../src/steps/diagnostics.ts';
import { giveInputs } from '../support/input-source.ts';
import { type RecordingOptions, record } from '../support/recording.ts';

function tell(options: RecordingOptions = {}, changes: Parameters<typeof giveInputs>[0] = {}) {
  const { runner, lines } = record({ isDebug: true, ...options });
  debugSurroundings(runner, giveInputs({ scopes: ['openid'], ...changes }));
  return lines('debug');
}
const START = `adobe-ims-token-action ${VERSION}; Node.js v24.0.0`;

describe('the surroundings', () => {
  test('are told in one line', () => {
    expect(tell()).toEqual([
      `${START}; proxy none; NODE_EXTRA_CA_CERTS not set; services firefly; scopes openid`,
    ]);
  });

  test('are told with the host of the proxy, never its user and password', () => {
    const env = {
      https_proxy: 'http://user:word@proxy.example:3128',
      NODE_EXTRA_CA_CERTS: '/etc/ca.pem\n::x',
    };
    expect(tell({ env }, { services: [] })).toEqual([
      `${START}; proxy proxy.example:3128; NODE_EXTRA_CA_CERTS /etc/ca.pem : :x; services none; scopes openid`,
    ]);
  });

  test('are told with every service and scope', () => {
    expect(tell({}, { services: ['firefly', 'express'], scopes: ['openid', 'ff_apis'] })).toEqual([
      expect.stringMatching(/; services firefly,express; scopes openid,ff_apis$/),
    ]);
  });

  test('are told without a proxy that nobody could use', () => {
    expect(tell({ env: { https_proxy: 'socks5://user:word@proxy' } })[0]).toContain('proxy none');
  });

  test('are not told without debug logging', () => {
    expect(tell({ isDebug: false })).toEqual([]);
  });
});

test('the frames of a defect are told, and no line of its message, though it looks like one', () => {
  const { runner, lines } = record();
  debugFrames(runner, new TypeError('p8e-secret\n    at p8e-secret'));
  expect(lines('debug').length).toBeGreaterThan(1);
  for (const line of lines('debug')) expect(line).toMatch(/^at (?!p8e)/);
});

test('what stands between frames is not told', () => {
  const { runner, lines } = record();
  const stack = 'Error: x\n    at one\n  p8e-secret, at two\n    at three';
  debugFrames(runner, Object.assign(new Error('x'), { stack }));
  expect(lines('debug')).toEqual(['at one', 'at three']);
});

test('a defect without a stack has no frames to tell', () => {
  const { runner, calls } = record();
  debugFrames(runner, Object.assign(new Error('x'), { stack: undefined }));
  expect(calls).toEqual([]);
});

test.each([
  ['a text'],
  [undefined],
  [{ stack: 'at x' }],
  [new TimeoutError('no answer', { topic: 'timeout', hint: 'Wait' })],
])('%p has no frames to tell', (error) => {
  const { runner, calls } = record();
  debugFrames(runner, error);
  expect(calls).toEqual([]);
});
