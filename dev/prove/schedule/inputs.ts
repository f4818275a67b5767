// What a run is given when nothing is wrong with it: its secrets, its inputs and its environment.
import { type ServiceName, services } from '../contract.ts';
import type { Dice } from './dice.ts';

const alphanumerics = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const secretCharacters = `${alphanumerics}-_+&%=/?#:.~`;
const hex = '0123456789abcdef';

/** Long enough to seal with. */
export function drawSecrets(dice: Dice): string[] {
  const count = Number(dice.weigh({ 1: 55, 2: 30, 3: 15 }));
  return Array.from({ length: count }, () => dice.spell(secretCharacters, dice.between(20, 48)));
}

/** Names one of the scopes twice. */
export function drawScope(dice: Dice): string[] {
  const names = ['openid', 'AdobeID', 'ff_apis', 'firefly_api', 'a.b.c', 'read_organizations'];
  return ['openid', ...names.filter(() => dice.chance(0.4)), dice.spell('abcdef_', 9), 'openid'];
}

/** What is drawn apart, because other parts of a schedule depend on it. */
interface Given {
  readonly service: ServiceName;
  readonly secrets: readonly string[];
  /** The input `scope`, where there is one. */
  readonly scope: readonly string[] | undefined;
  readonly timeoutS: number;
  readonly maxAttempts: number;
}

export function drawInputs(
  dice: Dice,
  { service, secrets, scope, timeoutS, maxAttempts }: Given,
): Record<string, string> {
  const extra = dice.weigh({ none: 62, revoke: 24, seal: 14 });
  return {
    'client-id': dice.spell(hex, 32),
    'client-secret': secrets.join(dice.pick(['\n', '\r\n', '  \n  '])),
    service,
    timeout: `${timeoutS}`,
    'max-attempts': `${maxAttempts}`,
    'ims-url': dice.pick(['{ims}', '{ims}/']),
    summary: dice.pick(['true', 'false']),
    ...(scope && { scope: scope.join(dice.pick([',', ' ', '\n', ', '])) }),
    ...(dice.chance(0.2) && { 'export-env': 'false' }),
    ...(dice.chance(0.2) && { 'env-prefix': 'MY_APP' }),
    ...(dice.chance(0.15) && { 'org-id': '0123456789ABCDEF01234567@AdobeOrg' }),
    ...(dice.chance(0.1) && { 'allowed-hosts': 'gateway.example, other.example' }),
    ...(extra !== 'none' && { [extra]: 'true' }),
    ...drawVerification(dice, service),
  };
}

export function drawProxyPassword(dice: Dice): string {
  return dice.spell(alphanumerics, 20);
}

export function drawEnvironment(dice: Dice, proxyPassword: string): Record<string, string> {
  const proxy = `http://robot:${proxyPassword}@{trap}`;
  return {
    ...(dice.chance(0.5) && { RUNNER_DEBUG: '1' }),
    ...(dice.chance(0.5) && { https_proxy: proxy, http_proxy: proxy }),
  };
}

function drawVerification(dice: Dice, service: ServiceName): Record<string, string> {
  const verify = dice.weigh({ none: 45, token: 30, service: 25 });
  const paths = ['/v1/voices', '/v3/custom-models', '/pie/psdService/hello', '/batches'];
  const named = verify === 'service' && (services[service].endpoint || dice.chance(0.5));
  return { verify, ...(named && { 'verify-url': `{ims}${dice.pick(paths)}` }) };
}
