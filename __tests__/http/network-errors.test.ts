// What an error of Node's is called, what is advised, and whether it is worth another try.
import { describe, expect, test } from '@jest/globals';
import { InputError, NetworkError } from '../../src/errors.ts';
import { nodeError, type Peer, timedOut, toNetworkError } from '../../src/http/network-errors.ts';

const URL_WITH_PORT = new URL('https://a.example:81/x?y');
const TRUST =
  'If your proxy or gateway uses a private CA, set `NODE_EXTRA_CA_CERTS` to its PEM file in the `env` of the job';
const LOST =
  'Re-run the job; if it keeps failing, find out what closes the connections of this runner';
const PROXY =
  'Check scheme, host and port in `https_proxy` (http:// for a proxy that is not itself reached over TLS), and that this runner can reach it';

/** What becomes of an error with this code, and these words, at a server or a proxy. */
function fail(code: unknown, words = 'some words', role: Peer['role'] = 'server') {
  const error = Object.assign(new Error(words), { code });
  const told = toNetworkError(error, { role, url: URL_WITH_PORT, env: {} });
  return told instanceof NetworkError ? { message: told.message, ...told.advice } : told;
}

describe('an error code of Node', () => {
  test.each([
    ['ENOTFOUND', 'the name a.example cannot be resolved (ENOTFOUND)', 'host-not-found'],
    ['EAI_AGAIN', 'the name a.example cannot be resolved (EAI_AGAIN)', 'host-not-found'],
    ['ECONNREFUSED', 'a.example:81 refuses the connection (ECONNREFUSED)', 'connection-refused'],
    ['EPROTO', 'the TLS handshake with a.example:81 failed (EPROTO)', 'tls-failed'],
    [
      'ERR_SSL_WRONG_VERSION_NUMBER',
      'the TLS handshake with a.example:81 failed (ERR_SSL_WRONG_VERSION_NUMBER)',
      'tls-failed',
    ],
    ...[
      'EHOSTUNREACH',
      'ENETUNREACH',
      'EADDRNOTAVAIL',
      'ETIMEDOUT',
      'ERR_SOCKET_CONNECTION_TIMEOUT',
    ].map((code) => [code, `a.example:81 cannot be reached (${code})`, 'host-unreachable']),
    ...['HPE_INVALID_CHUNK_SIZE', 'HPE_HEADER_OVERFLOWX'].map((code) => [
      code,
      `the answer from a.example:81 is not HTTP (${code})`,
      'connection-lost',
    ]),
    ...[
      'ECONNRESET',
      'EPIPE',
      'EIO',
      `E${'X'.repeat(60)}`,
      'ENOTFOUNDX',
      'ECONNREFUSEDX',
      'EPROTOX',
      'ETIMEDOUTX',
      'ERR_STREAM_DESTROYED',
    ].map((code) => [
      code,
      `the connection to a.example:81 was lost before a full answer had arrived (${code})`,
      'connection-lost',
    ]),
  ])('%s is worth another try', (code, message, topic) => {
    expect(fail(code)).toMatchObject({ message, topic, transient: true });
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
      'UNSPECIFIED',
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
    const topic = 'certificate-refused';
    expect(fail(code)).toMatchObject({ message: `${message} (${code})`, topic, transient: false });
  });

  test('of headers that are too large is final', () => {
    expect(fail('HPE_HEADER_OVERFLOW')).toEqual({
      message: 'the headers of the answer from a.example:81 are too large (HPE_HEADER_OVERFLOW)',
      topic: 'malformed-answer',
      transient: false,
      hint: 'A proxy or gateway probably adds them: find out which one, and have it send fewer',
      cause: new Error('HPE_HEADER_OVERFLOW'),
    });
  });

  test.each([
    [
      'ENOTFOUND',
      'Check `ims-url` and `verify-url` if they are set, and the DNS of this runner; if it needs a proxy, set `https_proxy`',
    ],
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
    expect(fail(code)).toMatchObject({ hint });
  });

  test("is all that stays of Node's error: its words could hold bytes of the answer", () => {
    expect(fail('ECONNRESET')).toMatchObject({ cause: new Error('ECONNRESET') });
  });

  test.each([
    ['another realm', () => ({ code: 'ECONNRESET', message: 'read ECONNRESET' })],
    ['this one', () => nodeError('ECONNRESET')],
  ])('counts in an error of %s', (_name, make) => {
    const told = toNetworkError(make(), { role: 'server', url: URL_WITH_PORT, env: {} });
    expect(told).toMatchObject({ advice: { topic: 'connection-lost' } });
  });
});

describe('a refused TLS handshake', () => {
  const words = (alert: number) =>
    `write EPROTO 40:error:0A:SSL routines:ssl3_read_bytes:ssl/tls alert:SSL alert number ${alert}\n`;

  test.each([
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 116],
    ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 42],
    ['EPROTO', 42],
  ])(
    'for want of a client certificate (%s, %i) is final, and no CA is asked for',
    (code, alert) => {
      expect(fail(code, words(alert))).toMatchObject({
        message: `a.example:81 demands a client certificate, which this action does not have (${code}, TLS alert ${alert})`,
        topic: 'tls-failed',
        transient: false,
        hint: "Adobe's servers demand none: check which proxy or gateway answered instead, and `ims-url` and `verify-url` if they are set",
      });
    },
  );

  test.each(['EPROTO', 'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE'])(
    'for a reason that TLS 1.2 does not tell is final (%s)',
    (code) => {
      expect(fail(code, words(40))).toMatchObject({
        message: `a.example:81 refuses the TLS handshake (${code}, TLS alert 40)`,
        topic: 'tls-failed',
        transient: false,
        hint: 'It probably demands a client certificate, which this action does not have, or a cipher that Node no longer offers: check which proxy or gateway answered',
      });
    },
  );

  test.each([4, 70, 112, 140, 142, 401, 421])('with alert %i is one like any other', (alert) => {
    expect(fail('EPROTO', words(alert))).toMatchObject({
      message: `the TLS handshake with a.example:81 failed (EPROTO, TLS alert ${alert})`,
      transient: true,
    });
  });

  test('is not seen in the words of another error', () => {
    expect(fail('ECONNRESET', words(116))).toMatchObject({ topic: 'connection-lost' });
  });
});

