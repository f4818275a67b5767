// Stand-ins that end with their tests, and the requests that tests make of them.
import { afterAll } from '@jest/globals';
import { type StandIn, type StandInOptions, startStandIn } from '../../dev/stand-in/server.ts';

export const form = {
  grant_type: 'client_credentials',
  client_id: 'the-client',
  client_secret: 's+cret & 100%',
  scope: 'openid,AdobeID,ff_apis',
};
export const formType = 'application/x-www-form-urlencoded';
const started: StandIn[] = [];

afterAll(async () => {
  await Promise.all(started.map((standIn) => standIn.close()));
});

export async function start(options: StandInOptions = {}): Promise<StandIn> {
  const standIn = await startStandIn(options);
  started.push(standIn);
  return standIn;
}

export function post(
  { url }: StandIn,
  path: string,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const body = new URLSearchParams(fields).toString();
  return fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': formType, ...headers },
    body,
  });
}

export async function mint(standIn: StandIn, changes: Readonly<Record<string, string>> = {}) {
  const response = await post(standIn, '/ims/token/v3', { ...form, ...changes });
  const answer = (await response.json()) as Record<string, string>;
  return { response, answer, token: answer['access_token'] ?? '' };
}

/** Where the requests went, in turn. */
export function listPaths({ requests }: StandIn): readonly string[] {
  return requests.map(({ path }) => path);
}
