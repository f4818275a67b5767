// One workflow under act: started as often as its plan says, and held to what the plan expects.
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { root } from '../support/repository.ts';
import { runAct } from './act.ts';
import { type Adobe, type Authority, startAdobe } from './adobe.ts';
import { judge, type Outcome } from './judge.ts';
import { fillPlan, giveValues, type Plan, type Run, replaceWords, type Texts } from './plan.ts';
import { listFiles, nameOwn, ownName, type Source } from './sources.ts';

export interface Workflow extends Source {
  readonly name: string;
  readonly plan: Plan;
}

/** What all workflows share. */
export interface Tools {
  readonly act: string;
  readonly authority: Authority;
  /** The package registry. */
  readonly registry: URL;
}

/** In the place of other people's actions, by their names, and of commands in `bin`. */
const stubs = join(import.meta.dirname, 'stubs');

/** Where the workflow stands in its folder. */
const file = 'repository/.github/workflows/workflow.yml';
const sha = 'a1b2c3d4e5f60718293a4b5c6d7e8f9001234567';

/**
 * What is not as expected, and act's log of the runs of which that holds: it may have what no log must have.
 * `folder` is the workflow's own, and does not exist yet.
 */
export async function runWorkflow({ text, plan }: Workflow, folder: string, tools: Tools) {
  const { host, port } = tools.registry;
  const adobe = await startAdobe(tools.authority, port ? host : `${host}:443`, plan.standIn);
  const problems: string[] = [];
  const logs: string[] = [];
  try {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const { files, runs = [{}] } = fillPlan(plan, {
      $version: version,
      $major: `v${version.split('.')[0]}`,
      $sha: sha,
      $proxy: adobe.proxy,
      $authority: tools.authority.file,
    });
    fillFolder(folder, { ...nameScripts(text), ...files });
    for (const [index, planned] of runs.entries()) {
      // GitHub numbers runs, and keys of caches have the number.
      const run = { ...planned, env: { GITHUB_RUN_ID: String(index + 1), ...planned.env } };
      const outcome = await startRun({ text, run, folder, adobe, tools });
      const title = run.title ? `${run.title}: ` : '';
      const found = judge(run.expect ?? {}, outcome).map((problem) => title + problem);
      problems.push(...found);
      if (found.length > 0) logs.push(outcome.log.text);
    }
    return { problems, log: logs.join('\n') };
  } finally {
    await adobe.close();
  }
}

/** The reader's own scripts, which a workflow runs once it has checked out the repository. */
function nameScripts(text: string): Texts {
  const names = [...text.matchAll(/(?<=\s)\.\/([\w-]+\.sh)\b/g)].map(([, name = '']) => name);
  return Object.fromEntries(names.map((name) => [name, '=#!/bin/sh\n']));
}

/** Puts the workflow's repository there. */
function fillFolder(folder: string, files: Texts): void {
  for (const [path, content] of Object.entries(files)) {
    const target = join(folder, 'repository', path);
    mkdirSync(dirname(target), { recursive: true });
    if (content.startsWith('=')) writeFileSync(target, content.slice(1), { mode: 0o755 });
    else cpSync(join(root, content), target, { recursive: true });
  }
  mkdirSync(join(folder, dirname(file)), { recursive: true });
  writeFileSync(join(folder, 'secrets.json'), '{}');
}

interface Start {
  readonly text: string;
  readonly run: Run;
  readonly folder: string;
  readonly adobe: Adobe;
  readonly tools: Tools;
}

