// The facts of this machine and of what runs on it, beside which a number means something.
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, platform, release, totalmem } from 'node:os';
import { readAction } from '../runner/action.ts';

/** One paragraph of them, without a full stop at its end. */
export function describeMachine(): string {
  const [date] = new Date().toISOString().split('T');
  const bytes = statSync(readAction().runs.main).size.toLocaleString('en');
  const { node, openssl } = process.versions;
  const processor = cpus()[0]?.model ?? 'an unknown processor';
  const programs = [
    date,
    `Node ${node}`,
    `OpenSSL ${openssl}`,
    describeCurl(),
    `a main bundle of ${bytes} bytes`,
  ];
  const machine = [
    `${availableParallelism()} cores of ${processor}`,
    `${(totalmem() / 2 ** 30).toFixed(0)} GiB`,
    describeSystem(),
    `load average ${loadavg()[0]?.toFixed(1)} at the start`,
  ];
  return `${programs.join(', ')}. ${machine.join(', ')}`;
}

function describeCurl(): string {
  const version = spawnSync('curl', ['--version'], { encoding: 'utf8' }).stdout;
  return /^curl [\d.]+/.exec(version ?? '')?.[0] ?? 'no curl';
}

function describeSystem(): string {
  if (platform() !== 'linux') return `${platform()} ${release()}`;
  const name = /^PRETTY_NAME="(.*)"$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1];
  return `${name ?? 'Linux'}, kernel ${/^[\d.]*\d/.exec(release())?.[0]}`;
}
