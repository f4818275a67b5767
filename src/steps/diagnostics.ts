/** What debug logging tells beyond the attempts: the step's surroundings, and where a defect came from. */

import { isActionError } from '../errors.ts';
import type { Runner } from '../github/runner.ts';
import { findProxy } from '../http/proxy.ts';
import { type Inputs, MAX_INPUT_LENGTH } from '../inputs/inputs.ts';
import { VERSION } from '../messages.ts';

/** One line on what the step works with: enough to tell one runner from another, and no secret. */
export function debugSurroundings(runner: Runner, inputs: Inputs): void {
  if (!runner.isDebug) return;
  const proxy = findProxy(runner.env, new URL(inputs.imsUrl));
  const host = 'value' in proxy ? proxy.value?.url.host : undefined;
  const authorities = runner.env['NODE_EXTRA_CA_CERTS'];
  const parts = [
    `adobe-ims-token-action ${VERSION}`,
    `Node.js ${runner.nodeVersion}`,
    `proxy ${host ?? 'none'}`,
    `NODE_EXTRA_CA_CERTS ${authorities ? runner.redact(authorities) : 'not set'}`,
    `services ${inputs.services.join(',') || 'none'}`,
    `scopes ${runner.redact(inputs.scopes.join(','), MAX_INPUT_LENGTH)}`,
  ];
  runner.debug(parts.join('; '));
}

/** Where a defect of this action came from: the frames alone, since the message could hold anything. */
export function debugFrames(runner: Runner, error: unknown): void {
  if (isActionError(error) || !(error instanceof Error)) return;
  // A message of several lines could have one that begins like a frame.
  const [, ...frames] = (error.stack ?? '').split(error.message);
  for (const line of frames.join(error.message).split('\n')) {
    if (/^\s+at /.test(line)) runner.debug(line.trim());
  }
}
