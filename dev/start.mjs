// `npm start`, as any Node can read it: says what is missing, or starts dev/start/program.ts on Node 24.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const node = join(root, 'node_modules/.bin/node');

if (!existsSync(join(root, 'node_modules/yaml'))) {
  stop('Nothing is installed yet: run npm ci first');
} else if (Number.parseInt(process.versions.node, 10) >= 24) {
  await import('./start/program.ts');
} else if (existsSync(node)) {
  const words = [join(root, 'dev/start/program.ts'), ...process.argv.slice(2)];
  process.exitCode = spawnSync(node, words, { stdio: 'inherit' }).status ?? 1;
} else {
  stop(
    `This is Node ${process.version}, and npm ci brings no Node 24 on this machine: install Node 24 or later`,
  );
}

function stop(line) {
  process.stderr.write(`${line}\n`);
  process.exitCode = 2;
}
