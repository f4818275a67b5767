// Who runs against whom: the least that a process can do, other ways to a token, and this action.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { readAction } from '../runner/action.ts';
import { runStep } from '../runner/step.ts';
import type { Ims } from './ims.ts';
import { type Contender, outputFile } from './measure.ts';

export interface Contenders {
  /** The least that gets a token under Node: what all are compared with. */
  readonly limit: Contender;
  readonly all: readonly Contender[];
}

const inputs = {
  'client-id': '0123456789abcdef0123456789abcdef',
  'client-secret': 'p8e-Benchmark-0123456789_abcdefghij',
  // Said, so that all can send the same.
  scope: 'openid,AdobeID,session,additional_info,read_organizations,firefly_api,ff_apis',
};

const bundle = readAction().runs.main;

/** All that is set side by side, against `ims`. */
export async function listContenders(ims: Ims): Promise<Contenders> {
  const limit = runProgram(ims, 'bare `node:https` request', join(import.meta.dirname, 'bare.mjs'));
  return {
    limit,
    all: [
      { name: '`node -e 0`', argv: [process.execPath, '-e', '0'] },
      limit,
      ...callCurl(ims),
      runProgram(ims, 'built-in `fetch`', join(import.meta.dirname, 'fetch.mjs')),
      runAction(ims, 'this action: a new token', {}),
      runAction(ims, 'this action: a new token, and its seal', {
        inputs: { seal: 'true' },
        output: /^sealed-token<</m,
      }),
      runAction(ims, 'this action: a sealed token', {
        inputs: { 'sealed-token': await sealToken(ims) },
      }),
      runAction(ims, 'this action: a wrong input', {
        inputs: { timeout: 'soon' },
        exitCode: 1,
        output: /^error<</m,
      }),
    ],
  };
}

function runAction(ims: Ims, name: string, changes: Partial<Contender>): Contender {
  const contender = { ...runProgram(ims, name, bundle), output: /^access-token<</m, ...changes };
  return { ...contender, inputs: { ...inputs, 'ims-url': ims.url, ...changes.inputs } };
}

function runProgram(ims: Ims, name: string, file: string): Contender {
  return {
    name,
    argv: [process.execPath, file],
    inputs: { ...inputs, 'ims-url': ims.url },
    env: trust(ims),
    output: /^access-token=/,
  };
}

function trust(ims: Ims): Record<string, string> {
  return { NODE_EXTRA_CA_CERTS: ims.certificateFile };
}

/** The same request by curl, where there is one; its answer goes unread into the output file. */
function callCurl(ims: Ims): Contender[] {
  const version = spawnSync('curl', ['--version'], { encoding: 'utf8' });
  if (version.status !== 0) return [];
  const form = {
    grant_type: 'client_credentials',
    client_id: inputs['client-id'],
    client_secret: inputs['client-secret'],
    scope: inputs.scope,
  };
  const fields = Object.entries(form).flatMap((pair) => ['--data-urlencode', pair.join('=')]);
  const options = ['--silent', '--fail', '--cacert', ims.certificateFile, '--output', outputFile];
  return [
    {
      name: '`curl`',
      argv: ['curl', ...options, ...fields, `${ims.url}/ims/token/v3`],
      output: /"access_token"/,
    },
  ];
}

async function sealToken(ims: Ims): Promise<string> {
  const { outputs, stdout } = await runStep({
    inputs: { ...inputs, 'ims-url': ims.url, seal: 'true' },
    env: trust(ims),
  });
  const sealed = outputs['sealed-token'];
  if (sealed === undefined) throw new Error(`No token was sealed:\n${stdout}`);
  return sealed;
}