describe('a weak certificate', () => {
  test.each([
    'EE certificate key too weak',
    'CA certificate key too weak',
    'CA signature digest algorithm too weak',
  ])('(%s) is final, and called so', (words) => {
    expect(fail('UNSPECIFIED', words)).toMatchObject({
      message: `the certificate of a.example:81 is too weak to be trusted (UNSPECIFIED, ${words})`,
      topic: 'certificate-refused',
      transient: false,
      hint: 'Have whoever runs that server, proxy or gateway replace its certificate and CA: keys of 2048 bits or more, signed with SHA-256 or better',
    });
  });

  test.each(['something else', 'the EE key too weak', 'EE key too weak!'])(
    'is not seen in other words: %s',
    (words) => {
      expect(fail('UNSPECIFIED', words)).toMatchObject({
        message: 'the certificate of a.example:81 is not trusted (UNSPECIFIED)',
      });
    },
  );

  test('is not seen in the words of another error', () => {
    expect(fail('ECONNRESET', 'EE certificate key too weak')).toMatchObject({
      topic: 'connection-lost',
    });
  });
});

describe('what fails at a proxy', () => {
  test.each([
    ['ENOTFOUND', 'the name a.example (the proxy) cannot be resolved (ENOTFOUND)'],
    ['ECONNREFUSED', 'a.example:81 (the proxy) refuses the connection (ECONNREFUSED)'],
    ['EPROTO', 'the TLS handshake with a.example:81 (the proxy) failed (EPROTO)'],
    [
      'HPE_INVALID_CONSTANT',
      'the answer from a.example:81 (the proxy) is not HTTP (HPE_INVALID_CONSTANT)',
    ],
  ])('is told so: %s', (code, message) => {
    const topic = 'proxy-failed';
    const told = { message, topic, transient: true, hint: PROXY };
    expect(fail(code, '', 'proxy')).toMatchObject(told);
  });

  test('with its certificate has the advice on certificates', () => {
    expect(fail('DEPTH_ZERO_SELF_SIGNED_CERT', '', 'proxy')).toMatchObject({
      message:
        'the certificate of a.example:81 (the proxy) is self-signed (DEPTH_ZERO_SELF_SIGNED_CERT)',
      topic: 'certificate-refused',
      transient: false,
      hint: TRUST,
    });
  });
});

// It was called a connection that was lost, and tried again.
describe('a defect of this action', () => {
  test.each([
    ['none', new TypeError('x is not a function')],
    ['one of a wrong argument', Object.assign(new TypeError('x'), { code: 'ERR_INVALID_CHAR' })],
    ['one that is no word', Object.assign(new Error(), { code: 'secret value' })],
    ['one in small letters', Object.assign(new Error(), { code: 'econnreset' })],
    ['one with a word before it', Object.assign(new Error(), { code: 'a ECONNRESET' })],
    ['a number', Object.assign(new Error(), { code: 42 })],
    ['one of two letters', Object.assign(new Error(), { code: 'EX' })],
    ['one that is too long', Object.assign(new Error(), { code: `E${'X'.repeat(61)}` })],
    ...[
      ...['XENOTFOUND', 'XECONNREFUSED', 'XECONNRESET', 'XETIMEDOUT', 'XEPROTO', 'ECONN_RESET'],
      ...['XHPE_A', 'XHPE_HEADER_OVERFLOW', 'XUNSPECIFIED', 'UNSPECIFIEDX', 'XUNABLE_TO_X'],
      ...['XCRL_X', 'INVALID_CAX', 'XINVALID_CA', 'XPATH_LENGTH_X', 'XHOSTNAME_MISMATCH'],
      'HOSTNAME_MISMATCHX',
    ].map(
      (code) =>
        [`${code}, which only resembles one`, Object.assign(new Error(), { code })] as const,
    ),
    [
      'XEPROTO, whatever its words are',
      Object.assign(new Error('SSL alert number 42'), { code: 'XEPROTO' }),
    ],
    ['no error at all', 'ECONNRESET'],
    ['nothing', undefined],
  ])('stays as it is: its code is %s', (_name, error) => {
    expect(toNetworkError(error, { role: 'server', url: URL_WITH_PORT, env: {} })).toBe(error);
  });
});

test('time that is over is told in seconds, with what may have taken it', () => {
  expect(timedOut(2500)).toMatchObject({
    name: 'TimeoutError',
    message: 'no full answer within 2.5 s',
    topic: 'timeout',
    hint: 'Check whether the network or a proxy delays the connection, or raise `timeout`',
  });
});

test('an error of ours stays as it is', () => {
  const error = new InputError('wrong', { topic: 'wrong-input', hint: 'hint' });
  expect(toNetworkError(error, { role: 'server', url: URL_WITH_PORT, env: {} })).toBe(error);
});
