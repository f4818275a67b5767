/** What Node reports of a failed connection, told apart and put into words. */

import {
  isActionError,
  isTransientStatus,
  NetworkError,
  TimeoutError,
  type Topic,
} from '../errors.ts';
import { seconds } from '../messages.ts';
import type { Environment } from '../values.ts';
import { adviseOnTrust } from './ca-file.ts';
import { adviseOnProxy } from './proxy.ts';

/** Who is at the other end of a connection, and what the step knows of the way there. */
export interface Peer {
  readonly role: 'server' | 'proxy';
  readonly url: URL;
  readonly env: Environment;
}

interface Failure {
  /** Matched with Node's error code and, of TLS, what it says beside it. */
  readonly reasons: RegExp;
  readonly topic: Topic;
  readonly transient: boolean;
  /** A proxy's failure has the same message and hint as a server's. */
  readonly sameForProxy?: true;
  readonly message: (hostAndPort: string, name: string) => string;
  readonly hint: string | ((peer: Peer) => string);
}

/** For all that a proxy's address may be to blame for. */
const PROXY_HINT =
  'Check scheme, host and port in `https_proxy` (http:// for a proxy that is not itself reached over TLS), and that this runner can reach it';

/** In order: the first row whose reasons match decides. */
const FAILURES: readonly Failure[] = [
  {
    reasons: /^(ENOTFOUND|EAI_\w+)$/,
    topic: 'host-not-found',
    transient: true,
    message: (_, name) => `the name ${name} cannot be resolved`,
    hint: ({ env, url }) => adviseOnProxy(env, url),
  },
  {
    reasons: /^ECONNREFUSED$/,
    topic: 'connection-refused',
    transient: true,
    message: (host) => `${host} refuses the connection`,
    hint: 'Check that the firewall lets this runner reach that host and port',
  },
  {
    reasons: /^(CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/,
    topic: 'certificate-refused',
    transient: false,
    sameForProxy: true,
    message: (host) => `the certificate of ${host} is expired or not yet valid`,
    hint: 'Check the clock of this runner, and which proxy or gateway presents this certificate',
  },
  {
    reasons: /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    topic: 'certificate-refused',
    transient: false,
    sameForProxy: true,
    message: (host) => `the certificate that ${host} presents is for another host`,
    hint: 'Check which proxy or gateway answered instead of it',
  },
  {
    reasons: /^UNSPECIFIED, /,
    topic: 'certificate-refused',
    transient: false,
    sameForProxy: true,
    message: (host) => `the certificate of ${host} is too weak to be trusted`,
    hint: 'Have whoever runs that server, proxy or gateway replace its certificate and CA: keys of 2048 bits or more, signed with SHA-256 or better',
  },
  {
    reasons: /TLS alert (42|116)$/,
    topic: 'tls-failed',
    transient: false,
    message: (host) => `${host} demands a client certificate, which this action does not have`,
    hint: "Adobe's servers demand none: check which proxy or gateway answered instead, and `ims-url` and `verify-url` if they are set",
  },
  {
    reasons: /TLS alert 40$/,
    topic: 'tls-failed',
    transient: false,
    message: (host) => `${host} refuses the TLS handshake`,
    hint: 'It probably demands a client certificate, which this action does not have, or a cipher that Node no longer offers: check which proxy or gateway answered',
  },
  {
    reasons: /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN)$/,
    topic: 'certificate-refused',
    transient: false,
    sameForProxy: true,
    message: (host) => `the certificate of ${host} is self-signed`,
    hint: ({ env }) => adviseOnTrust(env),
  },
  {
    reasons:
      /CERT|^UNABLE_TO_|^CRL_|^UNSPECIFIED$|^INVALID_(CA|PURPOSE)$|^PATH_LENGTH_|^HOSTNAME_MISMATCH$/,
    topic: 'certificate-refused',
    transient: false,
    sameForProxy: true,
    message: (host) => `the certificate of ${host} is not trusted`,
    hint: ({ env }) => adviseOnTrust(env),
  },
  {
    reasons: /^(EPROTO|ERR_SSL_\w+)\b/,
    topic: 'tls-failed',
    transient: true,
    message: (host) => `the TLS handshake with ${host} failed`,
    hint: 'Check that the server speaks HTTPS on that port, and whether a proxy or gateway answered instead of it',
  },
  {
    reasons: /^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|ETIMEDOUT|ERR_SOCKET_CONNECTION_TIMEOUT)$/,
    topic: 'host-unreachable',
    transient: true,
    message: (host) => `${host} cannot be reached`,
    hint: 'Check the network of this runner; if it needs a proxy, set `https_proxy`',
  },
  {
    reasons: /^HPE_HEADER_OVERFLOW$/,
    topic: 'malformed-answer',
    transient: false,
    message: (host) => `the headers of the answer from ${host} are too large`,
    hint: 'A proxy or gateway probably adds them: find out which one, and have it send fewer',
  },
  {
    reasons: /^HPE_/,
    topic: 'connection-lost',
    transient: true,
    message: (host) => `the answer from ${host} is not HTTP`,
    hint: 'Check which proxy or gateway answered instead of it',
  },
  {
    reasons: /^(E[A-Z0-9]+|ERR_STREAM_\w+)$/,
    topic: 'connection-lost',
    transient: true,
    message: (host) => `the connection to ${host} was lost before a full answer had arrived`,
    hint: 'Re-run the job; if it keeps failing, find out what closes the connections of this runner',
  },
];

