// `npm start`, as any Node can read it: says what is missing, or starts dev/start/program.ts on Node 24.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const [modules, bundled, program] = [
  'node_modules/yaml',
  'node_modules/.bin/node',
  'dev/start/program.ts',
].map((path) => fileURLToPath(new URL(`../${path}`, import.meta.url)));
if (!existsSync(modules)) {
  stop('Nothing is installed yet: run npm ci first');
} else if (Number.parseInt(process.versions.node, 10) >= 24) {
  await import(program);
} else if (existsSync(bundled)) {
  const { status } = spawnSync(bundled, [program, ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
} else {
  stop(
    `This is Node ${process.version}, and npm ci brings no Node 24 on this machine: install Node 24 or later`,
  );
}

function stop(line) {
  process.stderr.write(`${line}\n`);
  process.exitCode = 2;
}
