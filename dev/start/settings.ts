// Where `npm start` asks for a token, and with what: the real IMS, or a stand-in started for it.
import { readFileSync } from 'node:fs';
import { pickVariables } from '../runner/step.ts';
import { type StandIn, startStandIn } from '../stand-in/server.ts';
import { pointVerification } from '../stand-in/verification.ts';

export interface Settings {
  readonly inputs: Readonly<Record<string, string>>;
  readonly env: NodeJS.ProcessEnv;
  /** Absent where the real IMS is called. */
  readonly standIn?: StandIn;
}

/** What a real request may need of this machine: ways through its proxies and the authorities that it trusts. */
const passedVariables = [
  ...['https_proxy', 'http_proxy', 'no_proxy'].flatMap((name) => [name, name.toUpperCase()]),
  'NODE_EXTRA_CA_CERTS',
  'NODE_USE_SYSTEM_CA',
];

/**
 * Fills in what the options leave open.
 * @throws Error for options that do not go together, in a line for whoever gave them
 */
export async function chooseSettings(options: Record<string, string>): Promise<Settings> {
  const { fail, 'fail-verify': failVerify, 'fail-revoke': failRevoke, ...inputs } = options;
  const { ADOBE_CLIENT_ID, ADOBE_CLIENT_SECRET } = process.env;
  const { credentials, verify = 'none', revoke, service = '' } = inputs;
  if (credentials && !/^\s*[{[]/.test(credentials))
    inputs['credentials'] = readFileSync(credentials, 'utf8');
  if (failVerify && verify === 'none') throw new Error('--fail-verify needs --verify');
  if (failRevoke && revoke !== 'true') throw new Error('--fail-revoke needs --revoke true');
  if (ADOBE_CLIENT_ID && ADOBE_CLIENT_SECRET && !credentials) {
    if (fail || failVerify || failRevoke) {
      throw new Error('Failures need the stand-in: unset ADOBE_CLIENT_ID and ADOBE_CLIENT_SECRET');
    }
    const own = { 'client-id': ADOBE_CLIENT_ID, 'client-secret': ADOBE_CLIENT_SECRET };
    return { inputs: { ...own, ...inputs }, env: pickVariables(passedVariables) };
  }
  if (verify === 'service' && /\w[\s,]+\w/.test(service)) {
    throw new Error('The stand-in takes calls of one service: name one, or choose --verify token');
  }
  const standIn = await startStandIn({
    fail: readFailures(fail),
    failVerify: readFailures(failVerify),
    failRevoke: readFailures(failRevoke),
  });
  const madeUp = { 'client-id': 'npm-start', 'client-secret': 'a-secret-of-the-stand-in' };
  const given = credentials ? inputs : { ...madeUp, ...inputs };
  const addresses = { 'ims-url': standIn.url, ...pointVerification(inputs, standIn.url) };
  return { inputs: { ...addresses, ...given }, env: {}, standIn };
}

/** The names in `text`. Whoever asks for a failure wants to see its error, which a retry would otherwise hide. */
export function readFailures(text = ''): string[] {
  const names = text.split(/[\s,]+/).filter((name) => name !== '');
  const last = names.at(-1) ?? 'good';
  return last === 'good' || last.endsWith('*') ? names : names.with(-1, `${last}*`);
}