/** The error for a time that is over, of one attempt or of the whole. */
export function timedOut(limitMs: number): TimeoutError {
  return new TimeoutError(`no full answer within ${seconds(limitMs)}`, {
    topic: 'timeout',
    hint: 'Check whether the network or a proxy delays the connection, or raise `timeout`',
  });
}

/** The error for what ended a connection. What Node does not report of one, ours or a defect, stays as it is. */
export function toNetworkError(error: unknown, peer: Peer): unknown {
  const reason = isActionError(error) ? '' : readReason(error);
  const failure = FAILURES.find(({ reasons }) => reasons.test(reason));
  if (!failure) return error;
  const { message, hint, topic, transient, sameForProxy } = failure;
  const { role, url } = peer;
  const who = role === 'proxy' ? ' (the proxy)' : '';
  const isProxyFailure = role === 'proxy' && !sameForProxy;
  return new NetworkError(`${message(url.host + who, url.hostname + who)} (${reason})`, {
    transient,
    topic: isProxyFailure ? 'proxy-failed' : topic,
    hint: isProxyFailure ? PROXY_HINT : typeof hint === 'string' ? hint : hint(peer),
    // Nothing but the reason: Node's own errors may hold bytes of the answer, and so a token.
    cause: new Error(reason),
  });
}

/** An error as Node reports them: its code is all that is read of it. */
export function nodeError(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/** The error for a proxy that answers CONNECT with anything but a success. */
export function tunnelRefused(status: number): NetworkError {
  if (status === 407) {
    return new NetworkError('the proxy requires a valid user name and password (HTTP 407)', {
      topic: 'proxy-authentication',
      transient: false,
      hint: 'Check user and password in `https_proxy`; characters such as @ and : must be percent-encoded there',
    });
  }
  return new NetworkError(`the proxy did not open a tunnel (HTTP ${status})`, {
    topic: 'proxy-failed',
    transient: isTransientStatus(status),
    hint: 'Check `https_proxy`, and that the proxy allows this host; `no_proxy` names the hosts to reach without it',
  });
}

/** Node's code, with the number of a TLS alert or, where it knows no code, OpenSSL's words for a weakness. */
function readReason(error: unknown): string {
  const { code, message } = Object(error);
  if (typeof code !== 'string' || !/^[A-Z][A-Z0-9_/]{2,60}$/.test(code)) return '';
  const alert = /^(?:EPROTO|ERR_SSL_)/.test(code) && /\bSSL alert number (\d{1,3})\b/.exec(message);
  const weakness = code === 'UNSPECIFIED' && /^(EE|CA) [a-z ]{1,40} too weak$/.exec(message);
  if (alert) return `${code}, TLS alert ${alert[1]}`;
  return weakness ? `${code}, ${weakness[0]}` : code;
}
