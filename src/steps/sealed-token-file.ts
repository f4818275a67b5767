/** The file that keeps a sealed token between runs. Whatever is wrong with it costs a notice, never the step. */

import { canSeal, MIN_SEALING_LENGTH } from '../secrets/secret.ts';
import type { Context } from './context.ts';
import type { Minted } from './mint.ts';
import { noteUnusable, sealToken } from './sealed-token.ts';

/** What the file holds, or undefined where there is none that can be read. */
export async function readSealedTokenFile(context: Context): Promise<string | undefined> {
  const { inputs, runner } = context;
  if (inputs.sealedTokenFile === undefined) return undefined;
  const { MAX_SEAL_LENGTH } = await import('../secrets/seal.ts');
  const read = runner.readFile(inputs.sealedTokenFile, MAX_SEAL_LENGTH);
  if ('fault' in read) return noteUnusable(context, `is in a file that ${read.fault}`);
  return read.value?.trim();
}

/** Writes a minted token's seal to the file, once the token is published. */
export async function keepSealedToken(
  context: Context,
  { token, clientSecret }: Minted,
): Promise<void> {
  const { inputs, runner } = context;
  if (inputs.sealedTokenFile === undefined) return;
  const note = (reason: string) =>
    runner.notice(
      `The sealed token is not kept in sealed-token-file: ${reason}. The next run requests a new one`,
      'sealed-token-not-used',
    );
  if (!canSeal(clientSecret.secret)) {
    return note(
      `the client secret is shorter than ${MIN_SEALING_LENGTH} characters, too short to seal a token with`,
    );
  }
  const sealed = await sealToken(context, token, clientSecret);
  if (sealed === undefined) return note('the seal would be longer than 24 KiB');
  const written = runner.writeFile(inputs.sealedTokenFile, sealed);
  if ('fault' in written) note(`it ${written.fault}`);
}
