// Values for the secrets and variables that a workflow names, the same at each run and unlike any other's.
import { createHash } from 'node:crypto';
import type { Texts } from './plan.ts';

export interface Given {
  readonly secrets: Texts;
  readonly vars: Texts;
  /** What no log may hold: the secrets, but for client IDs. */
  readonly hidden: readonly string[];
}

const notSecret = /_ID$/;

/** `changes` win, and what is set to an empty text is not given at all. */
export function giveValues(
  text: string,
  changes: { readonly secrets?: Texts | undefined; readonly vars?: Texts | undefined },
): Given {
  const secrets = { GITHUB_TOKEN: makeSecret('GITHUB_TOKEN') };
  for (const name of findNames(text, 'secrets')) Object.assign(secrets, { [name]: make(name) });
  const ids = findNames(text, 'vars').filter((name) => notSecret.test(name));
  const vars = Object.fromEntries(ids.map((name) => [name, make(name)]));
  const all = dropEmpty({ ...secrets, ...changes.secrets });
  return {
    secrets: all,
    vars: dropEmpty({ ...vars, ...changes.vars }),
    hidden: Object.entries(all).flatMap(([name, value]) => listHidden(name, value)),
  };
}

function findNames(text: string, context: string): readonly string[] {
  return [...text.matchAll(new RegExp(`\\b${context}\\.(\\w+)`, 'g'))].map(([, name = '']) => name);
}

function make(name: string): string {
  if (notSecret.test(name)) return digest(name);
  if (!name.endsWith('CREDENTIALS')) return makeSecret(name);
  // A part of what Adobe's Developer Console lets people download.
  return JSON.stringify({
    CLIENT_ID: digest(`${name}_ID`),
    CLIENT_SECRETS: [makeSecret(name)],
    SCOPES: ['openid', 'AdobeID', 'firefly_api', 'ff_apis'],
    IMS_ORG: `${digest(`${name}_ORG`).slice(0, 24).toUpperCase()}@AdobeOrg`,
  });
}

function listHidden(name: string, value: string): readonly string[] {
  if (notSecret.test(name)) return [];
  if (!value.startsWith('{')) return value.split('\n');
  // Client ID, scopes and organization are in the log by right.
  return [...value.matchAll(/"(p8e-[^"]+)"/g)].map(([, secret = '']) => secret);
}

function makeSecret(name: string): string {
  return `p8e-${digest(name)}`;
}

function digest(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 32);
}

function dropEmpty(values: Texts): Texts {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}
