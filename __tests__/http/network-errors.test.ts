// What an error of Node's is called, what is advised, and whether it is worth another try.
import { describe, expect, test } from '@jest/globals';
import { InputError } from '../../src/errors.ts';
import { toNetworkError } from '../../src/http/network-errors.ts';

const TRUST =
  'If your proxy or gateway uses a private CA, set `NODE_EXTRA_CA_CERTS` to its PEM file in the `env` of the job';
const LOST =
  'Re-run the job; if it keeps failing, find out what closes the connections of this runner';

describe('an error code of Node', () => {
  const failed = (code: string) =>
    toNetworkError(
      Object.assign(new Error('some words'), { code }),
      new URL('https://a.example:81/x?y'),
    );

  test.each([
    ['ENOTFOUND', 'the name a.example:81 cannot be resolved (ENOTFOUND)', 'host-not-found'],
    ['EAI_AGAIN', 'the name a.example:81 cannot be resolved (EAI_AGAIN)', 'host-not-found'],
    ['ECONNREFUSED', 'a.example:81 refuses the connection (ECONNREFUSED)', 'connection-refused'],
    ['EPROTO', 'the TLS handshake with a.example:81 failed (EPROTO)', 'tls-failed'],
    [
      'ERR_SSL_WRONG_VERSION_NUMBER',
      'the TLS handshake with a.example:81 failed (ERR_SSL_WRONG_VERSION_NUMBER)',
      'tls-failed',
    ],
    ...['EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL', 'ETIMEDOUT'].map((code) => [
      code,
      `a.example:81 cannot be reached (${code})`,
      'host-unreachable',
    ]),
    [
      'HPE_INVALID_CHUNK_SIZE',
      'the answer from a.example:81 is not HTTP (HPE_INVALID_CHUNK_SIZE)',
      'connection-lost',
    ],
    ...[
      'ECONNRESET',
      'EPIPE',
      'XENOTFOUND',
      'ENOTFOUNDX',
      'XEAI_AGAIN',
      'ECONNREFUSEDX',
      'XECONNREFUSED',
      'XEPROTO',
      'EPROTOX',
      'XERR_SSL_A',
      'XETIMEDOUT',
      'ETIMEDOUTX',
      'XHPE_A',
    ].map((code) => [
      code,
      `the connection to a.example:81 was lost before a full answer had arrived (${code})`,
      'connection-lost',
    ]),
  ])('%s is worth another try', (code, message, topic) => {
    expect(failed(code)).toMatchObject({ name: 'NetworkError', message, topic, transient: true });
  });

  test.each([
    ['CERT_HAS_EXPIRED', 'the certificate of a.example:81 is expired or not yet valid'],
    ['CERT_NOT_YET_VALID', 'the certificate of a.example:81 is expired or not yet valid'],
    [
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'the certificate that a.example:81 presents is for another host',
    ],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'the certificate of a.example:81 is self-signed'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'the certificate of a.example:81 is self-signed'],
    ...[
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'CERT_REVOKED',
      'CERT_UNTRUSTED',
      'CERT_HAS_EXPIREDX',
      'XCERT_NOT_YET_VALID',
      'XERR_TLS_CERT_ALTNAME_INVALID',
      'ERR_TLS_CERT_ALTNAME_INVALIDX',
      'XSELF_SIGNED_CERT_IN_CHAIN',
      'DEPTH_ZERO_SELF_SIGNED_CERTX',
      'ERROR_IN_CERT_NOT_AFTER_FIELD',
      'CRL_HAS_EXPIRED',
      'INVALID_CA',
      'INVALID_PURPOSE',
      'PATH_LENGTH_EXCEEDED',
      'HOSTNAME_MISMATCH',
    ].map((code) => [code, 'the certificate of a.example:81 is not trusted']),
  ])('%s of a certificate is final', (code, message) => {
    expect(failed(code)).toMatchObject({
      name: 'NetworkError',
      message: `${message} (${code})`,
      topic: 'certificate-refused',
      transient: false,
    });
  });

  test.each([
    ['ENOTFOUND', 'Check `ims-url` and `verify-url` if they are set, and the DNS of this runner'],
    ['ECONNREFUSED', 'Check that the firewall lets this runner reach that host and port'],
    [
      'CERT_HAS_EXPIRED',
      'Check the clock of this runner, and which proxy or gateway presents this certificate',
    ],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'Check which proxy or gateway answered instead of it'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', TRUST],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', TRUST],
    [
      'EPROTO',
      'Check that the server speaks HTTPS on that port, and whether a proxy or gateway answered instead of it',
    ],
    ['ETIMEDOUT', 'Check the network of this runner; if it needs a proxy, set `https_proxy`'],
    ['HPE_INVALID_CONSTANT', 'Check which proxy or gateway answered instead of it'],
    ['ECONNRESET', LOST],
  ])('%s comes with advice', (code, hint) => {
    expect(failed(code)).toMatchObject({ hint });
  });

  test.each([
    'INVALID_CAX',
    'XINVALID_CA',
    'XUNABLE_TO_GET',
    'XCRL_A',
    'XPATH_LENGTH_A',
    'HOSTNAME_MISMATCHX',
    'XHOSTNAME_MISMATCH',
  ])('%s, which only resembles one of a certificate, is not taken for it', (code) => {
    expect(failed(code)).toMatchObject({ topic: 'connection-lost' });
  });

  test.each([
    ['none', new Error('socket hang up')],
    ['one that is no word', Object.assign(new Error(), { code: 'secret value' })],
    ['one in small letters', Object.assign(new Error(), { code: 'econnreset' })],
    ['one with a word before it', Object.assign(new Error(), { code: 'a ECONNRESET' })],
    ['a number', Object.assign(new Error(), { code: 42 })],
    ['one of two letters', Object.assign(new Error(), { code: 'EX' })],
    ['one that is too long', Object.assign(new Error(), { code: `E${'X'.repeat(61)}` })],
    ['no error at all', { code: 'ECONNRESET' }],
  ])('that is absent or no code is said to be so: %s', (_name, error) => {
    expect(toNetworkError(error, new URL('https://a.example/'))).toMatchObject({
      message:
        'the connection to a.example was lost before a full answer had arrived (no error code)',
    });
  });

  test.each(['EIO', `E${'X'.repeat(60)}`])('may be as short or as long as %s', (code) => {
    expect(failed(code).message).toContain(`(${code})`);
  });

  test("is all that stays of Node's error: its words could hold bytes of the answer", () => {
    const { cause } = failed('ECONNRESET');
    expect(cause).toBeInstanceOf(Error);
    expect(cause).toMatchObject({ message: 'ECONNRESET' });
  });
});

test('an error of ours stays as it is', () => {
  const error = new InputError('wrong', { topic: 'wrong-input', hint: 'hint' });
  expect(toNetworkError(error, new URL('https://a.example/'))).toBe(error);
});

describe('what tunnel says of a proxy', () => {
  test.each([
    ['a short code', 'cause=connect EIO 127.0.0.1', 'no reason given'],
    ['a code of four letters', 'cause=EPIP', 'EPIP'],
    ['letters inside a word', 'cause=XECONNRESET', 'no reason given'],
    ['small letters', 'cause=econnreset', 'no reason given'],
    ['two codes', 'cause=getaddrinfo EAI_AGAIN proxy EXAMPLE', 'EAI_AGAIN'],
  ])('with %s in its message is told by it', (_name, cause, code) => {
    const error = new Error(`tunneling socket could not be established, ${cause}`);
    expect(toNetworkError(error, new URL('https://ims.example/')).message).toBe(
      `the proxy did not open a tunnel (${code})`,
    );
  });

  test('is not seen in an error whose words come from elsewhere', () => {
    const error = new Error('x tunneling socket could not be established, statusCode=407');
    expect(toNetworkError(error, new URL('https://ims.example/'))).toMatchObject({
      topic: 'connection-lost',
    });
  });
});
