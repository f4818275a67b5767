// A private certificate authority, made by openssl, and the server certificates that it signs.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll } from '@jest/globals';

/** PEM texts, as `node:https` and the stand-in's `tls` take them. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

export interface Authority {
  readonly cert: string;
  /** A PEM file with `cert`, for `NODE_EXTRA_CA_CERTS`. It is gone after the tests. */
  readonly file: string;
  /** A certificate for `names`, DNS names or IPv4 addresses; valid for a day, or ended yesterday. */
  sign(names?: readonly string[], validity?: 'valid' | 'expired'): Certificate;
}

const folder = mkdtempSync(join(tmpdir(), 'certificates-'));
let made = 0;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

export function makeAuthority(): Authority {
  const own = nameFiles();
  openssl('req -x509 -days 1 -subj /CN=authority', newKey(own), `-out ${own.cert}`);
  return {
    cert: readFileSync(own.cert, 'utf8'),
    file: own.cert,
    sign: (names = ['localhost', '127.0.0.1'], validity = 'valid') => {
      const files = nameFiles();
      writeFileSync(files.extensions, `subjectAltName=${names.map(nameKind).join()}`);
      openssl('req -new -subj /CN=server', newKey(files), `-out ${files.request}`);
      openssl(
        `x509 -req -in ${files.request} -CA ${own.cert} -CAkey ${own.key} -CAcreateserial`,
        `-days ${validity === 'valid' ? 1 : -1} -extfile ${files.extensions} -out ${files.cert}`,
      );
      return readPair(files);
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
  const names = '-addext subjectAltName=DNS:localhost,IP:127.0.0.1';
  openssl(`req -x509 -days 1 -subj /CN=localhost ${names}`, newKey(files), `-out ${files.cert}`);
  return readPair(files);
}

/** Numbered, so that paths have no blanks where the temporary folder has none. */
function nameFiles() {
  made += 1;
  const path = join(folder, String(made));
  return {
    key: `${path}.key`,
    cert: `${path}.pem`,
    request: `${path}.csr`,
    extensions: `${path}.ext`,
  };
}

function newKey({ key }: { readonly key: string }): string {
  return `-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout ${key}`;
}

function nameKind(name: string): string {
  return /^[\d.]+$/.test(name) ? `IP:${name}` : `DNS:${name}`;
}

function readPair({ key, cert }: { readonly key: string; readonly cert: string }): Certificate {
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
}

function openssl(...commands: readonly string[]): void {
  execFileSync('openssl', commands.join(' ').split(' '), { stdio: 'pipe' });
}
