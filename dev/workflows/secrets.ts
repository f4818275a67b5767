// Values for the secrets and variables that a workflow names, the same at each run and unlike any other's.
import { createHash } from 'node:crypto';
import type { Run, Texts } from './plan.ts';

/** Always `GITHUB_TOKEN`, too; what the run gives itself wins. No log may hold what is `hidden`. */
export function giveValues(text: string, run: Pick<Run, 'secrets' | 'vars'>) {
  const names = `${text} secrets.GITHUB_TOKEN`;
  const secrets: Texts = { ...makeValues(names, /\bsecrets\.(\w+)/g), ...run.secrets };
  const hidden = Object.entries(secrets)
    .filter(([name]) => !name.endsWith('_ID'))
    // Of credentials in JSON the client ID, scopes and organization are in the log by right.
    .map(([, value]) => /"(p8e-[^"]+)"/.exec(value)?.[1] ?? value);
  return { secrets, vars: { ...makeValues(text, /\bvars\.(\w+_ID)\b/g), ...run.vars }, hidden };
}

function makeValues(text: string, names: RegExp): Texts {
  const found = [...text.matchAll(names)];
  return Object.fromEntries(found.map(([, name = '']) => [name, makeValue(name)]));
}

function makeValue(name: string): string {
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 32);
  if (name.endsWith('_ID')) return digest;
  const secret = `p8e-${digest}`;
  if (!name.endsWith('CREDENTIALS')) return secret;
  // A part of what Adobe's Developer Console lets people download.
  const scopes = ['openid', 'AdobeID', 'firefly_api', 'ff_apis'];
  return JSON.stringify({ CLIENT_ID: `${name}-id`, CLIENT_SECRETS: [secret], SCOPES: scopes });
}
