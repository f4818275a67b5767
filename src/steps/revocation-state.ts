/** What the main step saves for the post step, which revokes the token with it. */

import type { Runner } from '../github/runner.ts';
import { type Masked, plain, Secret } from '../secrets/secret.ts';
import type { Context } from './context.ts';
import { REVOKE_VARIABLE } from './variables.ts';

/**
 * The runner hands state to the post step in variables, and a process with a longer one does not start:
 * Windows takes 32,767 characters, Linux 128 KiB. No token of IMS is a tenth of that.
 */
const MAX_SAVED_LENGTH = 32_000;

/** All variables together must not be longer than about 2 MiB on Linux, and the job has its own. */
const MAX_SAVED_TOTAL = 500_000;

/** A token that the main step was given, by a good answer or by one that it refused. */
export interface IssuedToken {
  readonly token: Masked;
  /** Tells the client secret that got it from others. */
  readonly fingerprint: string;
  /**
   * On the clock that counts from the start of the machine, where the answer said so: the post step is another
   * process, and the machine's time may be set before it.
   */
  readonly expiresAtUptimeMs?: number | undefined;
}

/** What the post step needs. The secret is not among it: the post step reads its own inputs. */
export interface RevocationState {
  readonly issued: readonly IssuedToken[];
  readonly clientId: string;
  readonly imsUrl: string;
  readonly maxAttempts: number;
}

/** The tokens that the post step can be handed: the last ones, where all of them are too long. */
export function listSavable(issued: readonly IssuedToken[]): readonly IssuedToken[] {
  let left = MAX_SAVED_TOTAL;
  const savable = issued.toReversed().filter(({ token }) => {
    const { length } = token.reveal();
    const fits = length <= Math.min(left, MAX_SAVED_LENGTH);
    if (fits) left -= length;
    return fits;
  });
  return savable.reverse();
}

/**
 * Saves the tokens that are to be revoked, in place of those that were saved before.
 * @throws {FileCommandError} where that fails, and then nothing is saved.
 */
export function saveRevocationState(
  { inputs, runner }: Context,
  issued: readonly IssuedToken[],
): void {
  runner.atomically(() => {
    for (const [index, { token, fingerprint, expiresAtUptimeMs }] of issued.entries()) {
      runner.saveState(`token-${index}`, token);
      runner.saveState(`fingerprint-${index}`, plain(fingerprint));
      runner.saveState(`expires-at-ms-${index}`, plain(String(expiresAtUptimeMs ?? '')));
    }
    runner.saveState('client-id', plain(inputs.clientId));
    runner.saveState('ims-url', plain(inputs.imsUrl));
    runner.saveState('max-attempts', plain(String(inputs.maxAttempts)));
    runner.exportVariable(REVOKE_VARIABLE, plain('true'));
  });
}

/** What the main step saved, its tokens masked; without a token where it saved none. */
export function readRevocationState(runner: Runner): RevocationState {
  const issued: IssuedToken[] = [];
  for (let index = 0; runner.state(`token-${index}`) !== ''; index += 1) {
    issued.push({
      token: runner.mask(new Secret(runner.state(`token-${index}`))),
      fingerprint: runner.state(`fingerprint-${index}`),
      expiresAtUptimeMs: Number(runner.state(`expires-at-ms-${index}`)) || undefined,
    });
  }
  return {
    issued,
    clientId: runner.state('client-id'),
    imsUrl: runner.state('ims-url'),
    maxAttempts: Number(runner.state('max-attempts')),
  };
}
