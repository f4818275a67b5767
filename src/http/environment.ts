/** What in the step's environment would lose the secret or the token, found before anything is sent. */

export type Environment = Readonly<Record<string, string | undefined>>;

const PROXY_VARIABLES = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'];

/** What is wrong with the environment, given the addresses that will be called: a sentence for each fault. */
export function environmentFaults(env: Environment, targets: readonly URL[]): readonly string[] {
  const faults: string[] = [];
  if (env['NODE_DEBUG']) {
    faults.push('NODE_DEBUG is set and could print the secret and the token: remove it from `env`');
  }
  if (env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0' && !targets.every(isLoopback)) {
    faults.push(
      'NODE_TLS_REJECT_UNAUTHORIZED is 0, and would hand the secret to whoever answers: remove it, and name a private CA in NODE_EXTRA_CA_CERTS',
    );
  }
  for (const name of PROXY_VARIABLES) {
    const value = env[name];
    if (value && !parseProxy(value)) {
      // The value may hold a password in any place, so it is not shown.
      faults.push(
        `${name} is not a proxy address: write it as http://host:port or http://user:password@host:port`,
      );
    }
  }
  return faults;
}

/** The secrets in proxy variables, as they stand there and decoded: a password, or a user without one. */
export function proxySecrets(env: Environment): readonly string[] {
  const found = PROXY_VARIABLES.flatMap((name) => {
    const secret = secretOf(env[name] ?? '');
    return [secret, decode(secret) ?? ''];
  });
  return [...new Set(found)].filter((secret) => secret !== '');
}

/** http-client goes direct, without a word, where it cannot make sense of a proxy's address. */
function parseProxy(value: string): URL | undefined {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  const usable =
    url !== undefined &&
    /^https?:/.test(url.protocol) &&
    decode(url.username) !== undefined &&
    decode(url.password) !== undefined;
  return usable ? url : undefined;
}

/** What stands before the last @, behind the first colon if there is one: also where the value is no URL. */
function secretOf(value: string): string {
  const userInfo = /^(?:https?:|\w+:(?=[\\/]))?[\\/]*(.*)@/s.exec(value)?.[1] ?? '';
  return userInfo.slice(userInfo.indexOf(':') + 1);
}

function decode(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}

/** Whether the URL's host, as its parser sees it, is this machine: a name that merely starts so is not. */
export function isLoopback({ hostname }: URL): boolean {
  return (
    hostname === 'localhost' ||
    hostname === '[::1]' ||
    // The parser has turned every spelling of an IPv4 address into four decimal numbers.
    /^127\.\d+\.\d+\.\d+$/.test(hostname)
  );
}
