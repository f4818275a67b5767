// The shipped bundle and what people ran into, one by one, each named after what went wrong.
import { describe, expect, test } from '@jest/globals';
import { runStep } from '../../dev/runner/step.ts';
import { runMain } from '../support/bundle.ts';
import { CREDENTIALS, SECRET } from '../support/credentials.ts';
import { serve } from '../support/server.ts';
import { start } from '../support/stand-in.ts';

const preload = (code: string) => ['--import', `data:text/javascript,${encodeURIComponent(code)}`];
const shiftClock = (hours: number) =>
  preload(`const now = Date.now; Date.now = () => now() + ${hours * 3_600_000};`);

describe('clocks', () => {
  test.concurrent('a seal of a runner that is three hours fast gives no token of 97,198 seconds', async () => {
    const standIn = await start();
    const first = await runMain(standIn, { inputs: { seal: 'true' }, args: shiftClock(3) });
    const sealed = first.outputs['sealed-token'] ?? '';
    const { outputs, notices } = await runMain(standIn, { inputs: { 'sealed-token': sealed } });
    expect(outputs['source']).toBe('minted');
    expect(Number(outputs['expires-in'])).toBeLessThan(86_400);
    expect(notices).toEqual([expect.stringContaining('one of the two clocks is wrong')]);
  });

  test.concurrent.each([-30, 30])(
    'a clock that is wrong by %d hours does not end a fresh token',
    async (hours) => {
      const { exitCode, outputs } = await runMain(await start(), { args: shiftClock(hours) });
      expect(exitCode).toBe(0);
      expect(Number(outputs['expires-in'])).toBeGreaterThan(86_390);
    },
  );
});

test.concurrent('a server that asks to wait 60 s of 60 is told with a timeout that would do', async () => {
  const url = await serve((_request, response) =>
    response.writeHead(429, { 'retry-after': '60' }).end(),
  );
  const { errors } = await runMain({ url });
  expect(errors).toEqual([
    expect.stringMatching(
      /: HTTP 429; the server asks to wait 60 s, longer than the 5\d s that the step can still wait\. Set `timeout` to 70 or more, or run the job again later\. .*#throttled$/,
    ),
  ]);
});

test.concurrent('120 KB of slashes in ims-url are refused at once: they took sixteen seconds', async () => {
  const inputs = {
    'ims-url': `https://ims-na1.adobelogin.com${'/'.repeat(120_000)}`,
    timeout: '5',
  };
  const { exitCode, errors, durationMs } = await runMain(await start(), { inputs });
  expect({ exitCode, errors }).toEqual({
    exitCode: 1,
    errors: [expect.stringContaining('ims-url is longer than 64 KiB')],
  });
  expect(durationMs).toBeLessThan(5000);
});

describe('names', () => {
  test.concurrent('clientid is told as misspelt, and an empty client ID or secret is not blamed', async () => {
    const inputs = { 'client-id': '', clientid: 'the-client' };
    const { errors } = await runMain(await start(), { inputs });
    expect(errors).toEqual([
      expect.stringMatching(
        /^Wrong input: clientid is not an input of this action \(did you mean client-id\?\)/,
      ),
    ]);
  });

  test.concurrent("INPUT_SERVICES in a job's env says the way out, which works", async () => {
    const env = { INPUT_SERVICES: 'web, worker' };
    const { errors } = await runMain(await start(), { env });
    expect(errors).toEqual([
      expect.stringContaining(
        "if a job's `env` sets INPUT_SERVICES for another purpose, give `service` as well, even if only its default",
      ),
    ]);
    const { exitCode, warnings } = await runMain(await start(), {
      env,
      inputs: { service: 'firefly' },
    });
    expect(exitCode).toBe(0);
    expect(warnings).toHaveLength(1);
  });
});

describe('masks', () => {
  test.concurrent('a secret of one letter is refused, and does not hide the log', async () => {
    // Not by runMain, which would find that letter in every line.
    const { stdout, exitCode } = await runStep({
      inputs: { ...CREDENTIALS, 'client-secret': 'e' },
    });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      /^::error [^\n]*client-secret line 1 is shorter than 8 characters[^\n]*\n$/,
    );
  });

  test.concurrent('the user of a proxy, such as runner, is no secret, and its password of three letters neither', async () => {
    const env = { https_proxy: 'http://runner:abc@proxy.example:3128' };
    expect((await runMain(await start(), { env })).masks).not.toEqual(
      expect.arrayContaining(['runner', 'abc', 'runner:abc']),
    );
  });
});

