/** The file in NODE_EXTRA_CA_CERTS: what it lacks where a certificate is not trusted, and whether it ends. */

import * as fs from 'node:fs';
import type { Environment } from '../values.ts';

/** The CAs that a whole machine trusts are a fifth of this. */
const MAX_BYTES = 1024 * 1024;

/** Opening a FIFO without O_NONBLOCK waits for a writer. */
const READ = fs.constants.O_RDONLY | fs.constants.O_NONBLOCK;

/** What to do about an untrusted certificate. Node warns on stderr of a file that does not open, but not of one without a certificate. */
export function adviseOnTrust(env: Environment): string {
  const path = env['NODE_EXTRA_CA_CERTS'];
  if (!path) {
    return 'If your proxy or gateway uses a private CA, set `NODE_EXTRA_CA_CERTS` to its PEM file in the `env` of the job';
  }
  const fault = findFault(path);
  return fault
    ? `\`NODE_EXTRA_CA_CERTS\` is set, but its file ${fault}`
    : '`NODE_EXTRA_CA_CERTS` is set, but the CA that signed this certificate is not in its file: add that CA, in PEM form';
}

/**
 * Whether that file is a FIFO. Node reads it in a thread of its own, which waits for a writer, and every TLS
 * connection and every exit waits for that thread.
 */
export function isCaFileFifo(env: Environment): boolean {
  try {
    return fs.statSync(env['NODE_EXTRA_CA_CERTS'] ?? '').isFIFO();
  } catch {
    return false;
  }
}

function findFault(path: string): string | undefined {
  try {
    const text = readBeginning(fs.openSync(path, READ));
    if (text === undefined) return 'is not a regular file';
    if (text === '') return 'is empty';
    if (text.includes('-----BEGIN ')) return undefined;
    return 'holds no PEM certificate: if it is in DER form, convert it with `openssl x509 -inform der -in ca.der -out ca.pem`';
  } catch (error) {
    return Object(error).code === 'ENOENT'
      ? 'does not exist: in a job with `container:` the path is one inside the container'
      : 'cannot be read';
  }
}

function readBeginning(descriptor: number): string | undefined {
  try {
    if (!fs.fstatSync(descriptor).isFile()) return undefined;
    const buffer = Buffer.alloc(MAX_BYTES);
    return buffer.toString('latin1', 0, fs.readSync(descriptor, buffer));
  } finally {
    fs.closeSync(descriptor);
  }
}
