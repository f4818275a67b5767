// A private certificate authority, made by openssl, and the server certificates that it signs.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll } from '@jest/globals';
import { makeFolder } from './folder.ts';

/** PEM texts, as `node:https` and the stand-in's `tls` take them. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
  /** What a server needs to show a weak certificate at all. */
  readonly ciphers?: string;
}

export interface Authority {
  readonly cert: string;
  /** A PEM file with `cert`, for `NODE_EXTRA_CA_CERTS`. It is gone after the tests. */
  readonly file: string;
  sign(options?: SigningOptions): Certificate;
}

interface SigningOptions {
  /** DNS names or IPv4 addresses; those of this machine by default. */
  readonly names?: readonly string[];
  /** For a day, by default, or until yesterday. */
  readonly validity?: 'valid' | 'expired';
  /** What clients of today refuse: a key of 1024 bits, or SHA-1 in the signature. */
  readonly weakness?: 'key' | 'digest';
}

export function makeAuthority(): Authority {
  const own = nameFiles();
  const subject = ['-days', '1', '-subj', '/CN=authority'];
  openssl('req', '-x509', ...subject, ...newKey(own), '-out', own.cert);
  const issuer = ['-CA', own.cert, '-CAkey', own.key, '-CAcreateserial'];
  return {
    cert: readFileSync(own.cert, 'utf8'),
    file: own.cert,
    sign: ({ names = ['localhost', '127.0.0.1'], validity = 'valid', weakness } = {}) => {
      const files = nameFiles();
      writeFileSync(files.extensions, `subjectAltName=${names.map(nameKind).join()}`);
      const key = weakness === 'key' ? WEAK_KEY : STRONG_KEY;
      openssl('req', '-new', '-subj', '/CN=server', ...newKey(files, key), '-out', files.request);
      const digest = weakness === 'digest' ? '-sha1' : '-sha256';
      const days = ['-days', validity === 'valid' ? '1' : '-1'];
      const signed = ['-in', files.request, '-extfile', files.extensions, '-out', files.cert];
      openssl('x509', '-req', digest, ...issuer, ...days, ...signed);
      return { ...readPair(files), ...(weakness && { ciphers: 'DEFAULT@SECLEVEL=0' }) };
    },
  };
}

/** Has this process trust an authority, and no other, until the tests end. */
export function trust({ cert }: Authority): void {
  const before = getCACertificates('default');
  setDefaultCACertificates([cert]);
  afterAll(() => setDefaultCACertificates(before));
}

/** A certificate for this machine that no authority has signed. */
export function makeSelfSigned(): Certificate {
  const files = nameFiles();
  const subject = ['-days', '1', '-subj', '/CN=localhost'];
  const names = ['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  openssl('req', '-x509', ...subject, ...names, ...newKey(files), '-out', files.cert);
  return readPair(files);
}

/** Where a certificate and what is needed to make it go. */
function nameFiles() {
  const folder = makeFolder();
  return {
    key: join(folder, 'key.pem'),
    cert: join(folder, 'certificate.pem'),
    request: join(folder, 'request.csr'),
    extensions: join(folder, 'extensions.txt'),
  };
}

const STRONG_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
const WEAK_KEY = ['-newkey', 'rsa:1024'];

function newKey({ key }: { readonly key: string }, kind = STRONG_KEY): readonly string[] {
  return [...kind, '-nodes', '-keyout', key];
}

function nameKind(name: string): string {
  return /^[\d.]+$/.test(name) ? `IP:${name}` : `DNS:${name}`;
}

function readPair({ key, cert }: { readonly key: string; readonly cert: string }): Certificate {
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
}

function openssl(...words: readonly string[]): void {
  execFileSync('openssl', words, { stdio: 'pipe' });
}
