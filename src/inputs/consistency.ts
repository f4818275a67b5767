/** Whether inputs that are right one by one are right together, and in these surroundings. */

import type { FileCommand, InputSource } from '../github/source.ts';
import { environmentFaults } from '../http/environment.ts';
import { list } from '../messages.ts';
import { canSeal, MIN_SEALING_LENGTH } from '../secrets/secret.ts';
import { SERVICES, type Service } from '../services.ts';
import { type InputName, type Inputs, PRODUCTION_IMS_URL } from './inputs.ts';
import type { Unread } from './reader.ts';

/** Inputs that are right one by one and wrong together. Nothing is said that hangs on one that is unread. */
export function contradictions(
  inputs: Inputs,
  source: InputSource,
  unread: Unread,
): readonly string[] {
  return [
    ...identityFaults(inputs),
    ...sealFaults(inputs),
    ...verificationFaults(inputs, source, unread),
  ];
}

/** A secret in one of these would be published as an output. A file's client IDs are compared where it is read. */
function identityFaults({ clientId, clientSecrets, orgId, scopes }: Inputs): readonly string[] {
  const values = clientSecrets.map(({ secret }) => secret.reveal());
  const holds = (text: string) => values.some((value) => text.includes(value));
  return [
    ...(values.includes(clientId)
      ? ['client-secret has the same value as the client ID: copy both again']
      : holds(clientId)
        ? ['the client ID holds the client secret: copy both again']
        : []),
    ...(scopes.some(holds) ? ['scope holds the client secret: remove it there'] : []),
    ...(orgId !== undefined && holds(orgId)
      ? ['the organization ID holds the client secret: copy both again']
      : []),
  ];
}

function sealFaults({ seal, sealedTokenFile, revoke, clientSecrets }: Inputs): readonly string[] {
  const faults: string[] = [];
  if (seal && revoke) {
    faults.push('seal and revoke are both true: a sealed token is of no use once it is revoked');
  }
  if (sealedTokenFile !== undefined && revoke) {
    faults.push(
      'sealed-token-file is set, and revoke is true: a sealed token is of no use once it is revoked',
    );
  }
  if (seal && !clientSecrets.every(({ secret }) => canSeal(secret))) {
    faults.push(
      `seal is true, and a client secret is shorter than ${MIN_SEALING_LENGTH} characters: too short to seal a token with`,
    );
  }
  return faults;
}

function verificationFaults(
  inputs: Inputs,
  source: InputSource,
  unread: Unread,
): readonly string[] {
  const isUnread = (...names: readonly InputName[]) => names.some((name) => unread.has(name));
  const hasVerifyUrl = source.input('verify-url') !== '' || isUnread('verify-url');
  const { services, verify, verifyTargets, orgId, imsUrl } = inputs;
  const faults: string[] = [];
  if (hasVerifyUrl && services.length > 1) {
    faults.push(
      'verify-url is set, and service names several: one address cannot check them all, so leave verify-url out',
    );
  }
  if (verify !== 'service') return faults;
  if (verifyTargets.length === 0 && !isUnread('service', 'verify-url', 'credentials')) {
    faults.push(
      'verify is service, and neither service nor verify-url says what to call: set one of them, or use verify: token',
    );
  }
  if (hasVerifyUrl) return faults;
  const called = verifyTargets.filter(({ url }) => url !== undefined);
  if (imsUrl !== PRODUCTION_IMS_URL && called.length > 0) {
    faults.push(
      verifyTargets.length > 1
        ? "verify is service, and ims-url is not Adobe's production, whose services refuse tokens from elsewhere: use verify: token"
        : "verify is service, and ims-url is not Adobe's production: set verify-url to the service's address in that environment, since Adobe's production services refuse tokens from elsewhere",
    );
  }
  const demanding = called.flatMap(({ service }) => {
    const row: Service | undefined = service && SERVICES[service];
    return service && row?.orgHeader ? [service] : [];
  });
  if (orgId === undefined && demanding.length > 0 && !isUnread('org-id', 'credentials')) {
    faults.push(
      `verify is service, and ${list(demanding)} ${demanding.length === 1 ? 'demands' : 'demand'} the organization: set org-id to the organization ID that the project's page in the Adobe Developer Console shows, such as 1234567890ABCDEF@AdobeOrg`,
    );
  }
  return faults;
}

/** What in the step's surroundings keeps these inputs from being served safely. */
export function surroundingFaults(
  inputs: Inputs,
  { env, fileFault }: InputSource,
): readonly string[] {
  const called = inputs.verify === 'service' ? inputs.verifyTargets : [];
  const targets = [inputs.imsUrl, ...called.flatMap(({ url }) => url ?? [])];
  const written: readonly FileCommand[] = [
    'GITHUB_OUTPUT',
    ...(inputs.exportEnv || inputs.revoke ? (['GITHUB_ENV'] as const) : []),
    ...(inputs.revoke ? (['GITHUB_STATE'] as const) : []),
    ...(inputs.summary ? (['GITHUB_STEP_SUMMARY'] as const) : []),
  ];
  return [
    ...environmentFaults(
      env,
      targets.map((url) => new URL(url)),
    ),
    ...written.flatMap((name) => fileFault(name) ?? []),
  ];
}
