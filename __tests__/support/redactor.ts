// A redactor that knows some secrets, as the runner's does after it has masked them.
import { createRedactor, type Redact } from '../../src/secrets/redact.ts';
import type { Secret } from '../../src/secrets/secret.ts';

export function redactor(secrets: readonly Secret[]): Redact {
  const { hide, redact } = createRedactor();
  for (const secret of secrets) hide(secret);
  return redact;
}
