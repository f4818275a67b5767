// Where `npm start` asks for a token: the real IMS, or a stand-in started for it.
import { randomBytes } from 'node:crypto';
import { DEFAULT_SERVICE, SERVICES, type Service } from '../../src/services.ts';
import { type StandIn, startStandIn } from '../stand-in/server.ts';
import type { Arguments } from './arguments.ts';

export interface Settings {
  readonly inputs: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  /** Undefined where a real server is asked. */
  readonly standIn: StandIn | undefined;
}

/** What a real request may need of this machine: ways through its proxies and the authorities that it trusts. */
const passed = [
  ...['https_proxy', 'http_proxy', 'no_proxy'].flatMap((name) => [name, name.toUpperCase()]),
  'NODE_EXTRA_CA_CERTS',
  'NODE_USE_SYSTEM_CA',
];

/**
 * Fills in what the arguments leave open.
 * @throws Error for failures asked of the real IMS
 */
export async function chooseSettings(given: Arguments): Promise<Settings> {
  const { ADOBE_CLIENT_ID: clientId, ADOBE_CLIENT_SECRET: clientSecret } = process.env;
  if (clientId && clientSecret) {
    if (Object.values(given.failures).some((names) => names.length > 0)) {
      throw new Error('Failures need the stand-in: unset ADOBE_CLIENT_ID and ADOBE_CLIENT_SECRET');
    }
    return {
      inputs: { 'client-id': clientId, 'client-secret': clientSecret, ...given.inputs },
      env: passEnvironment(),
      standIn: undefined,
    };
  }
  const standIn = await startStandIn(given.failures);
  return {
    inputs: {
      'client-id': randomBytes(16).toString('hex'),
      'client-secret': `p8e-${randomBytes(24).toString('base64url')}`,
      'ims-url': standIn.url,
      ...pointVerification(given.inputs, standIn),
      ...given.inputs,
    },
    env: {},
    standIn,
  };
}

/** A service's endpoint by its path on the stand-in: a token of the stand-in's must not go to Adobe. */
export function pointVerification(
  { verify, service = DEFAULT_SERVICE }: Readonly<Record<string, string>>,
  standIn: Pick<StandIn, 'url'>,
): Readonly<Record<string, string>> {
  const services: Readonly<Record<string, Service>> = SERVICES;
  const address = services[service]?.verifyUrl;
  if (verify !== 'service' || address === undefined) return {};
  return { 'verify-url': `${standIn.url}${new URL(address).pathname}` };
}

function passEnvironment(): Record<string, string> {
  const env: Record<string, string> = {};
  for (const name of passed) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  return env;
}
