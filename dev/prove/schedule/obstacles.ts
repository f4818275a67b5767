// What ends a run before anything is sent: a wrong input, dangerous surroundings, credentials that GitHub withheld.
import type { Dice } from './dice.ts';

export interface Surroundings {
  readonly inputs: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly event: unknown;
}

export interface Obstacle {
  readonly name: string;
  /** The step then ends green all the same. */
  readonly skips: boolean;
  /** What the run is given, with the obstacle in it. */
  place(usual: Surroundings): Surroundings;
}

const obstacles: readonly Obstacle[] = [
  wrongInput('timeout', '0'),
  wrongInput('timeout', '3601'),
  wrongInput('timeout', '1.5'),
  wrongInput('max-attempts', '11'),
  wrongInput('service', 'fireflie'),
  wrongInput('verify', 'yes'),
  wrongInput('seal', 'yes'),
  wrongInput('client-secret', 'Sh0r-t'),
  wrongInput('client-id', ''),
  wrongInput('client-id', 'x'.repeat(257)),
  wrongInput('ims-url', 'http://ims.example'),
  wrongInput('ims-url', 'https://ims.example'),
  wrongInput('ims-url', 'http://127.0.0.1.evil.example'),
  wrongInput('ims-url', 'https://user:password@ims-na1.adobelogin.com'),
  wrongInput('ims-url', 'https://adobelogin.com.evil.example'),
  wrongInput('ims-url', 'https://ims-na1.adobelogin.com/?x=y'),
  wrongInput('min-validity', '-1'),
  wrongInput('on-missing-credentials', 'ignore'),
  obstacle('seal and revoke', { inputs: { seal: 'true', revoke: 'true' } }),
  obstacle('a short secret to seal with', {
    inputs: { seal: 'true', revoke: 'false', 'client-secret': 'only-19-characters_' },
  }),
  obstacle('no address to verify against', {
    inputs: { service: 'firefly', verify: 'service', 'verify-url': '' },
  }),
  obstacle('a misspelt input', { env: { INPUT_SCOPES: 'openid' } }),
  obstacle('another misspelt input', {
    env: { INPUT_CLIENT_SECRET: 'a-secret-in-the-wrong-place' },
  }),
  obstacle('TLS switched off', {
    inputs: { 'ims-url': 'https://gateway.example', 'allowed-hosts': 'gateway.example' },
    env: { NODE_TLS_REJECT_UNAUTHORIZED: '0', https_proxy: 'http://{trap}' },
  }),
  obstacle('a socks proxy', { env: { https_proxy: 'socks5://127.0.0.1:9' } }),
  obstacle('no credentials on a push', {
    inputs: { 'client-id': '', 'client-secret': '', 'on-missing-credentials': 'skip' },
  }),
];

/** A pull request from a fork, where skipping was asked for. */
const forkPullRequest: Obstacle = {
  name: 'a pull request from a fork',
  skips: true,
  place: ({ inputs, env }) => ({
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

/** None in most runs. */
export function drawObstacle(dice: Dice): Obstacle | undefined {
  const kind = dice.weigh({ none: 92, failure: 6, skip: 2 });
  if (kind === 'none') return undefined;
  return kind === 'skip' ? forkPullRequest : dice.pick(obstacles);
}

function wrongInput(name: string, value: string): Obstacle {
  return obstacle(`${name}: ${value.slice(0, 60)}`, { inputs: { [name]: value } });
}

function obstacle(name: string, changes: Partial<Pick<Surroundings, 'inputs' | 'env'>>): Obstacle {
  return {
    name,
    skips: false,
    place: ({ inputs, env, event }) => ({
      inputs: { ...inputs, ...changes.inputs },
      env: { ...env, ...changes.env },
      event,
    }),
  };
}
