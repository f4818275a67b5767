/** What Node reports of a failed connection, told apart and put into words. */

import {
  type ActionError,
  isActionError,
  isTransientStatus,
  NetworkError,
  TimeoutError,
  type Topic,
} from '../errors.ts';
import { seconds } from '../messages.ts';

interface Failure {
  readonly codes: RegExp;
  readonly topic: Topic;
  readonly transient: boolean;
  readonly message: (host: string, code: string) => string;
  readonly hint: string;
}

const TRUST_HINT =
  'If your proxy or gateway uses a private CA, set `NODE_EXTRA_CA_CERTS` to its PEM file in the `env` of the job';

/** In order: the first row whose codes match decides. */
const FAILURES: readonly Failure[] = [
  {
    codes: /^(ENOTFOUND|EAI_\w+)$/,
    topic: 'host-not-found',
    transient: true,
    message: (host, code) => `the name ${host} cannot be resolved (${code})`,
    hint: 'Check `ims-url` and `verify-url` if they are set, and the DNS of this runner',
  },
  {
    codes: /^ECONNREFUSED$/,
    topic: 'connection-refused',
    transient: true,
    message: (host, code) => `${host} refuses the connection (${code})`,
    hint: 'Check that the firewall lets this runner reach that host and port',
  },
  {
    codes: /^(CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/,
    topic: 'certificate-refused',
    transient: false,
    message: (host, code) => `the certificate of ${host} is expired or not yet valid (${code})`,
    hint: 'Check the clock of this runner, and which proxy or gateway presents this certificate',
  },
  {
    codes: /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    topic: 'certificate-refused',
    transient: false,
    message: (host, code) => `the certificate that ${host} presents is for another host (${code})`,
    hint: 'Check which proxy or gateway answered instead of it',
  },
  {
    codes: /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN)$/,
    topic: 'certificate-refused',
    transient: false,
    message: (host, code) => `the certificate of ${host} is self-signed (${code})`,
    hint: TRUST_HINT,
  },
  {
    codes: /CERT|^UNABLE_TO_|^CRL_|^INVALID_(CA|PURPOSE)$|^PATH_LENGTH_|^HOSTNAME_MISMATCH$/,
    topic: 'certificate-refused',
    transient: false,
    message: (host, code) => `the certificate of ${host} is not trusted (${code})`,
    hint: TRUST_HINT,
  },
  {
    codes: /^(EPROTO|ERR_SSL_\w+)$/,
    topic: 'tls-failed',
    transient: true,
    message: (host, code) => `the TLS handshake with ${host} failed (${code})`,
    hint: 'Check that the server speaks HTTPS on that port, and whether a proxy or gateway answered instead of it',
  },
  {
    codes: /^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|ETIMEDOUT)$/,
    topic: 'host-unreachable',
    transient: true,
    message: (host, code) => `${host} cannot be reached (${code})`,
    hint: 'Check the network of this runner; if it needs a proxy, set `https_proxy`',
  },
  {
    codes: /^HPE_/,
    topic: 'connection-lost',
    transient: true,
    message: (host, code) => `the answer from ${host} is not HTTP (${code})`,
    hint: 'Check which proxy or gateway answered instead of it',
  },
];

const LOST: Failure = {
  codes: /^/,
  topic: 'connection-lost',
  transient: true,
  message: (host, code) =>
    `the connection to ${host} was lost before a full answer had arrived (${code})`,
  hint: 'Re-run the job; if it keeps failing, find out what closes the connections of this runner',
};

/** The error for a time that is over, of one attempt or of the whole. */
export function timedOut(limitMs: number): TimeoutError {
  return new TimeoutError(`no full answer within ${seconds(limitMs)}`, {
    topic: 'timeout',
    hint: 'Check whether the network or a proxy delays the connection, or raise `timeout`',
  });
}

/** The error for what ended an exchange with `url`. What is one of ours already stays as it is. */
export function toNetworkError(error: unknown, url: URL): ActionError {
  if (isActionError(error)) return error;
  return proxyFailure(error) ?? connectionFailure(error, url.host);
}

function connectionFailure(error: unknown, host: string): NetworkError {
  const code = codeOf(error);
  const { message, ...advice } = FAILURES.find(({ codes }) => codes.test(code)) ?? LOST;
  return new NetworkError(message(host, code), { ...advice, cause: causeOf(code) });
}

/** What `tunnel` says when CONNECT fails: the only trace of it is in the message. */
function proxyFailure(error: unknown): NetworkError | undefined {
  const message = error instanceof Error ? error.message : '';
  if (
    !/^(tunneling socket could not be established|got illegal response body from proxy)/.test(
      message,
    )
  ) {
    return undefined;
  }
  const status = Number(/statusCode=(\d+)/.exec(message)?.[1] ?? 0);
  if (status === 407) {
    return new NetworkError('the proxy requires a valid user name and password (HTTP 407)', {
      topic: 'proxy-authentication',
      transient: false,
      hint: 'Check user and password in `https_proxy`; characters such as @ and : must be percent-encoded there',
      cause: causeOf('HTTP 407'),
    });
  }
  if (/certificate|altnames/i.test(message)) {
    return new NetworkError('the certificate of the proxy is not trusted', {
      topic: 'certificate-refused',
      transient: false,
      hint: TRUST_HINT,
      cause: causeOf('proxy certificate'),
    });
  }
  const code =
    status > 0 ? `HTTP ${status}` : (/\bE[A-Z_]{3,}\b/.exec(message)?.[0] ?? 'no reason given');
  return new NetworkError(`the proxy did not open a tunnel (${code})`, {
    topic: 'proxy-failed',
    transient: status === 0 || isTransientStatus(status),
    hint: 'Check `https_proxy`, and that the proxy allows this host; `no_proxy` names the hosts to reach without it',
    cause: causeOf(code),
  });
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^[A-Z][A-Z0-9_]{2,60}$/.test(code) ? code : 'no error code';
}

/** A cause with nothing but the code: Node's own errors may hold bytes of the answer, and so a token. */
function causeOf(code: string): Error {
  return new Error(code);
}
