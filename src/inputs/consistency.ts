/** Whether inputs that are right one by one are right together, and in these surroundings. */

import { environmentFaults, type FileCommand } from '../http/environment.ts';
import type { InputSource, Inputs } from './read.ts';
import { PRODUCTION_IMS_URL } from './urls.ts';

/** The key that seals a token is made of the secret, and a short one could be guessed at leisure. */
const MIN_SEALING_SECRET_LENGTH = 20;

/** Inputs that are right one by one and wrong together. */
export function contradictions(inputs: Inputs, source: InputSource): readonly string[] {
  const faults: string[] = [];
  if (inputs.seal && inputs.revoke) {
    faults.push('seal and revoke are both true: a sealed token is of no use once it is revoked');
  }
  if (
    inputs.seal &&
    inputs.clientSecrets.some(({ secret }) => secret.reveal().length < MIN_SEALING_SECRET_LENGTH)
  ) {
    faults.push(
      `seal is true, and a client secret is shorter than ${MIN_SEALING_SECRET_LENGTH} characters: too short to seal a token with`,
    );
  }
  const foreign = inputs.imsUrl !== PRODUCTION_IMS_URL && source.input('verify-url') === '';
  if (inputs.verify === 'service' && inputs.verifyUrl !== undefined && foreign) {
    faults.push(
      "verify is service, and ims-url is not Adobe's production: set verify-url to the service's address in that environment, since Adobe's production services refuse tokens from elsewhere",
    );
  }
  return faults;
}

/** What in the step's surroundings keeps these inputs from being served safely. */
export function surroundingFaults(
  inputs: Inputs,
  { env, fileFault }: InputSource,
): readonly string[] {
  const called = inputs.verify === 'service' && inputs.verifyUrl ? [inputs.verifyUrl] : [];
  const targets = [inputs.imsUrl, ...called].map((url) => new URL(url));
  const written: readonly FileCommand[] = [
    'GITHUB_OUTPUT',
    ...(inputs.exportEnv || inputs.revoke ? (['GITHUB_ENV'] as const) : []),
    ...(inputs.revoke ? (['GITHUB_STATE'] as const) : []),
    ...(inputs.summary ? (['GITHUB_STEP_SUMMARY'] as const) : []),
  ];
  const unwritable = written.flatMap((name) => {
    const fault = fileFault(name);
    return fault ? [`${name} ${fault}: run this action as a step of a GitHub workflow`] : [];
  });
  return [...environmentFaults(env, targets), ...unwritable];
}