async function startRun(start: Start): Promise<Outcome> {
  const { text, run, folder, adobe, tools } = start;
  const { standIn } = adobe;
  const before = {
    tokens: standIn.tokens.length,
    revoked: standIn.revoked.length,
    requests: standIn.requests.length,
    refused: adobe.refused.length,
  };
  standIn.passDays(run.daysLater ?? 0);
  const given = giveValues(text, { ...run, secrets: { ...readSecrets(folder), ...run.secrets } });
  writeFileSync(join(folder, 'event.json'), JSON.stringify(run.payload ?? {}));
  writeFileSync(join(folder, 'gh.json'), JSON.stringify(run.gh ?? []));
  writeFileSync(join(folder, 'gh.log'), '');
  writeFileSync(join(folder, file), replaceWords(text, run.replace ?? {}));
  const places = placeActions(text, join(folder, 'self'), run.replace);
  const log = await runAct(tools.act, listWords(start, given, places), makeEnvironment(start));
  return {
    log,
    tokens: standIn.tokens.slice(before.tokens),
    revoked: standIn.revoked.slice(before.revoked),
    calls: standIn.requests
      .slice(before.requests)
      .map(({ method, path }) => `${method} ${path.replace(/((?:status|secrets)\/).*/, '$1*')}`),
    gh: readFileSync(join(folder, 'gh.log'), 'utf8').split('\n').slice(0, -1),
    refused: adobe.refused.slice(before.refused),
    hidden: [...given.hidden, ...Object.values(readSecrets(folder))],
  };
}

/** What the stub of `gh` was given as secrets, by their names. */
function readSecrets(folder: string): Texts {
  return JSON.parse(readFileSync(join(folder, 'secrets.json'), 'utf8'));
}

/** act's command line. */
function listWords(
  { text, run, folder }: Start,
  given: Pick<Run, 'secrets' | 'vars'>,
  places: Texts,
) {
  const labels = [...text.matchAll(/^ *runs-on: ([\w.-]+)$/gm)].map(([, label = '']) => label);
  return [
    ...[run.event ?? '--detect-event', '-e', join(folder, 'event.json'), '--rm'],
    ...['-C', join(folder, 'repository'), '-W', join(folder, file)],
    // Nothing is fetched: stubs of actions are folders, and so are their caches and artifacts.
    ...['--action-offline-mode', '--pull=false', '--no-cache-server'],
    ...['--action-cache-path', join(folder, 'actions')],
    // All machines that jobs ask for are this one.
    ...['ubuntu-latest', ...labels].flatMap((label) => ['-P', `${label}=-self-hosted`]),
    ...givePairs('--local-repository', places),
    ...givePairs('-s', given.secrets),
    ...givePairs('--var', given.vars),
    ...givePairs('--env', {
      GITHUB_REPOSITORY: 'octo-org/octo-repo',
      GITHUB_REF: 'refs/heads/main',
      SHA_REF: sha,
      ...run.env,
    }),
  ];
}

/** `option` before each pair. */
function givePairs(option: string, pairs: Texts = {}): readonly string[] {
  return Object.entries(pairs).flatMap(([name, value]) => [option, `${name}=${value}`]);
}

/** Where act finds each `owner/name@ref`: this repository in a copy, with words replaced, other people's as stubs. */
function placeActions(text: string, self: string, replace: Texts = {}): Texts {
  for (const path of ['action.yml', 'dist', '.github', 'examples']) {
    cpSync(join(root, path), join(self, path), { recursive: true });
  }
  const own = listFiles('{.github,examples}/**/*.yml').map(({ path, text }) => {
    const changed = replaceWords(nameOwn(text), replace);
    writeFileSync(join(self, path), changed);
    return changed;
  });
  const uses = [text, ...own].flatMap((one) => [
    ...one.matchAll(/\buses: ([\w.-]+\/[\w.-]+)[^@\n]*@(.+?)(?: +#.*)?$/gm),
  ]);
  const places = uses
    .map(([, name = '', ref]) => [`${name}@${ref}`, name === ownName ? self : join(stubs, name)])
    .filter(([, place = '']) => existsSync(place));
  return Object.fromEntries(places);
}

function makeEnvironment({ run, folder, adobe, tools }: Start): Texts {
  const { authority, registry } = tools;
  const trust = { NODE_EXTRA_CA_CERTS: authority.file, CURL_CA_BUNDLE: authority.file };
  return {
    // act takes Node from here, for actions too.
    PATH: [join(stubs, 'bin'), dirname(process.execPath), process.env['PATH']].join(delimiter),
    HOME: folder,
    STUBS: folder,
    npm_config_registry: registry.href,
    // act would ask for news of itself.
    ACT_DISABLE_VERSION_CHECK: '1',
    ...(run.direct ? {} : { https_proxy: adobe.proxy, NODE_USE_ENV_PROXY: '1', ...trust }),
  };
}
