// Runs that must end before anything is sent: a wrong input, dangerous surroundings, credentials that GitHub withheld.
import type { Dice } from './random.ts';

export interface Surroundings {
  readonly inputs: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly event: unknown;
}

export interface Wrong {
  readonly name: string;
  /** The step ends green all the same. */
  readonly skips: boolean;
  spoil(usual: Surroundings): Surroundings;
}

const wrongs: readonly [Wrong, ...Wrong[]] = [
  ...([
    input('timeout', '0'),
    input('timeout', '3601'),
    input('timeout', '1.5'),
    input('max-attempts', '11'),
    input('service', 'fireflie'),
    input('verify', 'yes'),
    input('seal', 'yes'),
    input('client-secret', 'Sh0r-t'),
    input('client-id', ''),
    input('client-id', 'x'.repeat(257)),
    input('ims-url', 'http://ims.example'),
    input('ims-url', 'https://ims.example'),
    input('ims-url', 'http://127.0.0.1.evil.example'),
    input('ims-url', 'https://user:password@ims-na1.adobelogin.com'),
    input('ims-url', 'https://adobelogin.com.evil.example'),
    input('ims-url', 'https://ims-na1.adobelogin.com/?x=y'),
    input('min-validity', '-1'),
    input('on-missing-credentials', 'ignore'),
  ] as const),
  both('seal and revoke', { inputs: { seal: 'true', revoke: 'true' } }),
  both('a short secret to seal with', {
    inputs: { seal: 'true', revoke: 'false', 'client-secret': 'only-19-characters_' },
  }),
  both('no address to verify against', {
    inputs: { service: 'firefly', verify: 'service', 'verify-url': '' },
  }),
  both('a misspelt input', { env: { INPUT_SCOPES: 'openid' } }),
  both('another misspelt input', { env: { INPUT_CLIENT_SECRET: 'a-secret-in-the-wrong-place' } }),
  both('TLS switched off', {
    inputs: { 'ims-url': 'https://gateway.example', 'allowed-hosts': 'gateway.example' },
    env: { NODE_TLS_REJECT_UNAUTHORIZED: '0', https_proxy: 'http://{trap}' },
  }),
  both('a socks proxy', { env: { https_proxy: 'socks5://127.0.0.1:9' } }),
  both('no credentials on a push', {
    inputs: { 'client-id': '', 'client-secret': '', 'on-missing-credentials': 'skip' },
  }),
];

/** A pull request from a fork, where skipping was asked for. */
export const skipped: Wrong = {
  name: 'a pull request from a fork',
  skips: true,
  spoil: ({ inputs, env }) => ({
    inputs: { ...inputs, 'client-secret': '', 'on-missing-credentials': 'skip' },
    env: { ...env, GITHUB_EVENT_NAME: 'pull_request' },
    event: {
      pull_request: {
        head: { repo: { full_name: 'somebody/octo-repo', fork: true } },
        base: { repo: { full_name: 'octo-org/octo-repo', fork: false } },
      },
    },
  }),
};

export function drawWrong(dice: Dice): Wrong {
  return dice.pick(wrongs);
}

function input(name: string, value: string): Wrong {
  return both(`${name}: ${value.slice(0, 60)}`, { inputs: { [name]: value } });
}

function both(name: string, changes: Partial<Pick<Surroundings, 'inputs' | 'env'>>): Wrong {
  return {
    name,
    skips: false,
    spoil: ({ inputs, env, event }) => ({
      inputs: { ...inputs, ...changes.inputs },
      env: { ...env, ...changes.env },
      event,
    }),
  };
}
