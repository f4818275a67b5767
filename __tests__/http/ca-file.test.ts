// What is said of the file in NODE_EXTRA_CA_CERTS when a certificate is not trusted.
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { ftruncateSync, mkdirSync, openSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { adviseOnTrust, isCaFileFifo } from '../../src/http/ca-file.ts';
import { makeAuthority } from '../support/certificates.ts';
import { makeFolder } from '../support/folder.ts';

const authority = makeAuthority();
const folder = makeFolder();

function write(name: string, content: string | Buffer): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

function makeFifo(name = 'fifo'): string {
  execFileSync('mkfifo', [join(folder, name)]);
  return join(folder, name);
}

function makeDirectory(): string {
  mkdirSync(join(folder, 'directory'));
  return join(folder, 'directory');
}

/** Larger than any list of CAs, and without one. */
function makeSparse(): string {
  const path = write('sparse', '');
  ftruncateSync(openSync(path, 'r+'), 1024 ** 4);
  return path;
}

const NO_PEM =
  'holds no PEM certificate: if it is in DER form, convert it with `openssl x509 -inform der -in ca.der -out ca.pem`';

test.each([
  [
    'is missing',
    () => join(folder, 'none'),
    /^does not exist: in a job with `container:` the path/,
  ],
  ['lies under a file', () => join(authority.file, 'none'), /^cannot be read$/],
  ['is empty', () => write('empty', ''), /^is empty$/],
  ['is a folder', makeDirectory, /^is not a regular file$/],
  ['is a pipe that nobody writes', () => makeFifo(), /^is not a regular file$/],
  ['is in DER form', () => write('der', new X509Certificate(authority.cert).raw), NO_PEM],
  ['is a text', () => write('text', 'see the wiki\n'), NO_PEM],
  ['has no end', makeSparse, NO_PEM],
])('a file that %s is told so', (_what, make, fault) => {
  const advice = adviseOnTrust({ NODE_EXTRA_CA_CERTS: make() });
  const [, told] = /^`NODE_EXTRA_CA_CERTS` is set, but its file (.*)$/.exec(advice) ?? [];
  if (typeof fault === 'string') expect(told).toBe(fault);
  else expect(told).toMatch(fault);
});

test('a file that is right lacks the CA that counts', () => {
  expect(adviseOnTrust({ NODE_EXTRA_CA_CERTS: authority.file })).toBe(
    '`NODE_EXTRA_CA_CERTS` is set, but the CA that signed this certificate is not in its file: add that CA, in PEM form',
  );
});

test.each([{}, { NODE_EXTRA_CA_CERTS: '' }])('where none is named, one is asked for', (env) => {
  expect(adviseOnTrust(env)).toBe(
    'If your proxy or gateway uses a private CA, set `NODE_EXTRA_CA_CERTS` to its PEM file in the `env` of the job',
  );
});

// Node waits for its writer: a step neither connected nor ended.
test('a FIFO is told from what has an end', () => {
  const isFifo = (path?: string) =>
    isCaFileFifo(path === undefined ? {} : { NODE_EXTRA_CA_CERTS: path });
  expect(isFifo(makeFifo('endless'))).toBe(true);
  const others = [undefined, '', folder, authority.file, join(folder, 'none'), '/dev/null'];
  for (const path of others) expect([path, isFifo(path)]).toEqual([path, false]);
});

test('the file is closed again', () => {
  const path = write('closed.pem', authority.cert);
  const countOpen = () => readdirSync('/dev/fd').length;
  const before = countOpen();
  adviseOnTrust({ NODE_EXTRA_CA_CERTS: path });
  expect(countOpen()).toBe(before);
});
