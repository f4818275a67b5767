// The stand-in for IMS in a process of its own, so that serving an answer is not counted as getting it.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Ims {
  readonly url: string;
  /** A PEM file with the certificate to trust. */
  readonly certificateFile: string;
  close(): Promise<void>;
}

/** Starts it with a certificate of its own. */
export async function startIms(): Promise<Ims> {
  const folder = await mkdtemp(join(tmpdir(), 'ims-'));
  const certificateFile = join(folder, 'key-and-certificate.pem');
  const options = [
    ...'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2'.split(' '),
    ...['-subj', '/CN=Benchmark', '-addext', 'subjectAltName=IP:127.0.0.1'],
    ...['-keyout', certificateFile, '-out', certificateFile],
  ];
  execFileSync('openssl', options, { stdio: 'ignore' });
  const program = join(import.meta.dirname, '../stand-in/cli.ts');
  const child = spawn(process.execPath, [program, '--tls', certificateFile], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { value: url } = await createInterface(child.stdout)[Symbol.asyncIterator]().next();
  if (url === undefined) throw new Error('The stand-in did not start');
  return {
    url,
    certificateFile,
    async close() {
      child.kill();
      if (child.exitCode === null) await once(child, 'exit');
      await rm(folder, { recursive: true });
    },
  };
}
