// What runs.yml says: with what each workflow is run, and what must come of it; and values for what it leaves open.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { StandInOptions } from '../stand-in/server.ts';

export type Texts = Readonly<Record<string, string>>;

export interface Plan {
  /** What the workflow's repository holds: a path there, and here the path of what is copied, or a text after `=`. */
  readonly files?: Texts;
  readonly standIn?: StandInOptions;
  /** A command of the shell that succeeds where the workflow can run, and the reason to give where it does not. */
  readonly needs?: { readonly command: string; readonly otherwise: string };
  /** In turn, with the same stand-in, caches and artifacts. One, by default. */
  readonly runs?: readonly Run[];
}

export interface Run {
  readonly title?: string;
  /** By default the first that the workflow has, in alphabetical order. */
  readonly event?: string;
  /** Its `inputs` are those of a workflow that is started by hand. */
  readonly payload?: unknown;
  readonly vars?: Texts;
  /** Over those that every name gets. */
  readonly secrets?: Texts;
  /** Of act's own: `GITHUB_REF`, `GITHUB_RUN_ID`, `GITHUB_ACTOR`. */
  readonly env?: Texts;
  /** That pass before it, for the stand-in's client secrets. */
  readonly daysLater?: number;
  /** Without the proxy that leads to the stand-in: the workflow has to name one itself. */
  readonly direct?: boolean;
  /** How `gh` answers; by default with success and nothing. */
  readonly gh?: readonly Answer[];
  /** Words that are replaced in the workflow, and in those of this repository that it calls: only for what act cannot do. */
  readonly replace?: Texts;
  readonly expect?: Expectation;
}

export interface Answer {
  /** A regular expression for the command line. */
  readonly match: string;
  readonly output?: string;
  readonly code?: number;
  /** Only the first time: then the next answer that matches counts. */
  readonly once?: boolean;
}

export interface Expectation {
  /** By id: `failure` or `skipped`; those that are not named succeed. */
  readonly jobs?: Texts;
  /** That IMS was asked for; at least one by default. */
  readonly tokens?: number;
  readonly revoked?: number;
  /** All that reached the stand-in, in turn. */
  readonly calls?: readonly string[];
  /** What the log holds, and what it must not hold. */
  readonly log?: readonly string[];
  readonly absent?: readonly string[];
  /** Each call of `gh`, in turn, by a part of its command line; none by default. */
  readonly gh?: readonly string[];
}

/** By the workflows' names. */
export function readPlans(): Readonly<Record<string, Plan>> {
  return parse(readFileSync(join(import.meta.dirname, 'runs.yml'), 'utf8'));
}

export function replaceWords(text: string, words: Texts): string {
  return Object.entries(words).reduce((all, [from, to]) => all.replaceAll(from, to), text);
}

/** The plan with `words` replaced in each of its texts. */
export function fillPlan(plan: Plan, words: Texts): Plan {
  return JSON.parse(JSON.stringify(plan), (_, value) =>
    typeof value === 'string' ? replaceWords(value, words) : value,
  );
}

/**
 * Values for the secrets and variables that a workflow names, the same at each run and unlike any other's: always
 * for `GITHUB_TOKEN`, too; what the run gives itself wins. No log may hold what is `hidden`.
 */
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
