// Where `npm start` asks for a token: the real IMS, or a stand-in started for it.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { pickVariables } from '../runner/surroundings.ts';
import { type StandIn, startStandIn } from '../stand-in/server.ts';
import { pointVerification } from '../stand-in/verification.ts';
import type { Options } from './options.ts';

export interface Settings {
  readonly inputs: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  /** Undefined where a real server is asked. */
  readonly standIn: StandIn | undefined;
}

/** What a real request may need of this machine: ways through its proxies and the authorities that it trusts. */
const passedVariables = [
  ...['https_proxy', 'http_proxy', 'no_proxy'].flatMap((name) => [name, name.toUpperCase()]),
  'NODE_EXTRA_CA_CERTS',
  'NODE_USE_SYSTEM_CA',
];

/**
 * Fills in what the options leave open; `--credentials` may name a file.
 * @throws Error for failures asked of the real IMS
 */
export async function chooseSettings({ inputs, failures }: Options): Promise<Settings> {
  const { ADOBE_CLIENT_ID: clientId, ADOBE_CLIENT_SECRET: clientSecret } = process.env;
  const given = { ...inputs, ...readCredentials(inputs['credentials']) };
  if (clientId && clientSecret) {
    if (Object.values(failures).some((names) => names.length > 0)) {
      throw new Error('Failures need the stand-in: unset ADOBE_CLIENT_ID and ADOBE_CLIENT_SECRET');
    }
    return {
      inputs: { 'client-id': clientId, 'client-secret': clientSecret, ...given },
      env: pickVariables(passedVariables),
      standIn: undefined,
    };
  }
  const standIn = await startStandIn(failures);
  return {
    inputs: {
      ...(given.credentials === undefined && {
        'client-id': randomBytes(16).toString('hex'),
        'client-secret': `p8e-${randomBytes(24).toString('base64url')}`,
      }),
      'ims-url': standIn.url,
      ...pointVerification(given, standIn.url),
      ...given,
    },
    env: {},
    standIn,
  };
}

function readCredentials(file: string | undefined): { readonly credentials?: string } {
  return file !== undefined && existsSync(file) ? { credentials: readFileSync(file, 'utf8') } : {};
}
