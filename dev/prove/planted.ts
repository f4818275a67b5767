// Defects that a campaign must find: each is planted in the sources, one at a time, to show that it can fail.
import type { Edit } from './bundle.ts';

/** Each by what the action then does: a file below `src`, the line to take out, and what comes in its place. */
const diffs: Readonly<Record<string, string>> = {
  'masks-late': `github/runner.ts
-      maskValue(value);
+      process.once('exit', () => maskValue(value));`,
  'masks-good-tokens-alone': `adobe/responses.ts
-  const others = [...new Set(found)].slice(0, MAX_TOKENS);
+  const others: string[] = [];`,
  'follows-redirects': `http/exchange.ts
-  const { message } = await client.requestRaw(info, request.body ?? null);
+  const { message } = await client.requestRaw(info, request.body ?? null);
+  if (message.headers.location) {
+    const url = new URL(message.headers.location);
+    return send({ ...request, url: url.href }, { ...route, url }, limitMs, signal);
+  }`,
  'reads-any-size': `http/exchange.ts
-const MAX_BODY_BYTES = 256 * 1024;
+const MAX_BODY_BYTES = 2 ** 40;`,
  'prints-the-secret': `steps/mint.ts
-  const { inputs, runner, client } = context;
+  const { inputs, runner, client } = context;
+  process.stdout.write('::debug::secret=' + secret.reveal() + '\\n');`,
  'retries-a-400': `errors.ts
-export function isTransient(error: ActionError): boolean {
+export function isTransient(error: ActionError): boolean {
+  if (error.message.startsWith('HTTP 400')) return true;`,
  'exits-0-after-a-cut': `github/ending.ts
-  const fail = (error: unknown) => end(code, () => report(runner, error));
+  const fail = (error: unknown) =>
+    end(String(error).includes('lost before') ? 0 : code, () => report(runner, error));`,
  'ignores-retry-after': `http/retry.ts
-  const floorMs = error.code === 'HTTP' ? error.advice.retryAfterMs : 0;
+  const floorMs = 0;`,
  'comes-back-at-once': `http/retry.ts
-  return floorMs + (ceilingMs(attempts) * (1 + random())) / 2;
+  return floorMs;`,
  'halves-short-attempts': `http/retry.ts
-const MIN_LIMIT_MS = 10_000;
+const MIN_LIMIT_MS = 1_000;`,
  'waits-for-a-dead-address': `http/connection.ts
-const ADDRESS_TIMEOUT_MS = 2_000;
+const ADDRESS_TIMEOUT_MS = 60_000;`,
  'gives-up-after-a-second': `http/retry.ts
-  if (spareMs < 0) return { gaveUp: noTimeLeft(attempts, maxAttempts) };
+  if (clock.elapsed() > 1000) return { gaveUp: noTimeLeft(attempts, maxAttempts) };`,
  'saves-the-first-token-alone': `steps/mint.ts
-    const known = issued.filter(canSave);
+    const known = issued.filter(canSave).slice(0, 1);`,
  'saves-no-refused-token': `steps/mint.ts
-        mask: (value) => keep(runner.mask(value)),
+        mask: runner.mask,`,
  'keeps-what-it-cannot-save': `steps/mint.ts
-    const fate = await revokeAtOnce(context, issued);
+    const fate = 'The token was revoked at once';`,
  'publishes-half': `github/command-files.ts
-    fs.truncateSync(path, size);
+    void size;`,
  'gives-no-error-output': `steps/failure.ts
-  if (isWritable('GITHUB_OUTPUT')) tryTo(runner, () => runner.output('error', plain(shown)));
+  void plain;`,
  'takes-anything-for-valid': `adobe/responses.ts
-  if (answer?.['valid'] === true) return;
+  if (answer?.['valid']) return;`,
  'has-no-deadline-for-a-body': `http/exchange.ts
-  const timer = setTimeout(() => deadline.reject(timedOut(limitMs)), limitMs);
+  const timer = setTimeout(() => deadline.reject(timedOut(limitMs)), limitMs);
+  request = { ...request, stop: () => clearTimeout(timer) } as never;
-  const { message } = await client.requestRaw(info, request.body ?? null);
+  const { message } = await client.requestRaw(info, request.body ?? null);
+  (request as never as { stop: () => void }).stop();`,
};

export const planted: Readonly<Record<string, readonly Edit[]>> = Object.fromEntries(
  Object.entries(diffs).map(([name, diff]) => [name, readDiff(diff)]),
);

function readDiff(diff: string): Edit[] {
  const [file = '', ...lines] = diff.split('\n');
  const edits = lines.join('\n').split(/^-/m).slice(1);
  return edits.map((edit) => {
    const [find = '', ...put] = edit.trimEnd().split('\n+');
    return { file, find: `${find}\n`, put: `${put.join('\n')}\n` };
  });
}
