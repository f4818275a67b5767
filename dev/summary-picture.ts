// `npm run picture`: pictures the job summary that the bundle writes, as GitHub shows it, for README.md.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SERVICES } from '../src/services.ts';
import { runStep } from './runner/step.ts';
import { runCommand } from './support/command.ts';
import { root } from './support/repository.ts';
import { makeAuthority, startAdobe } from './workflows/adobe.ts';

const usage = `npm run picture

Writes docs/summary-light.png and docs/summary-dark.png. Needs Chromium on PATH, as \`chromium\`.
`;

await runCommand({ options: {} }, usage, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'picture-'));
  const authority = makeAuthority(folder);
  const adobe = await startAdobe(authority, '', {
    grant: { scope: SERVICES.firefly.scopes.filter((scope) => scope !== 'ff_apis').join() },
  });
  try {
    // At Adobe's own addresses, and with a token that lacks a scope.
    const { summary } = await runStep({
      inputs: {
        'client-id': '5f0c1d9e8b7a46539c2d1e0f4a3b6c78',
        'client-secret': 'p8e-a-secret-for-the-picture',
        service: 'firefly',
        verify: 'service',
        summary: 'true',
      },
      env: { https_proxy: adobe.proxy, NODE_EXTRA_CA_CERTS: authority.file },
    });
    for (const theme of ['light', 'dark']) takePicture(folder, theme, summary);
    return 0;
  } finally {
    await adobe.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

function takePicture(folder: string, theme: string, summary: string): void {
  const page = join(folder, `${theme}.html`);
  writeFileSync(page, describePage(theme, summary));
  const run = (height: number, ...flags: readonly string[]) =>
    execFileSync(
      'chromium',
      [
        ...'--headless --no-sandbox --disable-gpu --no-first-run --hide-scrollbars'.split(' '),
        ...'--disable-background-networking --disable-component-update --disable-sync'.split(' '),
        ...[`--user-data-dir=${join(folder, 'profile')}`, '--force-device-scale-factor=1'],
        ...[`--window-size=400,${height}`, ...flags, `file://${page}`],
      ],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    );
  const [, height] = /data-height="(\d+)"/.exec(run(100, '--dump-dom')) ?? [];
  run(Number(height), `--screenshot=${join(root, 'docs', `summary-${theme}.png`)}`);
}

/** The summary in GitHub's colours; the page's own script tells its height. */
function describePage(theme: string, summary: string): string {
  return `<!doctype html>
<meta charset="utf-8">
<style>
  :root { color-scheme: ${theme}; }
  body { margin: 0; padding: 16px; background: light-dark(#fff, #0d1117); color: light-dark(#1f2328, #f0f6fc);
    font: 14px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }
  h3 { margin: 0 0 16px; font-size: 1.25em; line-height: 1.25; }
  table { border-collapse: collapse; }
  th, td { padding: 6px 13px; border: 1px solid light-dark(#d1d9e0, #3d444d); }
  code { padding: .2em .4em; border-radius: 6px; background: light-dark(#818b981f, #656c7633);
    font: 85%/1.45 ui-monospace, "SF Mono", Menlo, "Liberation Mono", monospace; }
</style>
<body>${summary.replace(/^### (.*)$/m, '<h3>$1</h3>')}</body>
<script>document.body.dataset.height = Math.ceil(document.body.getBoundingClientRect().height)</script>
`;
}