test.concurrent.each([
  ['--tls-keylog=/tmp/keys', '--tls-keylog'],
  ['--tls-keylog /tmp/keys', '--tls-keylog'],
  ['--tls-min-v1.0', '--tls-min-v1.0'],
  ['--no-warnings --tls_min_v1.1', '--tls-min-v1.1'],
  ['--tls-cipher-list=NULL-SHA256:@SECLEVEL=0', '--tls-cipher-list'],
  ['--openssl_config /dev/null', '--openssl-config'],
  ['--heapsnapshot-signal=SIGUSR2', '--heapsnapshot-signal'],
  ['--no-warnings --report-on-signal', '--report-on-signal'],
])('NODE_OPTIONS=%s is refused by name', async (options, name) => {
  const { errors } = await runMain(await start(), { env: { NODE_OPTIONS: options } });
  expect(errors).toEqual([expect.stringContaining(`NODE_OPTIONS has ${name}, which `)]);
});

test.concurrent("NODE_OPTIONS that harm nobody are nobody's business", async () => {
  const env = { NODE_OPTIONS: '--max-old-space-size=4096' };
  expect((await runMain(await start(), { env })).exitCode).toBe(0);
});

test.concurrent('a defect shows where it came from with debug logging, and never its message', async () => {
  const args = preload('URLSearchParams.prototype.toString = undefined;');
  const { debug, errors, stdout } = await runMain(await start(), {
    args,
    env: { RUNNER_DEBUG: '1' },
  });
  expect(errors).toEqual([expect.stringMatching(/^Unexpected TypeError in this action/)]);
  expect(debug[0]).toMatch(/^adobe-ims-token-action [\d.]+; Node\.js v24/);
  expect(debug.filter((line) => /^at .*index\.js/.test(line)).length).toBeGreaterThan(1);
  expect(stdout).not.toContain('is not a function');
});

describe('secrets', () => {
  test.concurrent('thirty lines, a file that was pasted, make no request', async () => {
    const standIn = await start();
    const lines = Array.from({ length: 30 }, (_, at) => `p8e-line-${at}-of-thirty`).join('\n');
    const { errors } = await runMain(standIn, { inputs: { 'client-secret': lines } });
    expect(errors).toEqual([expect.stringContaining('client-secret holds 30 client secrets')]);
    expect(standIn.requests).toEqual([]);
  });

  test.concurrent('a JSON array counts as its lines, and so do scopes as JSON or YAML', async () => {
    const forms = ['["openid","ff_apis"]', '- openid\n- ff_apis', '[openid, ff_apis]'];
    for (const scope of forms) {
      const standIn = await start({ clientSecrets: [SECRET] });
      const inputs = { 'client-secret': `["p8e-old-secret","${SECRET}"]`, scope };
      const { outputs } = await runMain(standIn, { inputs });
      expect(outputs['scope']).toBe('openid,ff_apis');
    }
  });

  test.concurrent('that are all refused and look like something else say so', async () => {
    const standIn = await start({ clientSecrets: ['p8e-the-right-one'] });
    const { errors } = await runMain(standIn, { inputs: { 'client-secret': '"p8e-in-quotes"' } });
    expect(errors).toEqual([
      expect.stringContaining('line 1 of client-secret has quotes around it'),
    ]);
  });
});

describe('services', () => {
  test.concurrent('several give one token, and the variables of each', async () => {
    const standIn = await start();
    const { env, outputs } = await runMain(standIn, { inputs: { service: 'firefly, express' } });
    expect(Object.keys(env)).toEqual([
      'FIREFLY_SERVICES_ACCESS_TOKEN',
      'FIREFLY_SERVICES_CLIENT_ID',
      'EXPRESS_ACCESS_TOKEN',
      'EXPRESS_CLIENT_ID',
    ]);
    expect(outputs['scope']).toContain('ee.express_api');
    expect(standIn.requests).toHaveLength(1);
  });

  test.concurrent('none are named where scopes alone are given: nobody said firefly', async () => {
    const run = await runMain(await start(), { inputs: { scope: 'openid', summary: 'true' } });
    expect(Object.keys(run.env)).toEqual(['ADOBE_ACCESS_TOKEN', 'ADOBE_CLIENT_ID']);
    expect(`${run.stdout}${run.summary}`).not.toMatch(/firefly/i);
  });

  test.concurrent('none to verify with is an error, not a call to Firefly', async () => {
    const standIn = await start();
    const { errors } = await runMain(standIn, { inputs: { scope: 'openid', verify: 'service' } });
    expect(errors).toEqual([expect.stringContaining('neither service nor verify-url')]);
    expect(standIn.requests).toEqual([]);
  });
});
